package io.tidemark.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.event.DeadLetterReason;
import io.tidemark.core.event.Operation;
import io.tidemark.core.event.Origin;
import io.tidemark.ingest.decode.Decoded.Change;
import io.tidemark.ingest.decode.Decoded.DeadLetter;
import io.tidemark.ingest.decode.Decoded.NotARow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Events as ExtractNewRecordState writes them (Debezium documentation: New Record State
 * Extraction): taken if nothing is lost, refused if something is. Rules 2, 8 and 9.
 */
class FlattenedEventsTest {
  private static final Origin ORIGIN = new Origin("shop.public.orders", 0, 7);
  private static final String BLOCK =
      "{\"type\":\"struct\",\"optional\":false,\"fields\":["
          + "{\"type\":\"int64\",\"optional\":false,\"field\":\"id\"},"
          + "{\"type\":\"string\",\"optional\":true,\"field\":\"note\"},"
          + "{\"type\":\"string\",\"optional\":true,\"field\":\"__op\"},"
          + "{\"type\":\"string\",\"optional\":true,\"field\":\"__table\"},"
          + "{\"type\":\"int64\",\"optional\":true,\"field\":\"__lsn\"},"
          + "{\"type\":\"int64\",\"optional\":true,\"field\":\"__source_ts_ms\"},"
          + "{\"type\":\"string\",\"optional\":true,\"field\":\"__deleted\"}]}";

  private final RecordDecoder decoder = new RecordDecoder(Decoders.noSettings());

  @Test
  void rule2AFlattenedEventWithOperationAndPositionIsTheChangeItWas() {
    Change change =
        change(
            "{\"id\":1,\"note\":\"a\",\"__op\":\"u\",\"__table\":\"orders\",\"__lsn\":255,"
                + "\"__source_ts_ms\":1767225600000,\"__deleted\":\"false\"}");

    assertThat(change.table()).isEqualTo("orders");
    assertThat(change.operation()).isEqualTo(Operation.UPDATE);
    assertThat(change.key()).isEqualTo("{\"id\":1}");
    assertThat(change.after()).isEqualTo("{\"id\":1,\"note\":\"a\"}");
    assertThat(change.schema().row().names()).containsExactly("id", "note");
    assertThat(change.position().text()).startsWith("0000.00000000000000FF.1.shop.public.orders");
    assertThat(change.sourceTime()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Test
  void rule2ARewrittenDeleteIsADelete() {
    Change change =
        change(
            "{\"id\":1,\"note\":null,\"__op\":\"d\",\"__table\":\"orders\",\"__lsn\":256,"
                + "\"__source_ts_ms\":1,\"__deleted\":\"true\"}");

    assertThat(change.operation()).isEqualTo(Operation.DELETE);
    assertThat(change.key()).isEqualTo("{\"id\":1}");
    assertThat(change.after()).isNull();
  }

  @Test
  void aSnapshotRowIsOne() {
    Change change =
        change(
            "{\"id\":1,\"note\":\"a\",\"__op\":\"r\",\"__table\":\"orders\",\"__lsn\":255,"
                + "\"__source_ts_ms\":1,\"__deleted\":\"false\"}");

    assertThat(change.operation()).isEqualTo(Operation.READ);
    assertThat(change.position().text()).startsWith("0000.00000000000000FF.0.");
  }

  @Test
  void operationAndPositionMayStandInHeadersAndTheTableInTheTopic() {
    Map<String, String> headers = Map.of("__op", "c", "__source_lsn", "255", "trace", "x");
    Change change =
        (Change)
            decode(
                "{\"id\":1}",
                "{\"id\":1,\"__note\":\"business\",\"__deleted\":\"false\"}",
                headers);

    assertThat(change.table()).isEqualTo("orders");
    assertThat(change.sourceTable().toString()).isEqualTo("public.orders");
    assertThat(change.after()).isEqualTo("{\"id\":1,\"__note\":\"business\"}");
    assertThat(change.position().text()).startsWith("0000.00000000000000FF.1.");
  }

  @Test
  void rule8ATombstoneIsStillATombstone() {
    assertThat(decode("{\"id\":1}", null, Map.of())).isEqualTo(new NotARow(NotARow.Kind.TOMBSTONE));
  }

  @Test
  void rule9WhatHasLostItsPlaceOrItsDeletesIsRefusedWithTheWayOut() {
    assertLost("{\"id\":1,\"__op\":\"u\",\"__deleted\":\"false\"}", "has no position");
    assertLost("{\"id\":1,\"__lsn\":7,\"__deleted\":\"false\"}", "has no '__op'");
    assertLost("{\"id\":1,\"__op\":\"u\",\"__lsn\":7}", "deletes are dropped");
  }

  private void assertLost(String value, String problem) {
    assertThat(decode("{\"id\":1}", value, Map.of()))
        .isInstanceOfSatisfying(
            DeadLetter.class,
            letter -> {
              assertThat(letter.reason()).isEqualTo(DeadLetterReason.FLATTENED_WITHOUT_POSITION);
              assertThat(letter.table()).isEqualTo("orders");
              assertThat(letter.message())
                  .contains(problem)
                  .contains("add.fields=op,table,lsn,source.ts_ms")
                  .contains("delete.tombstone.handling.mode=rewrite");
            });
  }

  private static final String KEY =
      "{\"type\":\"struct\",\"optional\":false,\"fields\":["
          + "{\"type\":\"int64\",\"optional\":false,\"field\":\"id\"}]}";

  private Change change(String payload) {
    Decoded decoded = decode(framed(KEY, "{\"id\":1}"), framed(BLOCK, payload), Map.of());
    assertThat(decoded).isInstanceOf(Change.class);
    return (Change) decoded;
  }

  private static String framed(String block, String payload) {
    return "{\"schema\":" + block + ",\"payload\":" + payload + "}";
  }

  private Decoded decode(String key, String value, Map<String, String> headers) {
    return decoder.decode(
        new RawRecord(
            key.getBytes(StandardCharsets.UTF_8),
            value == null ? null : value.getBytes(StandardCharsets.UTF_8),
            ORIGIN,
            () -> headers,
            Instant.EPOCH));
  }
}
