package io.tidemark.ingest.decode;

import static io.tidemark.core.event.DeadLetterReason.BAD_JSON;
import static io.tidemark.core.event.DeadLetterReason.BAD_KEY;
import static io.tidemark.core.event.DeadLetterReason.BAD_SCHEMA;
import static io.tidemark.core.event.DeadLetterReason.BAD_TABLE_NAME;
import static io.tidemark.core.event.DeadLetterReason.BAD_VALUE;
import static io.tidemark.core.event.DeadLetterReason.MISSING_AFTER;
import static io.tidemark.core.event.DeadLetterReason.MISSING_KEY;
import static io.tidemark.core.event.DeadLetterReason.MISSING_POSITION;
import static io.tidemark.core.event.DeadLetterReason.NOT_AN_ENVELOPE;
import static io.tidemark.core.event.DeadLetterReason.UNKNOWN_OPERATION;
import static io.tidemark.core.event.DeadLetterReason.UNMASKABLE;
import static io.tidemark.core.event.DeadLetterReason.UNSUPPORTED_CONNECTOR;
import static io.tidemark.ingest.decode.Decoders.assertDeadLetter;
import static io.tidemark.ingest.decode.Decoders.decode;
import static io.tidemark.ingest.decode.Decoders.raw;
import static io.tidemark.ingest.fixture.DebeziumEvent.column;
import static io.tidemark.ingest.fixture.DebeziumEvent.optional;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.event.DeadLetterReason;
import io.tidemark.core.schema.UnavailableValue;
import io.tidemark.ingest.decode.Decoded.DeadLetter;
import io.tidemark.ingest.fixture.DebeziumEvent;
import io.tidemark.ingest.fixture.DebeziumEvent.Layout;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 9: what is JSON and cannot be decoded all the same says why. */
class DeadLettersTest {
  private static final String NO_ENVELOPE =
      "the value has no 'op' and 'source'; if a flattening transform (ExtractNewRecordState) is set"
          + " on the connector, remove it";

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "null", "17", "\"op\"", "{\"op\":\"c\"}", "{\"id\":1}"})
  void noEnvelope(String value) {
    assertDeadLetter(raw("{\"id\":1}", value), null, NOT_AN_ENVELOPE, NO_ENVELOPE);
  }

  @Test
  void anEnvelopeWhoseRowIsNoObject() {
    assertDeadLetter(
        DebeziumEvent.create("orders").after("[1]"),
        "orders",
        NOT_AN_ENVELOPE,
        "'after' is no object");
    assertDeadLetter(
        DebeziumEvent.update("orders").before("\"{}\""),
        "orders",
        NOT_AN_ENVELOPE,
        "'before' is no object");
  }

  @Test
  void aSourceBlockWithoutTable() {
    assertDeadLetter(
        DebeziumEvent.create("orders").withoutSource("table"),
        null,
        NOT_AN_ENVELOPE,
        "the 'source' block names no table");
    assertDeadLetter(
        DebeziumEvent.create("orders").field("source", "null"),
        null,
        NOT_AN_ENVELOPE,
        "the 'source' block names no table");
  }

  @ParameterizedTest
  @CsvSource({"x, x", "C, C", "'', ''", "i, i"})
  void unknownOperations(String code, String shown) {
    assertDeadLetter(
        DebeziumEvent.of(code, "orders"),
        null,
        UNKNOWN_OPERATION,
        "the operation '" + shown + "' is none of r, c, u, d, t, m");
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void rowsWithoutKey(Layout layout) {
    assertDeadLetter(
        DebeziumEvent.create("orders").key(null).layout(layout),
        "orders",
        MISSING_KEY,
        "the record has no key; give the source table a primary key, or declare 'tables.orders.key',"
            + " or 'tables.orders.append-only: true' to have every change as a row of its own");
  }

  @Test
  void deletesWithoutKey() {
    assertDeadLetter(
        DebeziumEvent.delete("orders").key(null).record(),
        "orders",
        MISSING_KEY,
        "the record has no key; give the source table a primary key, or declare 'tables.orders.key',"
            + " or 'tables.orders.append-only: true' to have every change as a row of its own");
  }

  @Test
  void rowsWithoutKeyAreChangesOfATableOfEvents() {
    DecodeSettings events =
        new DecodeSettings(
            UnavailableValue.standard(), Map.of(), Map.of(), Map.of(), Set.of("orders"), Set.of());

    Decoded decoded =
        new RecordDecoder(events).decode(DebeziumEvent.create("orders").key(null).record());

    assertThat(decoded)
        .isInstanceOfSatisfying(Decoded.Change.class, c -> assertThat(c.key()).isNull());
  }

  @Test
  void aKeyThatIsNoJson() {
    RawRecord good = DebeziumEvent.create("orders").record();
    Decoded decoded =
        decode(new RawRecord(DebeziumEvent.bytes("{\"id\":"), good.value(), good.origin()));

    assertThat(decoded)
        .isInstanceOfSatisfying(
            DeadLetter.class,
            letter -> {
              assertThat(letter.table()).isEqualTo("orders");
              assertThat(letter.reason()).isEqualTo(BAD_JSON);
              assertThat(letter.message()).startsWith("key: Cannot decode the value: the text is");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "\"1\"", "[1]", "{\"id\":1}", "{\"schema\":null,\"payload\":1}"})
  void aKeyWithoutNamedColumnsOrWithoutTheBlockThatTheValueHas(String key) {
    RawRecord good = DebeziumEvent.create("orders").record();

    assertDeadLetter(
        new RawRecord(DebeziumEvent.bytes(key), good.value(), good.origin()),
        "orders",
        BAD_KEY,
        "the key is no object with named columns, or lacks the schema block that the value has");
  }

  @ParameterizedTest
  @ValueSource(strings = {"r", "c", "u"})
  void changesWithoutARowAfter(String code) {
    assertDeadLetter(
        DebeziumEvent.of(code, "orders").after("null"),
        "orders",
        MISSING_AFTER,
        "operation " + code + " has no 'after'");
    assertDeadLetter(
        DebeziumEvent.of(code, "orders").without("after"),
        "orders",
        MISSING_AFTER,
        "operation " + code + " has no 'after'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"100\"", "1.5", "9223372036854775808", "{}"})
  void positionsThatAreNone(String lsn) {
    assertDeadLetter(
        DebeziumEvent.create("orders").source("lsn", lsn),
        "orders",
        MISSING_POSITION,
        "the 'source' block has no numeric 'lsn'");
  }

  @Test
  void aConnectorWhosePositionsNobodyKnows() {
    assertDeadLetter(
        DebeziumEvent.create("orders").source("connector", "\"db2\""),
        "orders",
        UNSUPPORTED_CONNECTOR,
        "changes of the connector 'db2' cannot be put in order; known: postgresql, mysql, mariadb,"
            + " sqlserver, oracle, mongodb");
    assertDeadLetter(
        DebeziumEvent.create("orders").withoutSource("connector"),
        "orders",
        UNSUPPORTED_CONNECTOR,
        "changes of the connector '' cannot be put in order; known: postgresql, mysql, mariadb,"
            + " sqlserver, oracle, mongodb");
  }

  @ParameterizedTest
  @ValueSource(strings = {"order items", "_orders", "2025", "a-b", "../orders", "Bestellübersicht"})
  void tablesWhoseNamesAreNoneInALake(String table) {
    assertDeadLetter(
        DebeziumEvent.create(table),
        null,
        BAD_TABLE_NAME,
        ("the source table 'shop.public.%s' cannot name a lake table; declare one under 'tables' with"
                + " 'source: shop.public.%s'")
            .formatted(table, table));
  }

  @Test
  void aSchemaBlockNobodyUnderstands() {
    assertDeadLetter(
        DebeziumEvent.create("orders").columns(column("id", "int32"), optional("note", "int128")),
        "orders",
        BAD_SCHEMA,
        badSchema());
  }

  private static String badSchema() {
    Decoded decoded =
        decode(
            DebeziumEvent.create("orders")
                .columns(column("id", "int32"), optional("note", "int128"))
                .record());
    String message = ((DeadLetter) decoded).message();
    assertThat(message).startsWith("Cannot decode column 'note': ").contains("int128");
    return message;
  }

  @Test
  void aValueOutOfItsColumnsRange() {
    assertBadValue(
        DebeziumEvent.create("orders")
            .columns(column("id", "int32"), optional("note", "int16"))
            .after("{\"id\":1,\"note\":40000}"),
        "note");
    assertBadValue(
        DebeziumEvent.create("orders").after("{\"id\":99999999999,\"note\":null}"), "id");
  }

  @Test
  void aValueOfAnotherKindThanItsColumn() {
    assertBadValue(DebeziumEvent.create("orders").after("{\"id\":1,\"note\":5}"), "note");
    assertBadValue(DebeziumEvent.create("orders").after("{\"id\":null,\"note\":null}"), "id");
    assertBadValue(DebeziumEvent.create("orders").key("{\"id\":\"x\"}"), "id");
  }

  @Test
  void aColumnTooManyOrTooFew() {
    assertBadValue(DebeziumEvent.create("orders").after("{\"id\":1,\"more\":5}"), "more");
    assertBadValue(DebeziumEvent.create("orders").after("{\"note\":\"x\"}"), "id");
  }

  private static void assertBadValue(DebeziumEvent event, String column) {
    assertThat(decode(event.record()))
        .isInstanceOfSatisfying(
            DeadLetter.class,
            letter -> {
              assertThat(letter.reason()).isEqualTo(BAD_VALUE);
              assertThat(letter.table()).isEqualTo("orders");
              assertThat(letter.message()).contains("'" + column + "'");
            });
  }

  /** The names are stored in the lake. */
  @Test
  void reasonsNeverChange() {
    assertThat(DeadLetterReason.values())
        .contains(
            BAD_JSON,
            NOT_AN_ENVELOPE,
            UNKNOWN_OPERATION,
            MISSING_KEY,
            BAD_KEY,
            MISSING_AFTER,
            MISSING_POSITION,
            UNSUPPORTED_CONNECTOR,
            BAD_TABLE_NAME,
            BAD_SCHEMA,
            BAD_VALUE,
            UNMASKABLE);
  }
}
