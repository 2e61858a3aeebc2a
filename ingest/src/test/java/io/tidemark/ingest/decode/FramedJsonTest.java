package io.tidemark.ingest.decode;

import static io.tidemark.ingest.fixture.DebeziumEvent.bytes;
import static io.tidemark.ingest.fixture.DebeziumEvent.column;
import static io.tidemark.ingest.fixture.DebeziumEvent.optional;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.core.schema.UndecodableValueException;
import io.tidemark.ingest.decode.Decoded.Change;
import io.tidemark.ingest.decode.MessageParser.Message;
import io.tidemark.ingest.fixture.DebeziumEvent;
import io.tidemark.ingest.fixture.DebeziumEvent.Layout;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema block is parsed once and then recognised; that must never show in the result. */
class FramedJsonTest {
  private static final String BLOCK = "{\"type\":\"struct\",\"fields\":[]}";

  private final FramedJson json = new FramedJson();

  private Message parse(String text) {
    return json.parse(bytes(text));
  }

  @ParameterizedTest
  @EnumSource(
      value = Layout.class,
      names = {"COMPACT", "PRETTY"})
  void aBlockIsParsedOnce(Layout layout) {
    Message first = json.parse(DebeziumEvent.create("orders").layout(layout).value());
    Message second = json.parse(DebeziumEvent.create("orders").row(2, "}").layout(layout).value());

    assertThat(second.block()).isSameAs(first.block()).isNotNull();
    assertThat(first.payload().at("/after/id").asInt()).isEqualTo(1);
    assertThat(second.payload().at("/after/note").asText()).isEqualTo("}");
  }

  @Test
  void anotherBlockIsNotMistakenForIt() {
    DebeziumEvent altered =
        DebeziumEvent.create("orders").columns(column("id", "int32"), optional("nota", "string"));

    Message first = json.parse(DebeziumEvent.create("orders").value());
    Message second = json.parse(altered.after("{\"id\":1,\"nota\":\"x\"}").value());

    assertThat(second.block()).isNotSameAs(first.block());
    assertThat(second.block().schema().at("/fields/1/fields/1/field").asText()).isEqualTo("nota");
    assertThat(json.parse(DebeziumEvent.create("orders").value()).block()).isSameAs(first.block());
  }

  @Test
  void payloadFirstIsUnderstood() {
    byte[] value = DebeziumEvent.create("orders").layout(Layout.PAYLOAD_FIRST).value();

    for (int i = 0; i < 3; i++) {
      Message message = json.parse(value);
      assertThat(message.block().schema().path("type").asText()).isEqualTo("struct");
      assertThat(message.payload().path("op").asText()).isEqualTo("c");
    }
  }

  @Test
  void jsonThatOnlyHasFieldsOfThoseNamesIsNotFramed() {
    assertThat(parse("{\"schema\":\"public\",\"payload\":{}}").block()).isNull();
    assertThat(parse("{\"schema\":null,\"payload\":{}}").block()).isNull();
    assertThat(parse("{\"schema\":" + BLOCK + "}").block()).isNull();
    assertThat(parse("{\"payload\":{}}").block()).isNull();
    assertThat(parse("{\"schema\":" + BLOCK + ",\"payload\":{},\"x\":1}").block()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "17", "\"text\"", "[1]"})
  void payloadsOfEveryKind(String payload) {
    for (int i = 0; i < 2; i++) {
      Message message = parse("{\"schema\":" + BLOCK + ",\"payload\":" + payload + "}");
      assertThat(message.block()).isNotNull();
      assertThat(message.payload()).hasToString(payload);
    }
  }

  /** The fast way must refuse whatever the slow way refuses. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"payload\":{\"a\":{\"b\":1}}",
        "\"payload\":{\"a\":1}}}",
        "\"payload\":{\"a\":1}}x}",
        "\"payload\":{\"a\":1,\"a\":2}}",
        "\"payload\":}",
        "\"payload\":",
        "\"payload\""
      })
  void damagedMessagesAreRefusedWithAndWithoutAKnownBlock(String rest) {
    String message = "{\"schema\":" + BLOCK + "," + rest;

    assertThatThrownBy(() -> parse(message)).isInstanceOf(UndecodableValueException.class);
    assertThat(parse("{\"schema\":" + BLOCK + ",\"payload\":{}}").block()).isNotNull();
    assertThatThrownBy(() -> parse(message)).isInstanceOf(UndecodableValueException.class);
  }

  @Test
  void everyTruncationIsRefusedThoughTheBlockIsKnown() {
    byte[] whole = DebeziumEvent.update("orders").before("{\"id\":1,\"note\":\"}\"}").value();
    json.parse(whole);

    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> json.parse(cut))
          .as("cut at %d", length)
          .isInstanceOf(UndecodableValueException.class);
    }
  }

  @Test
  void spaceAfterTheEndDoesNotMatter() {
    String text = "{\"schema\":" + BLOCK + ",\"payload\":{\"a\":1}}";

    for (String after : new String[] {"", "\n", "  \r\n", ""}) {
      assertThat(parse(text + after).payload()).hasToString("{\"a\":1}");
    }
  }

  /** More tables in one topic than blocks are remembered. */
  @Test
  void manyTablesInOneTopicStayApart() {
    RecordDecoder decoder = new RecordDecoder(Decoders.noSettings());
    Set<String> fingerprints = new HashSet<>();
    for (int round = 0; round < 3; round++) {
      for (int table = 0; table < 40; table++) {
        String own = "column_" + table;
        Change change =
            Decoders.change(
                decoder,
                DebeziumEvent.create("t" + table)
                    .columns(column("id", "int32"), optional(own, "string"))
                    .after("{\"id\":1,\"" + own + "\":\"x\"}"));
        assertThat(change.table()).isEqualTo("t" + table);
        assertThat(change.schema().row().names()).containsExactly("id", own);
        fingerprints.add(change.schema().fingerprint());
      }
    }
    assertThat(fingerprints).hasSize(40);
  }
}
