package io.tidemark.ingest.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.core.schema.EventSchema;
import io.tidemark.core.schema.JsonText;
import io.tidemark.ingest.decode.MessageParser;
import io.tidemark.ingest.decode.RejectedRecordException;
import io.tidemark.ingest.fixture.ProtobufKinds;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages that Google's library wrote, read with the text of their schema. Rule 10. */
class ProtobufReaderTest {
  private final ProtobufReader reader = ProtobufReader.of(ProtobufKinds.SCHEMA, List.of());

  @Test
  void rule10EveryTypeIsReadExactly() {
    JsonNode envelope = read(ProtobufKinds.created(ProtobufKinds.typical(1), "kinds", 5)).payload();

    assertThat(JsonText.compact(envelope.get("after")))
        .isEqualTo(
            "{\"id\":1,\"small\":-7,\"note\":\"\",\"big\":9223372036854775807,\"wide\":\"NaN\","
                + "\"narrow\":0.1,\"truth\":true,\"raw\":\"AP8=\",\"mood\":\"HAPPY\","
                + "\"numbers\":[1,-1],\"labels\":{\"k\":-5},\"counts\":[[6,\"six\"]],"
                + "\"at\":-876544,\"total\":{\"value\":\"+Do=\",\"precision\":0,\"scale\":2},"
                + "\"point\":{\"x\":1.5,\"y\":0.0},\"natural\":4294967295,\"fixed\":9,"
                + "\"signed\":-9}");
    assertThat(envelope.get("before").isNull()).isTrue();
    assertThat(envelope.get("op").asText()).isEqualTo("c");
  }

  @Test
  void whatIsAbsentIsNullOnlyIfTheTypeCanTell() {
    JsonNode row = read(ProtobufKinds.created(ProtobufKinds.onlyId(1), "kinds", 5)).payload();

    assertThat(JsonText.compact(row.get("after")))
        .isEqualTo(
            "{\"id\":1,\"small\":0,\"note\":null,\"big\":null,\"wide\":0.0,\"narrow\":0.0,"
                + "\"truth\":false,\"raw\":\"\",\"mood\":\"SAD\",\"numbers\":[],\"labels\":{},"
                + "\"counts\":[],\"at\":null,\"total\":null,\"point\":null,\"natural\":0,"
                + "\"fixed\":0,\"signed\":0}");
  }

  @Test
  void theSchemaIsOneOfConnect() {
    MessageParser.Message message =
        read(ProtobufKinds.created(ProtobufKinds.typical(1), "kinds", 5));
    EventSchema schema =
        EventSchema.fromConnect(null, message.block().schema().get("fields").get(1));

    assertThat(schema.row().columns())
        .extracting(
            column -> column.name() + " " + column.lakeType().ddl() + " " + column.optional())
        .contains(
            "id BIGINT false",
            "note STRING true",
            "big BIGINT true",
            "narrow FLOAT false",
            "mood STRING false",
            "numbers ARRAY<INT> false",
            "labels MAP<STRING, BIGINT> false",
            "counts MAP<INT, STRING> false",
            "at TIMESTAMP_NTZ true",
            "natural BIGINT false");
  }

  @Test
  void theIndexesChooseTheMessage() {
    assertThat(JsonText.compact(read(ProtobufKinds.key(7)).payload())).isEqualTo("{\"id\":7}");
    assertThat(read(ProtobufKinds.key(7)).block()).isSameAs(read(ProtobufKinds.key(8)).block());
    assertThatThrownBy(() -> read(new byte[] {2, 40}))
        .isInstanceOf(RejectedRecordException.class)
        .hasMessageContaining("no message with the indexes [20]");
  }

  @Test
  void whatTheConverterNotedIsHeard() {
    ProtobufReader noted =
        ProtobufReader.of(
            """
            syntax = "proto3";
            import "confluent/meta.proto";
            import "confluent/type/decimal.proto";
            message Row {
              int32 small = 1 [(confluent.field_meta) = {
                params: [{ key: "connect.type", value: "int16" }]
              }];
              confluent.type.Decimal total = 2 [(confluent.field_meta) = {
                params: [{ key: "scale", value: "2" },
                         { key: "connect.decimal.precision", value: "10" }]
              }];
              confluent.type.Decimal any = 3;
            }
            """,
            List.of());
    // small = 5; total = 1990 of scale 2; any = 1 of scale 0
    byte[] message = {0, 8, 5, 18, 6, 10, 2, 7, -58, 24, 2, 26, 3, 10, 1, 1};

    MessageParser.Message read = noted.read(message, 0);

    assertThat(JsonText.compact(read.payload()))
        .isEqualTo("{\"small\":5,\"total\":\"B8Y=\",\"any\":{\"scale\":0,\"value\":\"AQ==\"}}");
    assertThat(JsonText.compact(read.block().schema()))
        .contains("\"int16\"")
        .contains("\"scale\":\"2\",\"connect.decimal.precision\":\"10\"")
        .contains("io.debezium.data.VariableScaleDecimal");
  }

  @Test
  void bytesOfAnotherSchemaAreRefused() {
    assertRefused(new byte[] {0, 10}, "ends within a value");
    assertRefused(new byte[] {0, 10, 99}, "longer than the message");
    assertRefused(new byte[] {0, 32, 1}, "wire type 0");
    assertRefused(new byte[] {0, 120, 1}, "no field of number 15");
    assertRefused(new byte[0], "ends within a value");
  }

  @Test
  void schemasOfNoUseAreRefused() {
    assertThatThrownBy(() -> ProtobufReader.of("no schema", List.of()))
        .isInstanceOf(RejectedRecordException.class)
        .hasMessageContaining("no Protobuf schema");
    assertThatThrownBy(
            () ->
                ProtobufReader.of("message Tree { optional Tree next = 1; }", List.of())
                    .read(new byte[] {0}, 0))
        .hasMessageContaining("contains itself");
    assertThatThrownBy(
            () ->
                ProtobufReader.of("message Row { optional Nowhere x = 1; }", List.of())
                    .read(new byte[] {0}, 0))
        .hasMessageContaining("'Nowhere'");
  }

  private void assertRefused(byte[] message, String problem) {
    assertThatThrownBy(() -> read(message))
        .isInstanceOf(RejectedRecordException.class)
        .hasMessageContaining(problem);
  }

  private MessageParser.Message read(byte[] message) {
    return reader.read(message, 0);
  }
}
