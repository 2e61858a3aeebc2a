package io.tidemark.ingest.decode;

import static io.tidemark.ingest.decode.Decoders.assertNotARow;
import static io.tidemark.ingest.decode.Decoders.raw;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.schema.JsonText;
import io.tidemark.ingest.decode.Decoded.NotARow.Kind;
import io.tidemark.ingest.fixture.DebeziumEvent;
import io.tidemark.ingest.fixture.DebeziumEvent.Layout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 8: what is no row is recognised, and never becomes one. */
class NonRowsTest {
  private static final String SCHEMA =
      "{\"schema\":{\"type\":\"struct\",\"fields\":[],\"optional\":false,\"name\":\"x\"},\"payload\":";

  private static void assertEitherWay(Kind kind, String payload) {
    assertNotARow(kind, raw(null, payload));
    assertNotARow(kind, raw("{\"serverName\":\"shop\"}", SCHEMA + payload + "}"));
  }

  @Test
  void aNullValueIsATombstoneWhateverItsKey() {
    assertNotARow(Kind.TOMBSTONE, raw("{\"id\":1}", null));
    assertNotARow(Kind.TOMBSTONE, raw("no JSON", null));
    assertNotARow(Kind.TOMBSTONE, raw(null, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"ts_ms\":1767225600000}",
        "{\"ts_ms\":1767225600000,\"ts_us\":1767225600000000,\"ts_ns\":1767225600000000000}"
      })
  void heartbeats(String payload) {
    assertEitherWay(Kind.HEARTBEAT, payload);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"status\":\"BEGIN\",\"id\":\"771:100\",\"event_count\":null,\"data_collections\":null,"
            + "\"ts_ms\":1767225600000}",
        "{\"status\":\"END\",\"id\":\"771:100\",\"event_count\":2,\"data_collections\":"
            + "[{\"data_collection\":\"public.orders\",\"event_count\":2}],\"ts_ms\":1767225600000}"
      })
  void transactionMarkers(String payload) {
    assertEitherWay(Kind.TRANSACTION, payload);
  }

  @Test
  void schemaChanges() {
    assertEitherWay(
        Kind.SCHEMA_CHANGE,
        "{\"source\":{\"connector\":\"mysql\"},\"ts_ms\":1767225600000,\"databaseName\":\"shop\","
            + "\"schemaName\":null,\"ddl\":\"ALTER TABLE t\",\"tableChanges\":[]}");
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void logicalDecodingMessages(Layout layout) {
    assertNotARow(
        Kind.MESSAGE,
        DebeziumEvent.of("m", "")
            .without("before")
            .without("after")
            .field("message", "{\"prefix\":\"p\",\"content\":\"AQ==\"}")
            .layout(layout)
            .record());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"ts_us\":1}",
        "{\"ts_ms\":1,\"id\":7}",
        "{\"status\":\"BEGIN\",\"id\":7}",
        "{\"status\":\"OPEN\",\"id\":7,\"event_count\":1}",
        "{\"databaseName\":\"shop\"}",
        "[{\"ts_ms\":1}]",
        "\"ts_ms\"",
        "17",
        "null"
      })
  void rowsThatOnlyLookLikeItAreNone(String payload) {
    assertThat(NonRows.kind(JsonText.parse(payload))).isEmpty();
  }
}
