package io.tidemark.core.database;

import io.tidemark.core.database.Dialect.RowTexts;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.function.Function;

/** Texts of values that do not depend on how a driver prints them. */
final class StandardTexts implements RowTexts {
  private final ResultSet rows;
  private final String[] families;

  StandardTexts(ResultSet rows) throws SQLException {
    this.rows = rows;
    ResultSetMetaData result = rows.getMetaData();
    this.families = new String[result.getColumnCount()];
    for (int i = 0; i < families.length; i++) {
      families[i] = StandardTypes.of(result, i + 1).name();
    }
  }

  @Override
  public String text(int column) throws SQLException {
    return switch (families[column - 1]) {
      case "bool" -> {
        boolean truth = rows.getBoolean(column);
        yield rows.wasNull() ? null : truth ? "1" : "0";
      }
      case "real" -> {
        float number = rows.getFloat(column);
        yield rows.wasNull() ? null : Float.toString(number);
      }
      case "double" -> {
        double number = rows.getDouble(column);
        yield rows.wasNull() ? null : Double.toString(number);
      }
      case "decimal" -> text(rows.getBigDecimal(column), BigDecimal::toPlainString);
      case "binary" -> text(rows.getBytes(column), HexFormat.of()::formatHex);
      case "date" -> text(rows.getObject(column, LocalDate.class), LocalDate::toString);
      case "time" -> text(rows.getObject(column, LocalTime.class), StandardTexts::time);
      case StandardTypes.TIMESTAMP ->
          text(rows.getObject(column, LocalDateTime.class), StandardTexts::local);
      case StandardTypes.TIMESTAMP_WITH_ZONE ->
          text(rows.getObject(column, OffsetDateTime.class), StandardTexts::instant);
      default -> rows.getString(column);
    };
  }

  private static <T> String text(T value, Function<T, String> writer) {
    return value == null ? null : writer.apply(value);
  }

  /** With seconds, and as many digits behind the point as they have. */
  private static String time(LocalTime time) {
    return DateTimeFormatter.ISO_LOCAL_TIME.format(time);
  }

  private static String local(LocalDateTime time) {
    return time.toLocalDate() + " " + time(time.toLocalTime());
  }

  private static String instant(OffsetDateTime time) {
    return local(time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()) + "+00";
  }
}
