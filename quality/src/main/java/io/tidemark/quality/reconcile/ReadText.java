package io.tidemark.quality.reconcile;

import io.tidemark.core.database.DatabaseType;
import io.tidemark.core.schema.LakeType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A text of a value that the lake writes too, made here of the text that the database gave.
 *
 * @param common makes it
 * @param lake Spark's SQL of it, with {@code %1$s} for the column
 * @param isFree whether the text may hold any character
 */
record ReadText(UnaryOperator<String> common, String lake, boolean isFree) {

  /** The text of a column of a database that is known by JDBC only; empty if there is none. */
  static Optional<ReadText> of(DatabaseType source, LakeType lake) {
    String accepted = source.name() + " " + lake.getClass().getSimpleName();
    return Optional.ofNullable(
        switch (accepted) {
          case "tinyint Int32",
                  "smallint Int32",
                  "int Int32",
                  "tinyint Int64",
                  "smallint Int64",
                  "int Int64",
                  "bigint Int64",
                  "date Date" ->
              plain(text -> text, CommonText.LAKE_TEXT);
          case "bool Bool" -> plain(text -> text, CommonText.LAKE_TRUTH);
          case "decimal Decimal" -> decimal(source, (LakeType.Decimal) lake);
          case "decimal Text" -> free(text -> Texts.decimal(text).toPlainString());
          case "real Float32" ->
              plain(
                  text -> Integer.toString(Float.floatToIntBits(Float.parseFloat(text))),
                  CommonText.LAKE_FLOAT);
          case "double Float64" ->
              plain(
                  text -> Long.toString(Double.doubleToLongBits(Double.parseDouble(text))),
                  CommonText.LAKE_DOUBLE);
          case "timestamp TimestampNtz", "timestamptz Timestamp" ->
              plain(ReadText::micros, CommonText.LAKE_MICROS);
          case "binary Binary" -> plain(text -> text, CommonText.LAKE_BYTES);
          case "time Text" -> free(ReadText::timeOfDay);
          case "text Text", "uuid Text", "timetz Text", "other Text" -> free(text -> text);
          default -> null;
        });
  }

  private static ReadText plain(UnaryOperator<String> common, String lake) {
    return new ReadText(common, lake, false);
  }

  private static ReadText free(UnaryOperator<String> common) {
    return new ReadText(common, "%1$s", true);
  }

  private static ReadText decimal(DatabaseType source, LakeType.Decimal lake) {
    return CommonText.writesAllDigits(source, lake)
        ? plain(
            text -> new BigDecimal(text).setScale(lake.scale()).toPlainString(),
            CommonText.LAKE_TEXT)
        : null;
  }

  private static String micros(String text) {
    String local = text.replaceFirst("[+]00$", "").replace(' ', 'T');
    Instant time = LocalDateTime.parse(local).toInstant(ZoneOffset.UTC);
    return Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, time));
  }

  /** With six digits behind the point or more, as it comes to the lake. */
  private static String timeOfDay(String text) {
    int point = text.indexOf('.');
    String digits = point < 0 ? "" : text.substring(point + 1);
    String seconds = point < 0 ? text : text.substring(0, point);
    return seconds + "." + digits + "0".repeat(Math.max(0, 6 - digits.length()));
  }
}
