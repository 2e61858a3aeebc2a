package io.tidemark.core.schema.bson;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** A value of a MongoDB document. */
public sealed interface BsonValue {

  /** BSON's null, and its deprecated undefined. */
  record Nothing() implements BsonValue {}

  /** True or false. */
  record Bool(boolean value) implements BsonValue {}

  /** A whole number of 32 or 64 bits. */
  record Whole(long value) implements BsonValue {}

  /** A binary floating point number, NaN and infinities included. */
  record Floating(double value) implements BsonValue {}

  /** A Decimal128 that is a number: at most 34 digits, the scale kept. */
  record Decimal(BigDecimal value) implements BsonValue {}

  /** A Decimal128 that is none: {@code NaN}, {@code Infinity}, {@code -Infinity}. */
  record NoNumber(String word) implements BsonValue {}

  /** Text; also of a symbol. */
  record Text(String value) implements BsonValue {}

  /** An ObjectId: 24 hexadecimal digits, small letters. */
  record ObjectId(String hex) implements BsonValue {}

  /** A point in time, in milliseconds since 1970, of any year. */
  record DateTime(long millis) implements BsonValue {}

  /**
   * Bytes.
   *
   * @param subtype 0 to 255; 4 is a UUID
   */
  record Binary(int subtype, byte[] bytes) implements BsonValue {}

  /** A document: names in their order. */
  record Document(Map<String, JsonNode> fields) implements BsonValue {}

  /** An array. */
  record Elements(List<JsonNode> values) implements BsonValue {}

  /**
   * What has no type in a lake: timestamps of the replication log, regular expressions, code,
   * MinKey, MaxKey, database pointers.
   *
   * @param kind for errors
   * @param json as it stands in the event
   */
  record Other(String kind, JsonNode json) implements BsonValue {}
}
