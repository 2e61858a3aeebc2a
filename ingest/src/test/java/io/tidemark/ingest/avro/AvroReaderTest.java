package io.tidemark.ingest.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.core.schema.EventSchema;
import io.tidemark.core.schema.JsonText;
import io.tidemark.core.schema.LakeField;
import io.tidemark.core.schema.RowDecoder;
import io.tidemark.core.schema.UnavailableValue;
import io.tidemark.ingest.decode.RejectedRecordException;
import io.tidemark.ingest.fixture.AvroBytes;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/**
 * Avro as Connect's converters write it, against what JsonConverter would have written. Rule 10.
 */
class AvroReaderTest {
  @Test
  void rule10EveryTypeHasTheSchemaAndTheValueThatJsonWouldHave() {
    AvroReader reader = AvroReader.of(Kinds.SCHEMA, List.of());
    Schema schema = new Schema.Parser().parse(Kinds.SCHEMA);
    EventSchema columns = EventSchema.fromConnect(null, reader.connectSchema());

    JsonNode row = reader.read(AvroBytes.datum(schema, Kinds.typical(schema)), 0);

    assertThat(JsonText.compact(row)).isEqualTo(Kinds.TYPICAL_JSON);
    assertThat(decoded(columns, JsonText.parse(JsonText.compact(row))))
        .containsExactlyEntriesOf(Kinds.typicalValues());
  }

  @Test
  void rule10TheEndsOfNumbersStayExact() {
    AvroReader reader = AvroReader.of(Kinds.SCHEMA, List.of());
    Schema schema = new Schema.Parser().parse(Kinds.SCHEMA);
    GenericRecord record = Kinds.typical(schema);
    record.put("large", Long.MIN_VALUE);
    record.put("wide", Double.NaN);
    record.put("narrow", Float.NEGATIVE_INFINITY);
    record.put("total", null);
    EventSchema columns = EventSchema.fromConnect(null, reader.connectSchema());

    JsonNode row = reader.read(AvroBytes.datum(schema, record), 0);
    Map<String, Object> values = decoded(columns, JsonText.parse(JsonText.compact(row)));

    assertThat(values)
        .containsEntry("large", Long.MIN_VALUE)
        .containsEntry("wide", Double.NaN)
        .containsEntry("narrow", Float.NEGATIVE_INFINITY)
        .containsEntry("total", null);
  }

  @Test
  void theSchemaIsTheOneOfTheSameTableAsJson() {
    AvroReader reader = AvroReader.of(Kinds.SCHEMA, List.of());

    assertThat(EventSchema.fromConnect(null, reader.connectSchema()))
        .isEqualTo(EventSchema.fromConnect(null, JsonText.parse(Kinds.CONNECT)));
  }

  @Test
  void aReferencedTypeIsFound() {
    AvroReader reader =
        AvroReader.of(
            """
            {"type":"record","name":"Row","fields":[{"name":"place","type":"geo.Point"}]}""",
            List.of(
                """
                {"type":"record","name":"Point","namespace":"geo",
                 "fields":[{"name":"x","type":"double"}]}"""));

    assertThat(JsonText.compact(reader.connectSchema())).contains("\"name\":\"geo.Point\"");
  }

  @Test
  void bytesOfAnotherSchemaAreRefused() {
    AvroReader reader =
        AvroReader.of(
            """
            {"type":"record","name":"R","fields":[{"name":"a","type":"string"}]}""",
            List.of());

    assertRefused(() -> reader.read(new byte[] {6, 'a'}, 0), "not of the schema that they name");
    assertRefused(() -> reader.read(new byte[] {2, 'a', 0}, 0), "left over");
    assertRefused(() -> reader.read(new byte[] {3, 'a'}, 0), "not of the schema that they name");
    assertRefused(() -> reader.read(new byte[0], 0), "not of the schema that they name");
  }

  @Test
  void schemasThatNoColumnCanHoldAreRefused() {
    assertRefused(() -> AvroReader.of("no schema", List.of()), "no Avro schema");
    assertRefused(
        () -> AvroReader.of(field("[\"int\",\"string\"]"), List.of()), "union of several types");
    assertRefused(
        () ->
            AvroReader.of(
                """
                {"type":"record","name":"Tree","fields":[{"name":"next","type":["null","Tree"]}]}""",
                List.of()),
        "contains itself");
    assertRefused(() -> AvroReader.of(field("\"null\""), List.of()), "always null");
  }

