package io.tidemark.ingest.decode;

import static io.tidemark.ingest.decode.Decoders.change;
import static io.tidemark.ingest.fixture.DebeziumEvent.column;
import static io.tidemark.ingest.fixture.DebeziumEvent.optional;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.event.DeadLetterReason;
import io.tidemark.core.event.Operation;
import io.tidemark.core.event.SourceTable;
import io.tidemark.core.schema.JsonText;
import io.tidemark.ingest.decode.Decoded.Change;
import io.tidemark.ingest.fixture.DebeziumEvent;
import io.tidemark.ingest.fixture.DebeziumEvent.Layout;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes of rows, as Debezium sends them. */
class RecordDecoderTest {
  private static final String ROW = "{\"id\":1,\"note\":\"one\"}";

  @ParameterizedTest
  @EnumSource(Layout.class)
  void everyLayoutOfTheJsonIsTheSameChange(Layout layout) {
    Change change =
        change(
            DebeziumEvent.update("orders")
                .before("{\"id\":1,\"note\":\"none\"}")
                .layout(layout)
                .at("shop.public.orders", 3, 42));

    assertThat(change.table()).isEqualTo("orders");
    assertThat(change.sourceTable()).isEqualTo(new SourceTable("shop", "shop", "public", "orders"));
    assertThat(change.operation()).isEqualTo(Operation.UPDATE);
    assertThat(change.key()).isEqualTo("{\"id\":1}");
    assertThat(change.before()).isEqualTo("{\"id\":1,\"note\":\"none\"}");
    assertThat(change.after()).isEqualTo(ROW);
    assertThat(change.position())
        .hasToString("0000.0000000000000064.1.shop.public.orders.000003.0000000000000000042");
    assertThat(change.sourceTime()).isEqualTo(Instant.parse("2026-01-01T00:00:00.000001Z"));
    assertThat(change.transaction()).isEqualTo("771");
    assertThat(JsonText.parse(change.source()).path("lsn").asInt()).isEqualTo(100);
    assertThat(change.schema().row().names()).containsExactly("id", "note");
    assertThat(change.schema().key().orElseThrow().names()).containsExactly("id");
  }

  /** A dead letter of such a row is replayed in a pipeline whose events are Avro. */
  @Test
  void rowsThatWereReadAgainAreJsonInEveryPipeline() {
    MessageFormat other =
        () ->
            message -> {
              throw new RejectedRecordException(null, DeadLetterReason.BAD_SCHEMA, "not Avro");
            };
    RecordDecoder decoder = new RecordDecoder(Decoders.noSettings().with(other));

    DebeziumEvent row = DebeziumEvent.of("r", "orders");
    assertThat(decoder.decode(row.record())).isInstanceOf(Decoded.DeadLetter.class);
    assertThat(change(decoder, row.at("~backfill/public.orders", 0, 7)).after()).isEqualTo(ROW);
  }

  @ParameterizedTest
  @EnumSource(value = Layout.class, names = "SCHEMALESS", mode = EnumSource.Mode.EXCLUDE)
  void oneSchemaHasOneFingerprintInEveryLayout(Layout layout) {
    assertThat(change(DebeziumEvent.update("orders").layout(layout)).schema())
        .isEqualTo(change(DebeziumEvent.create("orders")).schema());
  }

  @ParameterizedTest
  @CsvSource({"r, READ", "c, CREATE", "u, UPDATE"})
  void operationsWithARowAfter(String code, Operation operation) {
    Change change = change(DebeziumEvent.of(code, "orders"));

    assertThat(change.operation()).isEqualTo(operation);
    assertThat(change.after()).isEqualTo(ROW);
    assertThat(change.before()).isNull();
  }

  @Test
  void aDeleteHasARowBefore() {
    Change change = change(DebeziumEvent.delete("orders"));

    assertThat(change.operation()).isEqualTo(Operation.DELETE);
    assertThat(change.before()).isEqualTo(ROW);
    assertThat(change.after()).isNull();
    assertThat(change.key()).isEqualTo("{\"id\":1}");
  }

  /** REPLICA IDENTITY DEFAULT or NOTHING: the key alone says what is gone. */
  @ParameterizedTest
  @EnumSource(Layout.class)
  void aDeleteMayLackTheRowBefore(Layout layout) {
    Change change = change(DebeziumEvent.delete("orders").before("null").layout(layout));

    assertThat(change.operation()).isEqualTo(Operation.DELETE);
    assertThat(change.before()).isNull();
    assertThat(change.key()).isEqualTo("{\"id\":1}");
  }

