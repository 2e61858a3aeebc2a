package io.tidemark.ingest.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.core.event.DeadLetterReason;
import io.tidemark.core.event.Origin;
import io.tidemark.core.schema.JsonText;
import io.tidemark.core.schema.UnavailableValue;
import io.tidemark.ingest.decode.DecodeSettings;
import io.tidemark.ingest.decode.Decoded.DeadLetter;
import io.tidemark.ingest.decode.MessageFormat;
import io.tidemark.ingest.decode.MessageParser;
import io.tidemark.ingest.decode.RawRecord;
import io.tidemark.ingest.decode.RecordDecoder;
import io.tidemark.ingest.decode.RejectedRecordException;
import io.tidemark.ingest.decode.WriterSchema;
import io.tidemark.ingest.fixture.AvroBytes;
import io.tidemark.ingest.fixture.FakeRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of messages that name a schema, whatever the registry says. Rule 9. */
class FramedMessagesTest {
  private static final String SCHEMA =
      "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"x\",\"type\":\"int\"}]}";

  private final FakeRegistry registry = new FakeRegistry();

  @BeforeEach
  void forget() {
    SchemaCache.clear();
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void aSchemaIsAskedForOnceInTheWholeProcess() {
    registry.with("/schemas/ids/7", 200, answer(SCHEMA));
    MessageParser first = parser(Map.of());
    MessageParser second = parser(Map.of());

    assertThat(JsonText.compact(first.parse(message(7, 1)).payload())).isEqualTo("{\"x\":1}");
    assertThat(first.parse(message(7, 2)).block()).isSameAs(first.parse(message(7, 3)).block());
    second.parse(message(7, 4));

    assertThat(registry.asked()).containsExactly("/schemas/ids/7");
    assertThat(first.takeNewSchemas()).extracting(WriterSchema::id).containsExactly(7);
    assertThat(first.takeNewSchemas()).as("told once").isEmpty();
    assertThat(second.takeNewSchemas()).as("each task tells for itself").hasSize(1);
  }

  @Test
  void aStoredSchemaIsNotAskedFor() {
    MessageParser parser = parser(Map.of(7, new WriterSchema(7, "AVRO", SCHEMA, List.of())));

    assertThat(JsonText.compact(parser.parse(message(7, 1)).payload())).isEqualTo("{\"x\":1}");
    assertThat(parser.takeNewSchemas()).isEmpty();
    assertThat(registry.asked()).isEmpty();
  }

  @Test
  void referencesAreResolvedDepthFirst() {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("schema", "\"Row\"");
    body.putArray("references")
        .addObject()
        .put("name", "a.B")
        .put("subject", "b v")
        .put("version", 2);
    registry.with("/schemas/ids/9", 200, body.toString());
    ObjectNode second = JsonNodeFactory.instance.objectNode().put("schema", "second");
    second
        .putArray("references")
        .addObject()
        .put("name", "a.C")
        .put("subject", "c")
        .put("version", 1);
    registry.with("/subjects/b%20v/versions/2", 200, second.toString());
    registry.with("/subjects/c/versions/1", 200, "{\"schema\":\"third\"}");

    WriterSchema schema =
        new RegistryClient(new RegistryAddress(registry.url())).schema(9).orElseThrow();

    assertThat(schema.references())
        .extracting(WriterSchema.Reference::name)
        .containsExactly("a.C", "a.B");
    assertThat(schema.type()).isEqualTo("AVRO");
  }

  @Test
  void rule9AnUnknownIdIsADeadLetterAndAskedForOnceATask() {
    MessageParser parser = parser(Map.of());

    for (int i = 0; i < 3; i++) {
      assertRejected(
          parser, message(8, i), DeadLetterReason.UNKNOWN_SCHEMA_ID, "no schema of id 8");
    }
    assertThat(registry.asked()).containsExactly("/schemas/ids/8");
  }

  @Test
  void rule9ASchemaOfNoUseIsADeadLetter() {
    registry
        .with("/schemas/ids/1", 200, answer("no avro"))
        .with("/schemas/ids/2", 200, "{\"schemaType\":\"PROTOBUF\",\"schema\":\"x\"}")
        .with("/schemas/ids/3", 200, "{\"text\":1}")
        .with("/schemas/ids/4", 200, answer(SCHEMA));
    MessageParser parser = parser(Map.of());

    assertRejected(parser, message(1, 0), DeadLetterReason.BAD_SCHEMA, "no Avro schema");
    assertRejected(parser, message(2, 0), DeadLetterReason.BAD_SCHEMA, "of type PROTOBUF");
    assertRejected(parser, message(3, 0), DeadLetterReason.BAD_SCHEMA, "holds no schema");
    assertRejected(
        parser,
        AvroBytes.framed(4, new byte[] {2, 2, 2}),
        DeadLetterReason.BAD_SCHEMA,
        "left over");
    assertThat(parser.takeNewSchemas()).extracting(WriterSchema::id).containsExactly(4);
  }

  @Test
  void rule9BytesWithoutFrameAreADeadLetterThatKnowsJson() {
    MessageParser parser = parser(Map.of());

    assertRejected(parser, bytes("{\"op\":1}"), DeadLetterReason.NOT_FRAMED, "look like JSON");
    assertRejected(parser, bytes("abcdef"), DeadLetterReason.NOT_FRAMED, "do not begin with 0");
    assertRejected(parser, new byte[] {0, 0, 0}, DeadLetterReason.NOT_FRAMED, "do not begin");
    assertRejected(
        parser,
        AvroBytes.framed(0, new byte[] {0, 0, 0, 5}),
        DeadLetterReason.UNKNOWN_SCHEMA_ID,
        "as-confluent=true");
  }

  @Test
  void aKeyThatIsNotFramedNamesTheTable() {
    registry.with("/schemas/ids/5", 200, answer(ENVELOPE));
    RecordDecoder decoder = decoder();
    Schema schema = new Schema.Parser().parse(ENVELOPE);
    Schema source = schema.getField("source").schema();
    byte[] value =
        AvroBytes.framed(
            5,
            AvroBytes.datum(
                schema,
                new GenericRecordBuilder(schema)
                    .set("op", "c")
                    .set(
                        "after",
                        new GenericRecordBuilder(schema.getField("after").schema())
                            .set("x", 1)
                            .build())
                    .set(
                        "source",
                        new GenericRecordBuilder(source)
                            .set("connector", "postgresql")
                            .set("schema", "public")
                            .set("table", "orders")
                            .set("lsn", 5L)
                            .set("ts_ms", 1L)
                            .build())
                    .build()));

    assertThat(decoder.decode(new RawRecord(bytes("{\"x\":1}"), value, new Origin("t", 0, 0))))
        .isInstanceOfSatisfying(
            DeadLetter.class,
            letter -> {
              assertThat(letter.table()).isEqualTo("orders");
              assertThat(letter.reason()).isEqualTo(DeadLetterReason.NOT_FRAMED);
              assertThat(letter.message()).startsWith("key: ");
            });
  }

  @Test
  void aRegistryThatIsDownIsNoPropertyOfARecord() {
    registry
        .with("/schemas/ids/1", 503, "starting")
        .with("/schemas/ids/2", 200, "<html>log in</html>");
    URI nowhere = URI.create(registry.url() + "/wrong");
    registry
        .with("/wrong/schemas/ids/3", 404, "<html>not found</html>")
        .with("/wrong/subjects", 404, "<html>not found</html>");

    assertUnreachable(registry.url(), 1, "answers with status 503");
    assertThat(registry.asked()).as("asked again a few times").hasSize(4);
    assertUnreachable(registry.url(), 2, "no JSON object");
    assertUnreachable(nowhere, 3, "no Confluent-compatible API");
    registry.close();
    assertUnreachable(registry.url(), 4, "does not answer");
  }

  @Test
  void credentialsOfTheAddressAreSentAndNeverShown() {
    registry.with("/schemas/ids/1", 200, answer(SCHEMA));
    URI address = URI.create(registry.url().toString().replace("//", "//tide:pass%20word@"));

    new RegistryClient(new RegistryAddress(address)).schema(1);

    assertThat(registry.authorizations()).containsExactly("Basic dGlkZTpwYXNzIHdvcmQ=");
    assertThat(new RegistryAddress(address)).hasToString(registry.url().toString());
  }

  private void assertUnreachable(URI address, int id, String message) {
    FramedMessages parser =
        new FramedMessages(Encoding.AVRO, new RegistryAddress(address), Map.of());
    assertThatThrownBy(() -> parser.parse(message(id, 0)))
        .isInstanceOf(RegistryUnreachableException.class)
        .hasMessageContaining(message);
  }

  private static void assertRejected(
      MessageParser parser, byte[] message, DeadLetterReason reason, String text) {
    RejectedRecordException rejected =
        catchThrowableOfType(RejectedRecordException.class, () -> parser.parse(message));
    assertThat(rejected).hasMessageContaining(text);
    assertThat(rejected.reason()).isEqualTo(reason);
  }

  private MessageParser parser(Map<Integer, WriterSchema> stored) {
    return new FramedMessages(Encoding.AVRO, new RegistryAddress(registry.url()), stored);
  }

  private RecordDecoder decoder() {
    MessageFormat format = () -> parser(Map.of());
    return new RecordDecoder(
        new DecodeSettings(UnavailableValue.standard(), Map.of(), Map.of(), Map.of()).with(format));
  }

  private static byte[] message(int id, int x) {
    Schema schema = new Schema.Parser().parse(SCHEMA);
    return AvroBytes.framed(
        id, AvroBytes.datum(schema, new GenericRecordBuilder(schema).set("x", x).build()));
  }

  private static String answer(String schema) {
    return JsonNodeFactory.instance.objectNode().put("schema", schema).toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static final String ENVELOPE =
      """
      {"type":"record","name":"Envelope","fields":[
        {"name":"after","type":{"type":"record","name":"Value","fields":[
          {"name":"x","type":"int"}]}},
        {"name":"op","type":"string"},
        {"name":"source","type":{"type":"record","name":"Source","fields":[
          {"name":"connector","type":"string"},{"name":"schema","type":"string"},
          {"name":"table","type":"string"},{"name":"lsn","type":"long"},
          {"name":"ts_ms","type":"long"}]}}]}""";
}
