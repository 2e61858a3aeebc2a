package io.tidemark.ingest.mask;

import static io.tidemark.ingest.fixture.DebeziumEvent.column;
import static io.tidemark.ingest.fixture.DebeziumEvent.optional;
import static io.tidemark.ingest.mask.Masks.change;
import static io.tidemark.ingest.mask.Masks.letter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.core.event.DeadLetterReason;
import io.tidemark.core.schema.EventSchema;
import io.tidemark.core.schema.JsonText;
import io.tidemark.core.schema.MaskedType;
import io.tidemark.core.schema.UnavailableValue;
import io.tidemark.ingest.decode.Decoded;
import io.tidemark.ingest.fixture.DebeziumEvent;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rule 16: what a masked event is. */
class MaskingDecoderTest {
  private static final String DECIMAL =
      "{\"field\":\"%s\",\"type\":\"bytes\",\"optional\":true,"
          + "\"name\":\"org.apache.kafka.connect.data.Decimal\","
          + "\"parameters\":{\"scale\":\"%d\",\"connect.decimal.precision\":\"10\"}}";

  private static JsonNode json(String text) {
    return JsonText.parse(text);
  }

  private static JsonNode after(MaskSettings masks, DebeziumEvent event) {
    return json(change(masks, event).after());
  }

  private static DebeziumEvent people() {
    return DebeziumEvent.update("people")
        .columns(
            column("id", "int32"),
            optional("email", "string"),
            optional("born", "int32", "io.debezium.time.Date"),
            optional("phone", "int64"))
        .before("{\"id\":1,\"email\":\"old@x\",\"born\":0,\"phone\":5}")
        .after("{\"id\":1,\"email\":\"ann@x\",\"born\":19999,\"phone\":4912345}");
  }

  @Test
  void rule16EveryMethodReplacesTheValueBeforeAndAfter() {
    MaskSettings masks = Masks.of("people", "Email", "hash", "born", "month", "phone", "last(3)");
    Decoded.Change change = change(masks, people());

    assertThat(json(change.after()).get("email").asText()).startsWith("k1:").hasSize(46);
    assertThat(json(change.after()).get("born").asText()).isEqualTo("2024-10-01");
    assertThat(json(change.after()).get("phone").asText()).isEqualTo("345");
    assertThat(json(change.before()).get("phone").asText())
        .as("a value that would be kept whole is kept not at all")
        .isEmpty();
    assertThat(change.before() + change.after()).doesNotContain("@x").doesNotContain("4912");
    assertThat(change.key()).isEqualTo("{\"id\":1}");
  }

  @Test
  void rule16TheStoredSchemaSaysWhatWasMaskedAndHow() {
    EventSchema clear = change(MaskSettings.NONE, people()).schema();
    EventSchema masked = change(Masks.of("people", "email", "hash"), people()).schema();

    assertThat(masked.fingerprint()).isNotEqualTo(clear.fingerprint());
    assertThat(EventSchema.parse(masked.toJson())).isEqualTo(masked);
    assertThat(masked.row().column("email").orElseThrow().type())
        .isInstanceOfSatisfying(
            MaskedType.class, type -> assertThat(type.mask()).isEqualTo("hash(k1)"));
    assertThat(masked.row().column("email").orElseThrow().lakeType().ddl()).isEqualTo("STRING");
  }

  @Test
  void rule16KeyAndRowHaveOneMask() {
    Decoded.Change change =
        change(Masks.of("people", "id", "hash", "email", "token(k1)"), people().key("{\"id\":1}"));
    assertThat(json(change.key()).get("id")).isEqualTo(json(change.after()).get("id"));
    assertThat(change.schema().key().orElseThrow().column("id").orElseThrow().lakeType().ddl())
        .isEqualTo("STRING");
  }