  /** The row before holds only the key then, and nulls where the columns allow none. */
  @Test
  void aRowBeforeWithoutItsRequiredValuesIsKept() {
    Change change =
        change(
            DebeziumEvent.delete("orders")
                .columns(column("id", "int32"), column("note", "string"))
                .before("{\"id\":1,\"note\":null}"));

    assertThat(change.before()).isEqualTo("{\"id\":1,\"note\":null}");
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void aTruncateHasNoKeyAndNoRow(Layout layout) {
    Change change = change(DebeziumEvent.truncate("orders").layout(layout));

    assertThat(change.operation()).isEqualTo(Operation.TRUNCATE);
    assertThat(change.key()).isNull();
    assertThat(change.before()).isNull();
    assertThat(change.after()).isNull();
  }

  /** Rule 7: delete of the old key, tombstone, create of the new key. */
  @Test
  void aKeyChangeIsADeleteAndACreate() {
    RecordDecoder decoder = new RecordDecoder(Decoders.noSettings());

    Change gone = change(decoder, DebeziumEvent.delete("orders").lsn(7));
    Change come = change(decoder, DebeziumEvent.create("orders").row(2, "one").lsn(7));

    assertThat(gone.key()).isEqualTo("{\"id\":1}");
    assertThat(come.key()).isEqualTo("{\"id\":2}");
  }

  @Test
  void theKeysTextDoesNotDependOnTheOrderOfItsFields() {
    DebeziumEvent event =
        DebeziumEvent.create("items")
            .columns(column("b", "int32"), column("a", "string"))
            .keyColumns(column("b", "int32"), column("a", "string"))
            .after("{\"b\":1,\"a\":\"x\"}");

    assertThat(change(event.key("{\"b\":1,\"a\":\"x\"}")).key())
        .isEqualTo("{\"a\":\"x\",\"b\":1}")
        .isEqualTo(change(event.key("{\"a\": \"x\", \"b\": 1}")).key());
  }

  /** Rule 10: bronze keeps the payload exactly. */
  @Test
  void numbersKeepEveryDigit() {
    String row =
        "{\"id\":1,\"big\":9223372036854775807,\"real\":1.10,\"text\":\"\\u0000 é \\uD83D\\uDE00\"}";
    Change change =
        change(
            DebeziumEvent.create("orders")
                .columns(
                    column("id", "int32"),
                    optional("big", "int64"),
                    optional("real", "double"),
                    optional("text", "string"))
                .after(row));

    assertThat(change.after()).contains("9223372036854775807", "1.10");
    assertThat(JsonText.parse(change.after())).isEqualTo(JsonText.parse(row));
  }

  /** Rule 3: silver fills it in; bronze keeps the placeholder. */
  @Test
  void anUnavailableValueIsNoBadValue() {
    Change change =
        change(
            DebeziumEvent.update("orders")
                .columns(
                    column("id", "int32"),
                    optional("at", "int64", "io.debezium.time.MicroTime"),
                    optional("doc", "bytes"))
                .after(
                    "{\"id\":1,\"at\":null,\"doc\":\"X19kZWJleml1bV91bmF2YWlsYWJsZV92YWx1ZQ==\"}"));

    assertThat(change.after()).contains("X19kZWJleml1bV91bmF2YWlsYWJsZV92YWx1ZQ==");
  }

  @Test
  void theConnectorsTransactionIdBeatsPostgresOwn() {
    assertThat(
            change(
                    DebeziumEvent.create("orders")
                        .field(
                            "transaction",
                            "{\"id\":\"771:100\",\"total_order\":1,\"data_collection_order\":1}"))
                .transaction())
        .isEqualTo("771:100");
    assertThat(change(DebeziumEvent.create("orders").source("txId", "null")).transaction())
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "\"true\"",
        "\"first\"",
        "\"first_in_data_collection\"",
        "\"last_in_data_collection\"",
        "\"last\"",
        "\"incremental\""
      })
  void snapshotRowsHaveTheSnapshotsPhase(String snapshot) {
    assertThat(change(DebeziumEvent.read("orders").source("snapshot", snapshot)).position().text())
        .startsWith("0000.0000000000000064.0.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "\"false\"", "null", "\"\""})
  void otherChangesAreStreamed(String snapshot) {
    assertThat(
            change(DebeziumEvent.create("orders").source("snapshot", snapshot)).position().text())
        .startsWith("0000.0000000000000064.1.");
    assertThat(change(DebeziumEvent.read("orders").source("snapshot", snapshot)).position().text())
        .as("a read is a snapshot's, whatever its source block says")
        .startsWith("0000.0000000000000064.0.");
  }
}
