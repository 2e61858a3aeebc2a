package io.tidemark.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * The columns of the generated tables: their Connect schema, the declaration for events without
 * one, the lake's type, and values that occur once each, so that an old one is never right by
 * chance.
 */
enum Field {
  QUANTITY("quantity", "'type':'int32'", "bigint", "int") {
    @Override
    Cell value(long unique, SplittableRandom random) {
      return cell(JSON.numberNode((int) unique), (int) unique);
    }
  },
  /** The same column after {@code ALTER TABLE ... TYPE bigint}. */
  WIDE_QUANTITY("quantity", "'type':'int64'", "bigint", "bigint") {
    @Override
    Cell value(long unique, SplittableRandom random) {
      long value = 5_000_000_000L + unique;
      return cell(JSON.numberNode(value), value);
    }
  },
  TOTAL("total", "'type':'int64'", "bigint", "bigint") {
    @Override
    Cell value(long unique, SplittableRandom random) {
      long value = Long.MAX_VALUE - unique;
      return cell(JSON.numberNode(value), value);
    }
  },
  AMOUNT(
      "amount",
      "'type':'bytes','name':'org.apache.kafka.connect.data.Decimal',"
          + "'parameters':{'scale':'2','connect.decimal.precision':'14'}",
      "decimal(14,2) from base64",
      "decimal(14,2)") {
    @Override
    Cell value(long unique, SplittableRandom random) {
      BigInteger unscaled = BigInteger.valueOf(random.nextBoolean() ? unique : -unique);
      String json = Base64.getEncoder().encodeToString(unscaled.toByteArray());
      return cell(JSON.textNode(json), new BigDecimal(unscaled, 2));
    }
  },
  RATIO("ratio", "'type':'double'", "double", "double") {
    @Override
    Cell value(long unique, SplittableRandom random) {
      double value =
          switch (random.nextInt(12)) {
            case 0 -> Double.NaN;
            case 1 -> Double.POSITIVE_INFINITY;
            case 2 -> Double.NEGATIVE_INFINITY;
            default -> unique + 0.1;
          };
      return Double.isFinite(value)
          ? cell(JSON.numberNode(value), value)
          : cell(JSON.textNode(Double.toString(value)), value);
    }
  },
  NAME("name", "'type':'string'", "string", "string") {
    @Override
    Cell value(long unique, SplittableRandom random) {
      String value =
          switch (random.nextInt(5)) {
            case 0 -> "it's \"" + unique + "\"";
            case 1 -> "Zoë 😀 \\ " + unique;
            case 2 -> "two\nlines\t" + unique;
            default -> "name " + unique;
          };
      return cell(JSON.textNode(value), value);
    }
  },
  ACTIVE("active", "'type':'boolean'", "boolean", "boolean") {
    @Override
    Cell value(long unique, SplittableRandom random) {
      boolean value = random.nextBoolean();
      return cell(JSON.booleanNode(value), value);
    }
  },
  CREATED(
      "created",
      "'type':'int64','name':'io.debezium.time.MicroTimestamp'",
      "timestamp_ntz from micros",
      "timestamp_ntz") {
    @Override
    Cell value(long unique, SplittableRandom random) {
      LocalDateTime value =
          LocalDateTime.of(2024, 2, 29, 23, 59, 59).plus(unique * 1_000_003, ChronoUnit.MICROS);
      long micros = ChronoUnit.MICROS.between(LocalDateTime.of(1970, 1, 1, 0, 0), value);
      return cell(JSON.numberNode(micros), value);
    }
  },
  SEEN(
      "seen",
      "'type':'string','name':'io.debezium.time.ZonedTimestamp'",
      "timestamp",
      "timestamp") {
    @Override
    Cell value(long unique, SplittableRandom random) {
      Instant value = Instant.parse("1999-12-31T23:59:59.999999Z").plusSeconds(unique);
      boolean zoned = random.nextBoolean();
      String json = zoned ? value.atOffset(ZoneOffset.ofHours(-3)).toString() : value.toString();
      return cell(JSON.textNode(json), value);
    }
  },
  BORN("born", "'type':'int32','name':'io.debezium.time.Date'", "date from days", "date") {
    @Override
    Cell value(long unique, SplittableRandom random) {
      int days = (int) (unique % 40_000) - 20_000;
      return cell(JSON.numberNode(days), LocalDate.ofEpochDay(days));
    }
  },
  /** A column that an {@code ALTER TABLE ... DROP COLUMN} may take away. */
  GONE("gone", "'type':'int32'", "int", "int") {
    @Override
    Cell value(long unique, SplittableRandom random) {
      return cell(JSON.numberNode((int) -unique), (int) -unique);
    }
  },
  /** A column that an {@code ALTER TABLE ... ADD COLUMN} may bring. */
  EXTRA("extra", "'type':'string'", "string", "string") {
    @Override
    Cell value(long unique, SplittableRandom random) {
      return cell(JSON.textNode("extra " + unique), "extra " + unique);
    }
  },
  BODY("body", "'type':'string'", "string", "string") {
    @Override
    Cell value(long unique, SplittableRandom random) {
      String value = "large ".repeat(5) + unique;
      return cell(JSON.textNode(value), value);
    }

    @Override
    JsonNode placeholder(String placeholder) {
      return JSON.textNode(placeholder);
    }
  },
  IMAGE("image", "'type':'bytes'", "binary", "binary") {
    @Override
    Cell value(long unique, SplittableRandom random) {
      byte[] value = ("image " + unique + "\0").getBytes(StandardCharsets.UTF_8);
      return cell(JSON.textNode(Base64.getEncoder().encodeToString(value)), value);
    }

    @Override
    JsonNode placeholder(String placeholder) {
      byte[] bytes = placeholder.getBytes(StandardCharsets.UTF_8);
      return JSON.textNode(Base64.getEncoder().encodeToString(bytes));
    }
  },
  DOC("doc", "'type':'string','name':'io.debezium.data.Json'", "string", "string") {
    @Override
    Cell value(long unique, SplittableRandom random) {
      String value = "{\"n\": " + unique + ", \"deep\": [1, {\"x\": null}]}";
      return cell(JSON.textNode(value), value);
    }

    @Override
    JsonNode placeholder(String placeholder) {
      return JSON.textNode(placeholder);
    }
  },
  TAGS(
      "tags",
      "'type':'array','items':{'type':'string','optional':true}",
      "array<string>",
      "array<string>") {
    @Override
    Cell value(long unique, SplittableRandom random) {
      List<String> value = List.of("tag " + unique, "b\"");
      ArrayNode json = JSON.arrayNode();
      value.forEach(json::add);
      return cell(json, value);
    }

    @Override
    JsonNode placeholder(String placeholder) {
      return JSON.arrayNode().add(placeholder);
    }
  },
  NUMBERS(
      "numbers",
      "'type':'array','items':{'type':'int32','optional':true}",
      "array<int>",
      "array<int>") {
    @Override
    Cell value(long unique, SplittableRandom random) {
      return numbers((int) unique);
    }

    @Override
    JsonNode placeholder(String placeholder) {
      return bytesOneByOne(placeholder);
    }
  },
  LONGS(
      "longs",
      "'type':'array','items':{'type':'int64','optional':true}",
      "array<bigint>",
      "array<bigint>") {
    @Override
    Cell value(long unique, SplittableRandom random) {
      return numbers(unique << 33);
    }

    @Override
    JsonNode placeholder(String placeholder) {
      return bytesOneByOne(placeholder);
    }
  },
  IDS(
      "ids",
      "'type':'array','items':{'type':'string','name':'io.debezium.data.Uuid','optional':true}",
      "array<string>",
      "array<string>") {
    @Override
    Cell value(long unique, SplittableRandom random) {
      String value = new UUID(42, unique).toString();
      return cell(JSON.arrayNode().add(value), List.of(value));
    }

    @Override
    JsonNode placeholder(String placeholder) {
      byte[] bytes = placeholder.getBytes(StandardCharsets.UTF_8);
      return JSON.arrayNode().add(UUID.nameUUIDFromBytes(bytes).toString());
    }
  },
  CHUNKS(
      "chunks",
      "'type':'array','items':{'type':'bytes','optional':true}",
      "array<binary>",
      "array<binary>") {
    @Override
    Cell value(long unique, SplittableRandom random) {
      byte[] value = {(byte) unique, (byte) (unique >> 8), (byte) (unique >> 16), -1};
      String json = Base64.getEncoder().encodeToString(value);
      return cell(JSON.arrayNode().add(json), List.of(value));
    }

    @Override
    JsonNode placeholder(String placeholder) {
      byte[] bytes = placeholder.getBytes(StandardCharsets.UTF_8);
      return JSON.arrayNode().add(Base64.getEncoder().encodeToString(bytes));
    }
  },
  ATTRIBUTES(
      "attributes",
      "'type':'map','keys':{'type':'string','optional':false},"
          + "'values':{'type':'string','optional':true}",
      "map<string, string>",
      "map<string,string>") {
    @Override
    Cell value(long unique, SplittableRandom random) {
      ObjectNode json = JSON.objectNode().put("a", "v" + unique).put("ü", "");
      return cell(json, Map.of("a", "v" + unique, "ü", ""));
    }

    @Override
    JsonNode placeholder(String placeholder) {
      return JSON.objectNode().put(placeholder, placeholder);
    }
  };

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** The columns a source may leave out of its log when they did not change. */
  static final List<Field> LARGE =
      List.of(BODY, IMAGE, DOC, TAGS, NUMBERS, LONGS, IDS, CHUNKS, ATTRIBUTES);