  @Test
  void rule16EqualNumbersHaveOneHashWhateverTheirTypeAndScale() {
    MaskSettings masks = Masks.of("t", "a", "hash", "b", "hash", "c", "hash", "d", "hash");
    // 7 as int, as 7.00 in base64 of 700, as double, as 7.0 with scale 1.
    JsonNode after =
        after(
            masks,
            DebeziumEvent.create("t")
                .columns(
                    column("id", "int32"),
                    optional("a", "int32"),
                    DECIMAL.formatted("b", 2),
                    optional("c", "double"),
                    DECIMAL.formatted("d", 1))
                .after("{\"id\":1,\"a\":7,\"b\":\"Arw=\",\"c\":7.0,\"d\":\"Rg==\"}"));
    assertThat(after.get("b")).isEqualTo(after.get("a"));
    assertThat(after.get("c")).isEqualTo(after.get("a"));
    assertThat(after.get("d")).isEqualTo(after.get("a"));
  }

  @Test
  void rule16NullStaysNullAndAnUnloggedValueStaysUnlogged() {
    JsonNode after =
        after(
            Masks.of("people", "email", "hash", "born", "year"),
            people().after("{\"id\":1,\"email\":\"__debezium_unavailable_value\",\"born\":null}"));
    assertThat(after.get("born").isNull()).isTrue();
    assertThat(after.get("email").asText()).isEqualTo(UnavailableValue.DEFAULT_PLACEHOLDER);
  }

  @Test
  void rule16APlaceholderInAnyFormBecomesTheFormOfText() {
    String bytes = "{\"field\":\"doc\",\"type\":\"bytes\",\"optional\":true}";
    Decoded.Change change =
        change(
            Masks.of("t", "doc", "hash"),
            DebeziumEvent.create("t")
                .columns(column("id", "int32"), bytes)
                .after("{\"id\":1,\"doc\":\"X19kZWJleml1bV91bmF2YWlsYWJsZV92YWx1ZQ==\"}"));
    JsonNode doc = json(change.after()).get("doc");
    assertThat(doc.asText()).isEqualTo(UnavailableValue.DEFAULT_PLACEHOLDER);
    assertThat(
            UnavailableValue.standard()
                .matches(change.schema().row().column("doc").orElseThrow().type(), doc))
        .isTrue();
  }

  @Test
  void rule16ADefaultOfAMaskedColumnIsMaskedInTheStoredSchema() {
    String column =
        "{\"field\":\"email\",\"type\":\"string\",\"optional\":false,\"default\":\"nobody@x\"}";
    EventSchema schema =
        change(
                Masks.of("t", "email", "hash"),
                DebeziumEvent.create("t")
                    .columns(column("id", "int32"), column)
                    .after("{\"id\":1,\"email\":\"a@x\"}"))
            .schema();
    assertThat(schema.toJson()).doesNotContain("nobody@x").contains("\"default\":\"k1:");
  }

  @Test
  void rule16TheStatementInTheSourceBlockIsTakenOut() {
    Decoded.Change change =
        change(
            Masks.of("people", "email", "hash"),
            people().source("query", "\"insert into people values (1, 'ann@x')\""));
    assertThat(change.source()).doesNotContain("ann@x").contains("\"lsn\":100");
  }

  @Test
  void rule16AMaskOnTheKeyThatLosesIdentityMakesASealedLetter() {
    Decoded.DeadLetter letter = letter(Masks.of("people", "id", "first(1)"), people());
    assertThat(letter.reason()).isEqualTo(DeadLetterReason.UNMASKABLE);
    assertThat(letter.message())
        .contains("mask of column 'id': 'first(1)' would make different rows one");
  }

  @Test
  void rule16AMaskThatNamesNoColumnOfANewTableLetsNothingThrough() {
    assertThat(letter(Masks.of("people", "emial", "hash"), people()).message())
        .isEqualTo("mask of column 'emial': the table has no such column");
    MaskSettings known = Masks.of("people", "emial", "hash");
    known =
        known.after(
            MaskedPast.NOTHING.with("people", change(MaskSettings.NONE, people()).schema()));
    assertThat(change(known, people()).after()).contains("ann@x");
  }

