package io.tidemark.ingest.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidemark.core.schema.Column;
import io.tidemark.core.schema.ColumnDeclaration;
import io.tidemark.core.schema.EventSchema;
import io.tidemark.core.schema.JsonText;
import io.tidemark.core.schema.RowSchema;
import io.tidemark.core.schema.UndecodableValueException;
import io.tidemark.core.schema.ValueDecoder;
import io.tidemark.sandbox.SandboxAddresses;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A table with a column of every type, followed by one connector a mode: each value that we decode,
 * from the snapshot and from the stream, against what the database itself says.
 *
 * @param topic the topic of a mode
 * @param follow creates the connector of a mode
 */
record TypesRun(
    SandboxAddresses sandbox,
    Connection database,
    List<TypeColumn> columns,
    List<Mode> modes,
    Function<Mode, String> topic,
    Consumer<Mode> follow) {
  private static final int STREAMED = 100;

  /** Fills the table, has it followed, and compares everything; all differences at once. */
  TypesDocument compare() throws SQLException {
    int rows = columns.stream().mapToInt(column -> column.literals().size()).max().orElse(0) + 1;
    createTable(rows);
    modes.forEach(follow);
    modes.forEach(mode -> read(mode, rows));
    execute(
        "INSERT INTO types SELECT id + %d, %s FROM types ORDER BY id".formatted(STREAMED, names()));
    TypesDocument document = new TypesDocument(modes);
    List<String> differences = new ArrayList<>();
    for (Mode mode : modes) {
      List<JsonNode> events = read(mode, 2 * rows);
      compare(mode, events, differences, document);
    }
    assertThat(String.join("\n", differences)).isEmpty();
    return document;
  }

  private void createTable(int rows) throws SQLException {
    execute(
        columns.stream()
            .map(column -> column.name() + " " + column.type())
            .collect(Collectors.joining(", ", "CREATE TABLE types (id int PRIMARY KEY, ", ")")));
    for (int row = 0; row < rows; row++) {
      int id = row;
      execute(
          columns.stream()
              .map(column -> column.literal(id))
              .collect(Collectors.joining(", ", "INSERT INTO types VALUES (" + id + ", ", ")")));
    }
  }

  private String names() {
    return columns.stream().map(TypeColumn::name).collect(Collectors.joining(", "));
  }

  private void compare(
      Mode mode, List<JsonNode> events, List<String> differences, TypesDocument document)
      throws SQLException {
    JsonNode schema = field(events.get(0).path("schema"), "after");
    EventSchema decoding = EventSchema.fromConnect(null, schema);
    try (Statement statement = database.createStatement()) {
      for (TypeColumn column : columns) {
        JsonNode form = field(schema, column.name());
        if (form == null) {
          if (!column.isAbsent(mode.name())) {
            differences.add(mode.name() + " " + column.name() + ": no such column in the event");
          }
          continue;
        }
        Column decoded = decoding.row().column(column.name()).orElseThrow();
        document.add(mode, column.type(), form, decoded.lakeType().ddl());
        try (ResultSet images =
            statement.executeQuery(
                "SELECT %s FROM types ORDER BY id".formatted(column.imageSql(mode.name())))) {
          for (JsonNode event : events) {
            images.next();
            compare(
                mode,
                column,
                decoded,
                event.at("/payload/after"),
                images.getString(1),
                differences);
          }
        }
      }
    }
  }

  private static void compare(
      Mode mode,
      TypeColumn column,
      Column decoded,
      JsonNode after,
      String image,
      List<String> differences) {
    int id = after.path("id").asInt();
    String phase = id < STREAMED ? "snapshot" : "stream";
    int row = id % STREAMED;
    String place = "%s %s %s %d".formatted(mode.name(), column.name(), phase, row);
    JsonNode value = after.get(column.name());
    String expected = column.expected(mode.name(), phase, row, image == null ? "NULL" : image);
    String actual = decode(decoded, value);
    if (!expected.equals(TypeColumn.LOST) && !expected.equals(actual)) {
      differences.add("%s: %s, expected %s, from %s".formatted(place, actual, expected, value));
    }
    String text = mode.settings().isEmpty() ? column.expectedText(phase, row) : null;
    if (text != null && !text.equals(decode(asText(decoded), value))) {
      differences.add(
          "%s as string: %s, expected %s, from %s"
              .formatted(place, decode(asText(decoded), value), text, value));
    }
  }

  private static String decode(Column column, JsonNode value) {
    try {
      return Image.of(ValueDecoder.of(column).decode(value));
    } catch (UndecodableValueException e) {
      return TypeColumn.REFUSED + e.code();
    }
  }

  private static Column asText(Column column) {
    EventSchema schema = new EventSchema(Optional.empty(), new RowSchema(List.of(column)));
    return schema
        .with(Map.of(column.name(), ColumnDeclaration.parse("string")))
        .row()
        .columns()
        .get(0);
  }

  private static JsonNode field(JsonNode struct, String name) {
    for (JsonNode field : struct.path("fields")) {
      if (field.path("field").asText().equals(name)) {
        return field;
      }
    }
    return null;
  }

  private List<JsonNode> read(Mode mode, int count) {
    List<JsonNode> events = new ArrayList<>();
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            sandbox.bootstrapServers(),
            "group.id",
            "types-" + topic.apply(mode) + count,
            "auto.offset.reset",
            "earliest",
            "metadata.max.age.ms",
            "300");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(topic.apply(mode)));
      await()
          .atMost(Duration.ofSeconds(40))
          .alias(mode.name())
          .until(
              () -> {
                consumer
                    .poll(Duration.ofMillis(200))
                    .forEach(record -> events.add(parsed(record.value())));
                return events.size() >= count;
              });
    }
    return events.subList(0, count);
  }

  private static JsonNode parsed(byte[] value) {
    return value == null ? JsonNodeFactory.instance.nullNode() : JsonText.parse(value);
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(sql);
    }
  }
}