  private static String field(String type) {
    return "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"f\",\"type\":"
        + type
        + "}]}";
  }

  private static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(RejectedRecordException.class)
        .hasMessageContaining(message);
  }

  private static Map<String, Object> decoded(EventSchema schema, JsonNode row) {
    Object[] values = RowDecoder.of(schema.row(), UnavailableValue.standard()).decode(row).values();
    List<LakeField> columns = schema.row().lakeFields();
    Map<String, Object> named = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      Object value = values[i];
      named.put(
          columns.get(i).name(),
          value instanceof byte[] bytes
              ? Arrays.toString(bytes)
              : value instanceof Object[] fields ? Arrays.asList(fields) : value);
    }
    return named;
  }

  /** A row with a column of every kind. */
  private static final class Kinds {
    static final String SCHEMA =
        """
        {"type":"record","name":"Value","namespace":"shop.public.kinds","fields":[
          {"name":"tiny","type":{"type":"int","connect.type":"int8"}},
          {"name":"small","type":{"type":"int","connect.type":"int16"}},
          {"name":"whole","type":{"type":"int","connect.default":7},"default":7},
          {"name":"large","type":"long"},
          {"name":"narrow","type":"float"},
          {"name":"wide","type":["null","double"],"default":null},
          {"name":"truth","type":"boolean"},
          {"name":"text","type":["null","string"],"default":null},
          {"name":"raw","type":"bytes"},
          {"name":"total","type":["null",{"type":"bytes","scale":2,"precision":10,
            "connect.version":1,"connect.parameters":{"scale":"2","connect.decimal.precision":"10"},
            "connect.name":"org.apache.kafka.connect.data.Decimal","logicalType":"decimal"}]},
          {"name":"born","type":{"type":"int","connect.version":1,
            "connect.name":"io.debezium.time.Date"}},
          {"name":"at","type":{"type":"long","connect.version":1,
            "connect.name":"io.debezium.time.MicroTimestamp"}},
          {"name":"mood","type":{"type":"string","connect.version":1,
            "connect.parameters":{"allowed":"sad,happy"},"connect.name":"io.debezium.data.Enum"}},
          {"name":"choice","type":{"type":"enum","name":"Choice","symbols":["A","B"]}},
          {"name":"digest","type":{"type":"fixed","name":"Two","size":2}},
          {"name":"tags","type":{"type":"array","items":["null","string"]}},
          {"name":"labels","type":{"type":"map","values":"long"}},
          {"name":"counts","type":{"type":"array","items":{"type":"record","name":"MapEntry",
            "namespace":"io.confluent.connect.avro","connect.internal.type":"MapEntry","fields":[
              {"name":"key","type":"int"},{"name":"value","type":["null","string"]}]}}},
          {"name":"point","type":{"type":"record","name":"Point","namespace":"io.debezium.data",
            "connect.version":1,"connect.name":"io.debezium.data.geometry.Point","fields":[
              {"name":"x","type":"double"},{"name":"y","type":"double"}]}}
        ],"connect.name":"shop.public.kinds.Value"}""";

    /** The same table as JsonConverter describes it. */
    static final String CONNECT =
        """
        {"type":"struct","optional":false,"name":"shop.public.kinds.Value","fields":[
          {"type":"int8","optional":false,"field":"tiny"},
          {"type":"int16","optional":false,"field":"small"},
          {"type":"int32","optional":false,"default":7,"field":"whole"},
          {"type":"int64","optional":false,"field":"large"},
          {"type":"float","optional":false,"field":"narrow"},
          {"type":"double","optional":true,"field":"wide"},
          {"type":"boolean","optional":false,"field":"truth"},
          {"type":"string","optional":true,"field":"text"},
          {"type":"bytes","optional":false,"field":"raw"},
          {"type":"bytes","optional":true,"name":"org.apache.kafka.connect.data.Decimal",
            "version":1,"parameters":{"scale":"2","connect.decimal.precision":"10"},
            "field":"total"},
          {"type":"int32","optional":false,"name":"io.debezium.time.Date","field":"born"},
          {"type":"int64","optional":false,"name":"io.debezium.time.MicroTimestamp","field":"at"},
          {"type":"string","optional":false,"name":"io.debezium.data.Enum",
            "parameters":{"allowed":"sad,happy"},"field":"mood"},
          {"type":"string","optional":false,"field":"choice"},
          {"type":"bytes","optional":false,"field":"digest"},
          {"type":"array","optional":false,"items":{"type":"string","optional":true},
            "field":"tags"},
          {"type":"map","optional":false,"keys":{"type":"string","optional":false},
            "values":{"type":"int64","optional":false},"field":"labels"},
          {"type":"map","optional":false,"keys":{"type":"int32","optional":false},
            "values":{"type":"string","optional":true},"field":"counts"},
          {"type":"struct","optional":false,"name":"io.debezium.data.geometry.Point","fields":[
            {"type":"double","optional":false,"field":"x"},
            {"type":"double","optional":false,"field":"y"}],"field":"point"}]}""";

    static final String TYPICAL_JSON =
        "{\"tiny\":-128,\"small\":32767,\"whole\":2147483647,\"large\":9223372036854775807,"
            + "\"narrow\":0.1,\"wide\":1.7976931348623157E308,\"truth\":true,\"text\":\"é🙂\","
            + "\"raw\":\"AP8B\",\"total\":\"+Fw=\",\"born\":19782,\"at\":1709251199123456,"
            + "\"mood\":\"happy\",\"choice\":\"B\",\"digest\":\"CQg=\",\"tags\":[\"a\",null],"
            + "\"labels\":{\"k\":1},\"counts\":[[5,\"five\"],[6,null]],"
            + "\"point\":{\"x\":1.5,\"y\":-0.0}}";

    static GenericRecord typical(Schema schema) {
      GenericRecord record = new GenericData.Record(schema);
      record.put("tiny", -128);
      record.put("small", 32767);
      record.put("whole", Integer.MAX_VALUE);
      record.put("large", Long.MAX_VALUE);
      record.put("narrow", 0.1f);
      record.put("wide", Double.MAX_VALUE);
      record.put("truth", true);
      record.put("text", "é🙂");
      record.put("raw", ByteBuffer.wrap(new byte[] {0, -1, 1}));
      record.put("total", ByteBuffer.wrap(new BigDecimal("-19.56").unscaledValue().toByteArray()));
      record.put("born", 19782);
      record.put("at", 1709251199123456L);
      record.put("mood", "happy");
      record.put("choice", new GenericData.EnumSymbol(schema.getField("choice").schema(), "B"));
      record.put(
          "digest", new GenericData.Fixed(schema.getField("digest").schema(), new byte[] {9, 8}));
      record.put("tags", Arrays.asList("a", null));
      record.put("labels", Map.of("k", 1L));
      record.put("counts", List.of(entry(schema, 5, "five"), entry(schema, 6, null)));
      GenericRecord point = new GenericData.Record(schema.getField("point").schema());
      point.put("x", 1.5);
      point.put("y", -0.0);
      record.put("point", point);
      return record;
    }

    private static GenericRecord entry(Schema schema, int key, String value) {
      GenericRecord entry =
          new GenericData.Record(schema.getField("counts").schema().getElementType());
      entry.put("key", key);
      entry.put("value", value);
      return entry;
    }

    static Map<String, Object> typicalValues() {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("tiny", -128);
      values.put("small", 32767);
      values.put("whole", Integer.MAX_VALUE);
      values.put("large", Long.MAX_VALUE);
      values.put("narrow", 0.1f);
      values.put("wide", Double.MAX_VALUE);
      values.put("truth", true);
      values.put("text", "é🙂");
      values.put("raw", "[0, -1, 1]");
      values.put("total", new BigDecimal("-19.56"));
      values.put("born", LocalDate.of(2024, 2, 29));
      values.put("at", LocalDateTime.parse("2024-02-29T23:59:59.123456"));
      values.put("mood", "happy");
      values.put("choice", "B");
      values.put("digest", "[9, 8]");
      values.put("tags", Arrays.asList("a", null));
      values.put("labels", Map.of("k", 1L));
      Map<Object, Object> counts = new LinkedHashMap<>();
      counts.put(5, "five");
      counts.put(6, null);
      values.put("counts", counts);
      values.put("point", Arrays.asList(1.5, -0.0));
      return values;
    }
  }
}