  @Test
  void rule16FieldsWithinAColumnAreRefused() {
    assertThat(letter(Masks.of("people", "email.user", "hash"), people()).message())
        .contains("fields within a column cannot be masked; mask the whole column");
  }

  @Test
  void rule16AMaskThatDoesNotFitTheTypeIsSaid() {
    assertThat(letter(Masks.of("people", "email", "year"), people()).message())
        .contains("'year' is for dates and times, and the column is STRING");
    assertThat(letter(Masks.of("people", "born", "token(k1)"), people()).message())
        .contains("'token(k1)' holds whole numbers and text, and the column is DATE");
    assertThat(letter(Masks.of("people", "born", "last(1)"), people()).message())
        .contains("'last(1)' keeps characters of text and whole numbers");
  }

  @Test
  void rule16MessagesOfDeadLettersQuoteNoValueOfAMaskedTable() {
    DebeziumEvent bad = people().after("{\"id\":1,\"email\":\"ann@x\",\"born\":\"secret\"}");
    assertThat(letter(MaskSettings.NONE, bad).message()).contains("secret");
    assertThat(letter(Masks.of("people", "email", "hash"), bad).message())
        .doesNotContain("secret")
        .contains("'born'");
  }

  @Test
  void rule16ATableWithoutMasksIsLeftAlone() {
    MaskSettings others = Masks.of("people", "email", "hash");
    DebeziumEvent order = DebeziumEvent.create("orders").row(1, "note");
    assertThat(change(others, order)).isEqualTo(change(MaskSettings.NONE, order));
    assertThat(others.seals("orders")).isFalse();
    assertThat(others.seals(null)).isTrue();
  }

  @Test
  void rule16NewValuesTakeTheNewestKeyAndKeyColumnsStayWithTheirs() {
    MaskSettings first = Masks.of("people", "id", "hash", "email", "hash", "phone", "hash(k1)");
    Decoded.Change before = change(first, people());
    MaskSettings rotated =
        new MaskSettings(first.tables(), Masks.keys("k1", "k2"), MaskedPast.NOTHING)
            .after(MaskedPast.NOTHING.with("people", before.schema()));
    Decoded.Change after = change(rotated, people());

    assertThat(after.key()).isEqualTo(before.key()).contains("k1:");
    assertThat(json(after.after()).get("email").asText()).startsWith("k2:");
    assertThat(json(after.after()).get("phone").asText()).startsWith("k1:");
    assertThat(after.schema().fingerprint()).isNotEqualTo(before.schema().fingerprint());
  }

  @Test
  void rule16ATableThatBeginsInTheClearCannotHaveItsKeyMaskedLater() {
    EventSchema clear = change(MaskSettings.NONE, people()).schema();
    EventSchema masked = change(Masks.of("people", "id", "hash"), people()).schema();
    assertThatThrownBy(() -> MaskedPast.NOTHING.with("people", clear).with("people", masked))
        .hasMessage(
            "Cannot land table 'people': its column 'id' tells rows apart, began in the clear and"
                + " would be masked by hash(k1) now");
    assertThatThrownBy(() -> MaskedPast.NOTHING.with("people", masked).with("people", clear))
        .hasMessageContaining("began masked by hash(k1) and would be in the clear now");
    assertThat(MaskedPast.NOTHING.with("people", clear).with("users", masked).knows("users"))
        .isTrue();
  }

  @Test
  void rule16AKeyThatAKeyColumnNeedsMustStay() {
    EventSchema masked = change(Masks.of("people", "id", "hash"), people()).schema();
    MaskedPast past = MaskedPast.NOTHING.with("people", masked);
    MaskSettings without =
        new MaskSettings(
            Map.of("people", Masks.parsed("id", "hash")), Masks.keys("k2"), MaskedPast.NOTHING);
    assertThatThrownBy(() -> past.requireKeys(without))
        .hasMessageContaining("was masked with the masking key 'k1' from the start")
        .hasMessageContaining("'people'");
  }
}