  private final String column;
  private final String connect;
  private final String declaration;
  private final String type;

  Field(String column, String connect, String declaration, String type) {
    this.column = column;
    this.connect = connect.replace('\'', '"');
    this.declaration = declaration;
    this.type = type;
  }

  String column() {
    return column;
  }

  /** Its schema in Connect's JSON. */
  String connectSchema() {
    return "{%s,\"optional\":true,\"field\":\"%s\"}".formatted(connect, column);
  }

  /** What a pipeline file says of it where events carry no schema. */
  String declaration() {
    return declaration;
  }

  /** Its type in the lake, in Spark's simple words. */
  String type() {
    return type;
  }

  boolean isLarge() {
    return LARGE.contains(this);
  }

  /** A value that no other number gives, but for types that have too few. */
  abstract Cell value(long unique, SplittableRandom random);

  /** What Debezium writes for a value that was not logged (PostgreSQL connector, TOAST). */
  JsonNode placeholder(String placeholder) {
    throw new IllegalStateException(this + " is always logged: " + placeholder);
  }

  private static Cell cell(JsonNode json, Object value) {
    return new Cell(json, Texts.of(value));
  }

  private static Cell numbers(long unique) {
    ArrayNode json = JSON.arrayNode().add(unique).addNull().add(7);
    return new Cell(json, "[" + unique + ", null, 7]");
  }

  private static ArrayNode bytesOneByOne(String placeholder) {
    ArrayNode json = JSON.arrayNode();
    for (byte each : placeholder.getBytes(StandardCharsets.UTF_8)) {
      json.add((int) each);
    }
    return json;
  }
}
