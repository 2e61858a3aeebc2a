package io.tidemark.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.event.DeadLetterReason;
import io.tidemark.core.event.Operation;
import io.tidemark.core.event.Origin;
import io.tidemark.core.schema.ColumnDeclaration;
import io.tidemark.core.schema.LakeField;
import io.tidemark.core.schema.UnavailableValue;
import io.tidemark.ingest.decode.Decoded.Change;
import io.tidemark.ingest.decode.Decoded.DeadLetter;
import io.tidemark.ingest.decode.Decoded.NotARow;
import io.tidemark.ingest.order.OrderMaps;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Events as the outbox's EventRouter writes them, as rows of an append-only table. */
class OutboxEventsTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00.123Z");
  private static final Map<String, String> HEADERS =
      Map.of("id", "e-1", "eventType", "OrderPlaced", "__debezium.context", "x");

  @Test
  void anExpandedPayloadWithSchemaHasTypedColumns() {
    Change change =
        change(
            Map.of(),
            "{\"schema\":{\"type\":\"string\"},\"payload\":\"o-7\"}",
            "{\"schema\":{\"type\":\"struct\",\"fields\":["
                + "{\"type\":\"int64\",\"optional\":false,\"field\":\"order_id\"},"
                + "{\"type\":\"double\",\"optional\":true,\"field\":\"total\"}]},"
                + "\"payload\":{\"order_id\":7,\"total\":19.9}}");

    assertThat(change.table()).isEqualTo("order_events");
    assertThat(change.operation()).isEqualTo(Operation.CREATE);
    assertThat(change.key()).isEqualTo("{\"event_id\":\"e-1\"}");
    assertThat(change.after())
        .isEqualTo(
            "{\"event_id\":\"e-1\",\"aggregate_id\":\"o-7\","
                + "\"event_time\":\"2026-01-01T00:00:00.123Z\",\"eventType\":\"OrderPlaced\","
                + "\"order_id\":7,\"total\":19.9}");
    assertThat(change.schema().row().lakeFields())
        .extracting(field -> field.name() + " " + field.type().ddl())
        .containsExactly(
            "event_id STRING",
            "aggregate_id STRING",
            "event_time TIMESTAMP",
            "eventType STRING",
            "order_id BIGINT",
            "total DOUBLE");
    assertThat(change.sourceTime()).isEqualTo(AT);
  }

  @Test
  void withoutSchemaDeclaredColumnsHaveTheirTypes() {
    Map<String, String> columns = Map.of("order_id", "bigint", "total", "decimal(12,2)");
    Change object = change(columns, "o-7", "{\"order_id\":7,\"total\":19.90}");
    Change text = change(columns, "o-7", "\"{\\\"order_id\\\":7,\\\"total\\\":19.90}\"");

    assertThat(object.schema().row().lakeFields())
        .extracting(LakeField::name)
        .containsExactly(
            "event_id", "aggregate_id", "event_time", "eventType", "order_id", "total");
    assertThat(object.schema().row().column("total").orElseThrow().lakeType().ddl())
        .isEqualTo("DECIMAL(12,2)");
    assertThat(object.schema().row().column("event_time").orElseThrow().lakeType().ddl())
        .isEqualTo("TIMESTAMP");
    assertThat(text.after()).as("JSON in a text").isEqualTo(object.after());
  }

  @Test
  void aPlainTextPayloadIsOneColumn() {
    Change change = change(Map.of(), "o-7", "shipped by hand");

    assertThat(change.after()).endsWith("\"payload\":\"shipped by hand\"}");
    assertThat(change.after()).contains("\"aggregate_id\":\"o-7\"");
  }

  @Test
  void rule1AnEventThatComesAgainHasTheSameKeyAndALaterPosition() {
    RecordDecoder decoder = decoder(Map.of());
    Change first = (Change) decoder.decode(record("o-7", "{\"a\":1}", HEADERS, 5));
    Change again = (Change) decoder.decode(record("o-7", "{\"a\":1}", HEADERS, 9));

    assertThat(again.key()).isEqualTo(first.key());
    assertThat(again.after()).isEqualTo(first.after());
    assertThat(again.position()).isGreaterThan(first.position());
  }

  @Test
  void rule9AnEventWithoutIdOrWithTwoColumnsOfOneNameIsADeadLetter() {
    assertLetter(
        record("o-7", "{\"a\":1}", Map.of(), 5), DeadLetterReason.MISSING_KEY, "no header 'id'");
    assertLetter(
        record("o-7", "{\"event_id\":1}", HEADERS, 5), DeadLetterReason.BAD_SCHEMA, "'event_id'");
  }

  @Test
  void rule8AnEmptyEventIsATombstone() {
    assertThat(decoder(Map.of()).decode(record("o-7", null, HEADERS, 5)))
        .isEqualTo(new NotARow(NotARow.Kind.TOMBSTONE));
  }

  private static void assertLetter(RawRecord record, DeadLetterReason reason, String message) {
    assertThat(decoder(Map.of()).decode(record))
        .isInstanceOfSatisfying(
            DeadLetter.class,
            letter -> {
              assertThat(letter.table()).isEqualTo("order_events");
              assertThat(letter.reason()).isEqualTo(reason);
              assertThat(letter.message()).contains(message);
            });
  }

  private static Change change(Map<String, String> columns, String key, String value) {
    Decoded decoded = decoder(columns).decode(record(key, value, HEADERS, 5));
    assertThat(decoded).isInstanceOf(Change.class);
    return (Change) decoded;
  }

  private static RecordDecoder decoder(Map<String, String> columns) {
    Map<String, ColumnDeclaration> declared = new HashMap<>();
    columns.forEach((name, type) -> declared.put(name, ColumnDeclaration.parse(type)));
    declared.put("event_time", ColumnDeclaration.parse("timestamp"));
    return new RecordDecoder(
        new DecodeSettings(
            UnavailableValue.standard(),
            Map.of(),
            Map.of("order_events", declared),
            Map.of(),
            Set.of(),
            Set.of(),
            OrderMaps.NONE,
            MessageFormat.JSON,
            Map.of("outbox\\.event\\..*", "order_events")));
  }

  private static RawRecord record(
      String key, String value, Map<String, String> headers, long offset) {
    return new RawRecord(
        key.getBytes(StandardCharsets.UTF_8),
        value == null ? null : value.getBytes(StandardCharsets.UTF_8),
        new Origin("outbox.event.order", 0, offset),
        () -> headers,
        AT);
  }
}
