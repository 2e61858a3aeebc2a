package io.tidemark.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.tidemark.core.event.DeadLetterReason;
import io.tidemark.core.event.Operation;
import io.tidemark.core.schema.JsonText;
import io.tidemark.ingest.decode.Decoded.Change;
import io.tidemark.ingest.decode.Decoded.DeadLetter;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Events in the form that Debezium's documentation shows for MongoDB; no live one is tested. */
class MongoDocumentsTest {
  private static final String SOURCE =
      """
      {"version":"3.5.0.Final","connector":"mongodb","name":"shop","ts_ms":1767225600000,\
      "snapshot":"false","db":"inventory","collection":"customers","ord":31,"lsid":null,\
      "txnNumber":null,"wallTime":null}""";
  private static final String ID = "{\"$oid\": \"596e275826f08b2730779e1f\"}";
  private static final String KEY = "{\"id\": " + quoted(ID) + "}";
  private static final String DOCUMENT =
      "{\"_id\": " + ID + ", \"name\": \"Anne\", \"n\": {\"$numberLong\": \"1\"}, \"x\": [1]}";

  @Test
  void aDocumentIsARowOfItsKeyAndItsText() {
    Change change = (Change) decode(Map.of(), KEY, event("c", DOCUMENT));

    assertThat(change.table()).isEqualTo("customers");
    assertThat(change.key()).isEqualTo("{\"_id\":\"596e275826f08b2730779e1f\"}");
    assertThat(JsonText.parse(change.after()).path("document").textValue()).isEqualTo(DOCUMENT);
    assertThat(change.schema().row().names()).containsExactly("_id", "document");
    assertThat(change.schema().key().orElseThrow().names()).containsExactly("_id");
  }

  @Test
  void declaredFieldsAreTheColumns() {
    Change change =
        (Change) decode(Map.of("name", "string", "n", "bigint"), KEY, event("u", DOCUMENT));

    assertThat(change.schema().row().names()).containsExactlyInAnyOrder("_id", "name", "n");
    assertThat(JsonText.parse(change.after()).path("n").toString())
        .isEqualTo("{\"$numberLong\":\"1\"}");
  }

  @Test
  void aDeleteNeedsOnlyItsKey() {
    Change change = (Change) decode(Map.of(), KEY, event("d", null));

    assertThat(change.operation()).isEqualTo(Operation.DELETE);
    assertThat(change.key()).isEqualTo("{\"_id\":\"596e275826f08b2730779e1f\"}");
    assertThat(change.after()).isNull();
  }

  @Test
  void rule9WhatIsNoExtendedJsonIsADeadLetter() {
    assertThat(letter(Map.of(), event("c", "{\"_id\": ")).reason())
        .isEqualTo(DeadLetterReason.BAD_JSON);
    assertThat(letter(Map.of("name", "bigint"), event("c", DOCUMENT)).message())
        .contains("name")
        .contains("BIGINT");
    assertThat(letter(Map.of(), event("u", null)).reason())
        .isEqualTo(DeadLetterReason.MISSING_AFTER);
  }

  private static DeadLetter letter(Map<String, String> columns, String value) {
    return (DeadLetter) decode(columns, KEY, value);
  }

  private static Decoded decode(Map<String, String> columns, String key, String value) {
    return new RecordDecoder(Decoders.columns("customers", columns))
        .decode(Decoders.raw(key, value));
  }

  private static String event(String operation, String document) {
    return "{\"op\":\"%s\",\"before\":null,\"after\":%s,\"source\":%s,\"ts_ms\":1}"
        .formatted(operation, document == null ? "null" : quoted(document), SOURCE);
  }

  private static String quoted(String text) {
    return JsonText.compact(TextNode.valueOf(text));
  }
}
