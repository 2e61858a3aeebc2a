package io.tidemark.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.event.DeadLetterReason;
import io.tidemark.core.event.Origin;
import io.tidemark.core.schema.ColumnDeclaration;
import io.tidemark.core.schema.UnavailableValue;
import io.tidemark.ingest.decode.Decoded.Change;
import io.tidemark.ingest.decode.Decoded.DeadLetter;
import io.tidemark.ingest.decode.Decoded.NotARow;
import io.tidemark.ingest.fixture.DebeziumEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Short ways to decoders and what they make of a record, for the tests of this package. */
final class Decoders {
  static final Origin ORIGIN = new Origin("shop.public.orders", 0, 0);

  private Decoders() {}

  /** Settings that say nothing about any table. */
  static DecodeSettings noSettings() {
    return settings(Map.of(), Map.of(), Map.of());
  }

  static DecodeSettings declaredKey(String table, String... columns) {
    return settings(Map.of(table, List.of(columns)), Map.of(), Map.of());
  }

  static DecodeSettings renamed(String source, String table) {
    return settings(Map.of(), Map.of(), Map.of(source, table));
  }

  static DecodeSettings columns(String table, Map<String, String> types) {
    return settings(Map.of(), Map.of(table, types), Map.of());
  }

  private static DecodeSettings settings(
      Map<String, List<String>> keys,
      Map<String, Map<String, String>> columns,
      Map<String, String> renamed) {
    Map<String, Map<String, ColumnDeclaration>> declared = new HashMap<>();
    columns.forEach(
        (table, types) -> {
          Map<String, ColumnDeclaration> parsed = new HashMap<>();
          types.forEach((name, type) -> parsed.put(name, ColumnDeclaration.parse(type)));
          declared.put(table, parsed);
        });
    return new DecodeSettings(UnavailableValue.standard(), keys, declared, renamed);
  }

  static Decoded decode(RawRecord record) {
    return new RecordDecoder(noSettings()).decode(record);
  }

  static Change change(DebeziumEvent event) {
    return change(new RecordDecoder(noSettings()), event);
  }

  static Change change(RecordDecoder decoder, DebeziumEvent event) {
    Decoded decoded = decoder.decode(event.record());
    assertThat(decoded).isInstanceOf(Change.class);
    return (Change) decoded;
  }

  static RawRecord raw(String key, String value) {
    return new RawRecord(
        key == null ? null : DebeziumEvent.bytes(key),
        value == null ? null : DebeziumEvent.bytes(value),
        ORIGIN);
  }

  static void assertNotARow(NotARow.Kind kind, RawRecord record) {
    assertThat(decode(record)).isEqualTo(new NotARow(kind));
  }

  static void assertDeadLetter(
      DebeziumEvent event, String table, DeadLetterReason reason, String message) {
    assertDeadLetter(event.record(), table, reason, message);
  }

  static void assertDeadLetter(
      RawRecord record, String table, DeadLetterReason reason, String message) {
    assertThat(decode(record)).isEqualTo(new DeadLetter(table, reason, message));
  }
}
