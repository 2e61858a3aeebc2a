package io.tidemark.core.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tidemark.core.schema.UndecodableValueException.Code;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rule 10 for MongoDB, with texts in the spellings that Debezium and MongoDB's tools write. */
class MongoRowsTest {
  private static final String DOCUMENT =
      """
      {"_id": {"$oid": "507F1F77bcf86cd799439011"}, "n": {"$numberLong": "9223372036854775807"},
       "d": {"$numberDecimal": "1234567890123456789012345678901.234"}, "t": {"$date": 1709200800123},
       "a": [{"$numberInt": "1"}, null], "s": {"city": "Zoë", "more": 1}, "other": true}""";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"$numberInt": "7"}                                        | bigint    | 7
          7                                                          | int       | 7
          {"$numberLong": "-9223372036854775808"}                    | bigint    | -9223372036854775808
          {"$numberDouble": "5.0"}                                   | int       | 5
          {"$numberDouble": "-0.0"}                                  | double    | -0.0
          {"$numberDouble": "NaN"}                                   | double    | NaN
          1.5                                                        | double    | 1.5
          {"$numberDecimal": "Infinity"}                             | double    | Infinity
          {"$numberLong": "5"}                                       | double    | 5.0
          {"$numberDecimal": "19.90"}                                | decimal(12,2) | 19.90
          0.1                                                        | decimal(12,2) | 0.10
          {"$numberDecimal": "1E+3"}                                 | string    | 1E+3
          {"$numberDecimal": "NaN"}                                  | string    | NaN
          {"$numberDecimal": "9.999999999999999999999999999999999E+6144"} | string | 9.999999999999999999999999999999999E+6144
          {"$date": "2024-02-29T12:00:00.123Z"}                      | timestamp | 2024-02-29T12:00:00.123Z
          {"$date": "2024-02-29T12:00:00.123+0200"}                  | timestamp | 2024-02-29T10:00:00.123Z
          {"$date": {"$numberLong": "-1"}}                           | timestamp | 1969-12-31T23:59:59.999Z
          {"$date": 1709200800123}                                   | timestamp | 2024-02-29T10:00:00.123Z
          {"$date": {"$numberLong": "253402300800000"}}              | string    | +10000-01-01T00:00:00Z
          {"$oid": "507f1f77bcf86cd799439011"}                       | string    | 507f1f77bcf86cd799439011
          {"$uuid": "6f1d3c0e-8f0a-4d4e-9a3b-0b9d8f7c6e5d"}          | string    | 6f1d3c0e-8f0a-4d4e-9a3b-0b9d8f7c6e5d
          {"$binary": "bx08Do8KTU6aOwudj3xuXQ==", "$type": "04"}     | string    | 6f1d3c0e-8f0a-4d4e-9a3b-0b9d8f7c6e5d
          {"$symbol": "x"}                                           | string    | x
          {"$minKey": 1}                                             | string    | {"$minKey":1}
          {"$timestamp": {"t": 1, "i": 2}}                           | string    | {"$timestamp":{"t":1,"i":2}}
          {"$regularExpression": {"pattern": "a", "options": "i"}}   | string    | {"$regularExpression":{"pattern":"a","options":"i"}}
          {"$undefined": true}                                       | string    |
          true                                                       | boolean   | true
          """)
  void rule10EverySpellingOfAValueDecodesExactly(String json, String type, String image) {
    assertThat(String.valueOf(decode(type, json))).isEqualTo(String.valueOf(image));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"$numberDouble": "5.5"}                      | int           | WOULD_LOSE_DIGITS
          {"$numberLong": "2147483648"}                 | int           | OUT_OF_RANGE
          {"$numberLong": "9007199254740993"}           | double        | WOULD_LOSE_DIGITS
          {"$numberDouble": "0.1"}                      | float         | WOULD_LOSE_DIGITS
          {"$numberDecimal": "1.005"}                   | decimal(12,2) | WOULD_LOSE_DIGITS
          {"$numberDecimal": "NaN"}                     | decimal(12,2) | NOT_A_NUMBER
          {"$date": {"$numberLong": "253402300800000"}} | timestamp     | OUT_OF_RANGE
          {"$timestamp": {"t": 1, "i": 2}}              | timestamp     | WRONG_JSON_TYPE
          {"$oid": "xyz"}                               | string        | WRONG_JSON_TYPE
          {"$numberLong": "many"}                       | bigint        | WRONG_JSON_TYPE
          "text"                                        | bigint        | WRONG_JSON_TYPE
          {"$date": "2024-02-29T12:00:00.123Z"}         | date          | WRONG_JSON_TYPE
          """)
  void rule10WhatATypeDoesNotHoldIsRefused(String json, String type, Code code) {
    UndecodableValueException e =
        catchThrowableOfType(UndecodableValueException.class, () -> decode(type, json));

    assertThat(e.code()).isEqualTo(code);
  }

  @Test
  void bytesOfEverySubtypeAreBytes() {
    assertThat(
            (byte[]) decode("binary", "{\"$binary\": {\"base64\": \"AP8=\", \"subType\": \"80\"}}"))
        .containsExactly(0, -1);
  }

  @Test
  void rule10ADocumentIsOneColumnUnlessDeclaredOtherwise() {
    MongoRows rows = new MongoRows(Map.of());

    assertThat(decoded(rows, DOCUMENT)).containsExactly("507f1f77bcf86cd799439011", DOCUMENT);
    assertThat(rows.schema().row().names()).containsExactly("_id", "document");
    assertThat(rows.row(null)).isEmpty();
  }

  @Test
  void rule10DeclaredFieldsAreTypedColumns() {
    Map<String, ColumnDeclaration> declared = new LinkedHashMap<>();
    declared.put("n", ColumnDeclaration.parse("bigint"));
    declared.put("d", ColumnDeclaration.parse("decimal(38,3)"));
    declared.put("t", ColumnDeclaration.parse("timestamp"));
    declared.put("a", ColumnDeclaration.parse("array<int>"));
    declared.put("s", ColumnDeclaration.parse("struct<city: string, zip: string>"));
    declared.put("missing", ColumnDeclaration.parse("int"));
    MongoRows rows = new MongoRows(declared);

    Object[] row = decoded(rows, DOCUMENT);

    assertThat(Arrays.copyOf(row, 5))
        .containsExactly(
            "507f1f77bcf86cd799439011",
            Long.MAX_VALUE,
            new BigDecimal("1234567890123456789012345678901.234"),
            Instant.parse("2024-02-29T10:00:00.123Z"),
            Arrays.asList(1, null));
    assertThat((Object[]) row[5]).containsExactly("Zoë", null);
    assertThat(row[6]).isNull();
    assertThat(EventSchema.parse(rows.schema().toJson())).isEqualTo(rows.schema());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"$oid": "507F1F77BCF86CD799439011"}            | 507f1f77bcf86cd799439011
          "507f1f77bcf86cd799439011"                      | "507f1f77bcf86cd799439011"
          "abc"                                           | abc
          "1"                                             | "1"
          ""                                              | ""
          "NaN"                                           | "NaN"
          1                                               | 1
          {"$numberLong": "100"}                          | 100
          {"$numberDecimal": "1E+2"}                      | 100
          {"$numberDouble": "100.0"}                      | 100
          1.5                                             | 1.5
          true                                            | true
          "true"                                          | "true"
          {"$date": "2024-02-29T12:00:00Z"}               | date:2024-02-29T12:00:00Z
          {"$binary": "AP8=", "$type": "00"}              | binary:00:00ff
          {"a": 1, "b": "x"}                              | {"a":1,"b":"x"}
          """)
  void rule1KeysThatDifferHaveDifferentTexts(String json, String text) {
    JsonNode key = JsonText.parse("{\"id\": " + JsonText.compact(TextNode.valueOf(json)) + "}");

    assertThat(MongoRows.key(key).path("_id").textValue()).isEqualTo(text);
  }

  @Test
  void whatIsNoDocumentIsRefused() {
    MongoRows rows = new MongoRows(Map.of());

    for (String text : List.of("[1]", "{\"a\": 1}", "{\"_id\": ", "{\"_id\": {\"$oid\": 1}}")) {
      assertThat(
              catchThrowableOfType(
                  UndecodableValueException.class, () -> rows.row(TextNode.valueOf(text))))
          .as(text)
          .isNotNull();
    }
  }

  private static Object decode(String type, String json) {
    return Schemas.decode(Schemas.declared(type + " from bson"), json);
  }

  private static Object[] decoded(MongoRows rows, String document) {
    JsonNode row = rows.row(TextNode.valueOf(document)).orElseThrow();
    return RowDecoder.of(rows.schema().row(), UnavailableValue.standard()).decode(row).values();
  }
}
