package io.tidemark.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.lake.Lake;
import io.tidemark.core.table.LakeTable;
import io.tidemark.ingest.mask.Seal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/** Reads what the product wrote, as text by column, with Spark or without. */
final class LakeReader {
  /** The columns of the lake's own that are compared: those that come from the source. */
  private static final Set<String> SILVER = Set.of("_source_ts", "_deleted", "_deleted_at");

  private static final Set<String> HISTORY =
      Set.of(
          "_valid_from",
          "_valid_to",
          "_is_current",
          "_op",
          "_source_ts",
          "_unlogged",
          "_unresolved");

  private final Lake lake;
  private final TableLife life;

  LakeReader(Lake lake, TableLife life) {
    this.lake = lake;
    this.life = life;
  }

  /** The rows of silver by the text of their key. */
  Map<String, Map<String, String>> silver(Reader reader) {
    return by(reader.rows(lake.silver(life.name())), SILVER, this::key);
  }

  /** The intervals of the history by the text of their key and when they began. */
  Map<String, Map<String, String>> history(Reader reader) {
    return by(
        reader.rows(lake.history(life.name())),
        HISTORY,
        cells -> key(cells) + "|" + cells.get("_valid_from") + cells.get("_op"));
  }

  /** Rows by some text, with the source's columns and those others that are compared. */
  private Map<String, Map<String, String>> by(
      List<Map<String, String>> rows,
      Set<String> compared,
      Function<Map<String, String>, String> name) {
    Map<String, Map<String, String>> named = new TreeMap<>();
    for (Map<String, String> cells : rows) {
      cells.keySet().removeIf(c -> c.startsWith("_") && !compared.contains(c));
      cells.replaceAll((column, text) -> column.startsWith("_un") ? sorted(text) : text);
      Map<String, String> before = named.put(name.apply(cells), cells);
      assertThat(before).as("%s has %s once", life.name(), name.apply(cells)).isNull();
    }
    return named;
  }

  /** Names of columns in the order of the alphabet; none is null. */
  private static String sorted(String names) {
    String inner = names.equals("null") ? "" : names.substring(1, names.length() - 1);
    return inner.isEmpty() ? "null" : new TreeSet<>(List.of(inner.split(", ", -1))).toString();
  }

  /** The text of a row's key. */
  String key(Map<String, String> cells) {
    return String.join("|", life.key().columns().stream().map(cells::get).toList());
  }

  /** The columns of silver and their types. */
  Map<String, String> columns() {
    Map<String, String> columns = new TreeMap<>();
    for (StructField field : lake.silver(life.name()).schema().fields()) {
      if (!field.name().startsWith("_")) {
        columns.put(field.name(), field.dataType().simpleString());
      }
    }
    return columns;
  }

  /** The keys in quarantine, as the canonical JSON that the lake keeps. */
  Set<String> quarantinedKeys() {
    LakeTable quarantine = lake.quarantine(life.name());
    Set<String> keys = new TreeSet<>();
    if (quarantine.exists()) {
      quarantine.read().select("key").collectAsList().forEach(row -> keys.add(row.getString(0)));
    }
    return keys;
  }

  /** Every place in the topics that bronze has a change from. */
  List<String> bronzeOrigins() {
    return lake
        .bronze(life.name())
        .read()
        .select("topic", "partition", "offset")
        .collectAsList()
        .stream()
        .map(row -> row.mkString("/"))
        .toList();
  }

  /** The dead letters of a topic: place, reason, and the original bytes, opened if sealed. */
  Map<String, String> deadLetters() {
    Map<String, String> letters = new TreeMap<>();
    for (Row row :
        lake.deadLetters()
            .read()
            .filter("topic = '" + life.topic() + "'")
            .select("partition", "offset", "reason", "key", "value", "id", "sealed_with")
            .collectAsList()) {
      String place = row.getInt(0) + "/" + row.getLong(1);
      String text =
          (life.isMasked() && row.getString(6) != null ? "sealed " : "")
              + "%s %s %s".formatted(row.getString(2), original(row, 3), original(row, 4));
      assertThat(letters.put(place, text)).as("%s once", place).isNull();
    }
    return letters;
  }

  private static String original(Row letter, int column) {
    byte[] bytes = letter.getAs(column);
    return Texts.of(
        letter.getString(6) == null
            ? bytes
            : Seal.of(Masking.KEYS, letter.getString(6)).open(bytes, letter.getString(5)));
  }
}
