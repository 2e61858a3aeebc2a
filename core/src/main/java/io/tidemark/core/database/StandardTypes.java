package io.tidemark.core.database;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Locale;

/**
 * Types of databases that are known by JDBC only, in families that are read and written alike:
 * {@code tinyint, smallint, int, bigint, decimal, real, double, bool, text, binary, date, time,
 * timetz, timestamp, timestamptz, uuid}, and {@code other} for what a driver can print. Pure.
 */
final class StandardTypes {
  static final String TIMESTAMP = "timestamp";
  static final String TIMESTAMP_WITH_ZONE = "timestamptz";

  /** The number that SQL Server's driver has for datetimeoffset. (Its class microsoft.sql.Types) */
  private static final int SQL_SERVER_DATETIMEOFFSET = -155;

  private StandardTypes() {}

  /**
   * A type.
   *
   * @param jdbc its number in {@link Types}
   * @param name its name in the database
   * @param size characters of a text, digits of a number; 0 if unknown
   * @param digits behind the point of a number or a second; negative if unknown
   */
  static DatabaseType of(int jdbc, String name, int size, int digits) {
    // SQL Server's names tell what numbers the rows.
    String plain = name.replace("()", "").replaceFirst("(?i) identity$", "");
    String family = family(jdbc, plain.toLowerCase(Locale.ROOT));
    return DatabaseType.standard(
        family, plain.contains("(") ? plain : declared(family, plain, size, digits));
  }

  /** The type of a result's column, counted from 1. */
  static DatabaseType of(ResultSetMetaData result, int column) throws SQLException {
    return of(
        result.getColumnType(column),
        result.getColumnTypeName(column),
        result.getPrecision(column),
        result.getScale(column));
  }

  private static String family(int jdbc, String name) {
    if (name.equals("uuid") || name.equals("uniqueidentifier")) {
      return "uuid";
    }
    if (name.equals("decfloat")) {
      return "other"; // Its digits have no fixed place.
    }
    return switch (jdbc) {
      case Types.BIT, Types.BOOLEAN -> "bool";
      case Types.TINYINT -> "tinyint";
      case Types.SMALLINT -> "smallint";
      case Types.INTEGER -> "int";
      case Types.BIGINT -> "bigint";
      case Types.NUMERIC, Types.DECIMAL -> "decimal";
      case Types.REAL -> "real";
      case Types.FLOAT, Types.DOUBLE -> "double";
      case Types.CHAR,
              Types.VARCHAR,
              Types.LONGVARCHAR,
              Types.NCHAR,
              Types.NVARCHAR,
              Types.LONGNVARCHAR,
              Types.CLOB,
              Types.NCLOB,
              Types.SQLXML ->
          "text";
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> "binary";
      case Types.DATE -> "date";
      case Types.TIME -> "time";
      case Types.TIME_WITH_TIMEZONE -> "timetz";
      case Types.TIMESTAMP -> TIMESTAMP;
      case Types.TIMESTAMP_WITH_TIMEZONE, SQL_SERVER_DATETIMEOFFSET -> TIMESTAMP_WITH_ZONE;
      default -> "other";
    };
  }

  /** As the database's DDL would write it, so that a value can be cast to it without loss. */
  private static String declared(String family, String name, int size, int digits) {
    boolean known = size > 0 && digits >= 0;
    return switch (family) {
      case "decimal" -> known ? "%s(%d, %d)".formatted(name, size, digits) : name;
      case "text", "binary" ->
          size > 0 && size < Integer.MAX_VALUE && !name.toLowerCase(Locale.ROOT).contains("lob")
              ? "%s(%d)".formatted(name, size)
              : name;
      case TIMESTAMP, TIMESTAMP_WITH_ZONE, "time", "timetz" -> withDigits(name, digits);
      default -> name;
    };
  }

  /** The digits of a second stand behind the first word: {@code TIMESTAMP(6) WITH TIME ZONE}. */
  private static String withDigits(String name, int digits) {
    boolean fixed = name.equalsIgnoreCase("datetime") || name.equalsIgnoreCase("smalldatetime");
    return digits < 0 || fixed ? name : name.replaceFirst("^\\w+", "$0(" + digits + ")");
  }
}
