package io.tidemark.ingest.decode;

import static io.tidemark.ingest.decode.Decoders.change;
import static io.tidemark.ingest.decode.Decoders.declaredKey;
import static io.tidemark.ingest.fixture.DebeziumEvent.column;
import static io.tidemark.ingest.fixture.DebeziumEvent.optional;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.event.DeadLetterReason;
import io.tidemark.core.event.Operation;
import io.tidemark.core.schema.UnavailableValue;
import io.tidemark.ingest.decode.Decoded.Change;
import io.tidemark.ingest.decode.Decoded.DeadLetter;
import io.tidemark.ingest.fixture.DebeziumEvent;
import io.tidemark.ingest.fixture.DebeziumEvent.Layout;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the pipeline file declares about tables, and topics with several tables. */
class DeclaredTablesTest {
  private static final String KEY = "{\"id\":1,\"note\":\"one\"}";

  private static DeadLetter letter(DecodeSettings settings, DebeziumEvent event) {
    return (DeadLetter) new RecordDecoder(settings).decode(event.record());
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void aDeclaredKeyTakesThePlaceOfTheEvents(Layout layout) {
    RecordDecoder decoder = new RecordDecoder(declaredKey("orders", "note", "id"));

    Change change = change(decoder, DebeziumEvent.create("orders").layout(layout));

    assertThat(change.key()).isEqualTo(KEY);
    assertThat(change.schema().key().orElseThrow().names()).containsExactly("note", "id");
    assertThat(change(decoder, DebeziumEvent.create("orders").key(null).layout(layout)).key())
        .isEqualTo(KEY);
    assertThat(change(decoder, DebeziumEvent.delete("orders").layout(layout)).key())
        .as("a delete's comes from the row before")
        .isEqualTo(KEY);
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void aTruncateNeedsNoDeclaredKey(Layout layout) {
    Change change =
        change(
            new RecordDecoder(declaredKey("orders", "id")),
            DebeziumEvent.truncate("orders").layout(layout));

    assertThat(change.operation()).isEqualTo(Operation.TRUNCATE);
    assertThat(change.key()).isNull();
  }

  @Test
  void aKeyOfAnotherTableDoesNotCount() {
    RecordDecoder decoder = new RecordDecoder(declaredKey("users", "note"));

    assertThat(change(decoder, DebeziumEvent.create("orders")).key()).isEqualTo("{\"id\":1}");
  }

  @Test
  void aDeclaredKeyThatIsNull() {
    DeadLetter letter =
        letter(
            declaredKey("orders", "id", "note"),
            DebeziumEvent.create("orders").after("{\"id\":1,\"note\":null}"));

    assertThat(letter)
        .isEqualTo(
            new DeadLetter(
                "orders", DeadLetterReason.MISSING_KEY, "the declared key column 'note' is null"));
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void aDeleteWithoutRowBeforeHasNoDeclaredKey(Layout layout) {
    DeadLetter letter =
        letter(
            declaredKey("orders", "note"),
            DebeziumEvent.delete("orders").before("null").layout(layout));

    assertThat(letter)
        .isEqualTo(
            new DeadLetter(
                "orders", DeadLetterReason.MISSING_KEY, "the declared key column 'note' is null"));
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void aDeclaredKeyThatNoRowHas(Layout layout) {
    DeadLetter letter =
        letter(
            declaredKey("orders", "id", "region"), DebeziumEvent.create("orders").layout(layout));

    assertThat(letter)
        .isEqualTo(
            new DeadLetter(
                "orders",
                DeadLetterReason.BAD_KEY,
                "the declared key [id, region] is not among the columns [id, note]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"public.orders", "shop.public.orders"})
  void aTableMayHaveAnotherNameInTheLake(String source) {
    RecordDecoder decoder = new RecordDecoder(Decoders.renamed(source, "sales"));

    assertThat(change(decoder, DebeziumEvent.create("orders")).table()).isEqualTo("sales");
    assertThat(change(decoder, DebeziumEvent.create("orders")).sourceTable())
        .hasToString("shop.public.orders");
    assertThat(change(decoder, DebeziumEvent.create("orders").source("schema", "\"old\"")).table())
        .isEqualTo("orders");
  }

  @Test
  void aTableWhoseNameIsNoneCanBeGivenOne() {
    RecordDecoder decoder =
        new RecordDecoder(Decoders.renamed("public.order items", "order_items"));

    assertThat(change(decoder, DebeziumEvent.create("order items")).table())
        .isEqualTo("order_items");
  }

  @Test
  void withoutSchemaBlockDeclaredColumnsHaveTheirTypeAndOthersAreText() {
    RecordDecoder decoder =
        new RecordDecoder(
            Decoders.columns("orders", Map.of("id", "int", "total", "decimal(12,2) from base64")));

    Change change =
        change(
            decoder,
            DebeziumEvent.create("orders")
                .after("{\"id\":1,\"total\":\"AMg=\",\"note\":5}")
                .layout(Layout.SCHEMALESS));

    assertThat(
            change.schema().row().lakeFields().stream().map(f -> f.name() + " " + f.type().ddl()))
        .containsExactly("id INT", "total DECIMAL(12,2)", "note STRING");
    assertThat(change.after()).isEqualTo("{\"id\":1,\"total\":\"AMg=\",\"note\":5}");
  }

  @Test
  void withoutSchemaBlockAValueThatDoesNotFitItsDeclarationIsRefused() {
    DeadLetter letter =
        letter(
            Decoders.columns("orders", Map.of("id", "int", "total", "decimal(4,2)")),
            DebeziumEvent.create("orders")
                .after("{\"id\":1,\"total\":\"123.45\"}")
                .layout(Layout.SCHEMALESS));

    assertThat(letter.reason()).isEqualTo(DeadLetterReason.BAD_VALUE);
    assertThat(letter.table()).isEqualTo("orders");
    assertThat(letter.message()).startsWith("Cannot decode column 'total': ").contains("123.45");
  }

  @Test
  void withBlockADeclaredColumnIsAnotherImageOfTheSameValues() {
    RecordDecoder decoder = new RecordDecoder(Decoders.columns("orders", Map.of("id", "bigint")));

    assertThat(change(decoder, DebeziumEvent.create("orders")).schema().row().lakeFields())
        .extracting(field -> field.type().ddl())
        .containsExactly("BIGINT", "STRING");
  }

  /** Rule 11: each row decodes with the schema it was written with. */
  @ParameterizedTest
  @EnumSource(Layout.class)
  void aColumnAddedInTheMiddleIsAnotherSchema(Layout layout) {
    RecordDecoder decoder = new RecordDecoder(Decoders.noSettings());
    DebeziumEvent before = DebeziumEvent.create("orders").layout(layout);
    DebeziumEvent after =
        DebeziumEvent.create("orders")
            .columns(column("id", "int32"), optional("x", "string"), optional("note", "string"))
            .after("{\"id\":1,\"x\":\"y\",\"note\":\"one\"}")
            .layout(layout);

    assertThat(change(decoder, before).schema().row().names()).containsExactly("id", "note");
    assertThat(change(decoder, after).schema().row().names()).containsExactly("id", "x", "note");
    assertThat(change(decoder, before).schema().row().names()).containsExactly("id", "note");
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void twoTablesAlternateInOneTopic(Layout layout) {
    RecordDecoder decoder = new RecordDecoder(Decoders.noSettings());
    DebeziumEvent order = DebeziumEvent.create("orders").at("all", 0, 1).layout(layout);
    DebeziumEvent user =
        DebeziumEvent.create("users")
            .columns(column("uid", "int64"))
            .keyColumns(column("uid", "int64"))
            .key("{\"uid\":7}")
            .after("{\"uid\":7}")
            .at("all", 0, 2)
            .layout(layout);

    for (int i = 0; i < 3; i++) {
      assertThat(change(decoder, order).table()).isEqualTo("orders");
      assertThat(change(decoder, user).table()).isEqualTo("users");
      assertThat(change(decoder, user).schema().row().names()).containsExactly("uid");
      assertThat(change(decoder, order).schema().row().names()).containsExactly("id", "note");
    }
  }

  /** A routing transform gives the shards of a table one topic and one schema block. */
  @Test
  void tablesWithOneSchemaBlockKeepTheirOwnDeclaredKeys() {
    DecodeSettings settings =
        new DecodeSettings(
            UnavailableValue.standard(),
            Map.of("shard_1", List.of("id"), "shard_2", List.of("note")),
            Map.of(),
            Map.of());
    RecordDecoder decoder = new RecordDecoder(settings);
    DebeziumEvent one = DebeziumEvent.create("all").source("table", "\"shard_1\"");
    DebeziumEvent two = DebeziumEvent.create("all").source("table", "\"shard_2\"");

    for (int i = 0; i < 2; i++) {
      assertThat(change(decoder, one).key()).isEqualTo("{\"id\":1}");
      assertThat(change(decoder, two).key()).isEqualTo("{\"note\":\"one\"}");
      assertThat(change(decoder, two).schema().key().orElseThrow().names()).containsExactly("note");
    }
  }

  @Test
  void rule15ATableOfSeveralServersGoesToTheLakeTableOfItsServer() {
    DecodeSettings settings =
        new DecodeSettings(
            UnavailableValue.standard(),
            Map.of(),
            Map.of(),
            Map.of("shop/public.orders", "orders__eu", "public.users", "people"),
            Set.of(),
            Set.of("orders"));
    RecordDecoder decoder = new RecordDecoder(settings);
    DebeziumEvent order = DebeziumEvent.create("orders");

    assertThat(change(decoder, order).table()).isEqualTo("orders__eu");
    assertThat(change(decoder, order).sourceTable().qualified())
        .isEqualTo("shop/shop.public.orders");
    assertThat(change(decoder, DebeziumEvent.create("users")).sourceTable().qualified())
        .as("declared without a server")
        .isEqualTo("shop.public.users");
    assertThat(letter(settings, order.source("name", "\"another\"")).message())
        .isEqualTo(
            "the source table 'another/shop.public.orders' is none of the sources of table"
                + " 'orders'; add it to 'tables.orders.sources'");
  }

  @Test
  void anotherPlaceholderCanBeDeclared() {
    DecodeSettings settings =
        new DecodeSettings(new UnavailableValue("__gone"), Map.of(), Map.of(), Map.of());
    DebeziumEvent event =
        DebeziumEvent.update("orders")
            .columns(column("id", "int32"), optional("note", "string", "io.debezium.data.Uuid"))
            .after("{\"id\":1,\"note\":\"__gone\"}");

    assertThat(change(new RecordDecoder(settings), event).after()).contains("__gone");
  }
}
