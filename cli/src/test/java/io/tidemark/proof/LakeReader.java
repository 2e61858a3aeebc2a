package io.tidemark.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.lake.Lake;
import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.schema.LakeField;
import io.tidemark.core.table.LakeTable;
import io.tidemark.quality.kernel.KernelTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/** Reads what the product wrote, as text by column, with Spark or without. */
final class LakeReader {
  private final Lake lake;
  private final TableLife life;

  LakeReader(Lake lake, TableLife life) {
    this.lake = lake;
    this.life = life;
  }

  /** The rows by the text of their key. */
  Map<String, Map<String, String>> silver() {
    List<Map<String, String>> rows = new ArrayList<>();
    String[] columns = lake.silver(life.name()).schema().fieldNames();
    for (Row row : lake.silver(life.name()).read().collectAsList()) {
      Map<String, String> cells = new LinkedHashMap<>();
      for (int i = 0; i < columns.length; i++) {
        cells.put(columns[i], Texts.of(row.get(i)));
      }
      rows.add(cells);
    }
    return byKey(rows);
  }

  /** The same, read by Delta Kernel. */
  Map<String, Map<String, String>> silverWithoutSpark() {
    List<Map<String, String>> rows = new ArrayList<>();
    KernelTable table = KernelTable.newest(lake.silver(life.name()).path());
    List<String> columns = table.columns().stream().map(LakeField::name).toList();
    table.forEachRow(
        columns,
        values -> {
          Map<String, String> cells = new LinkedHashMap<>();
          for (int i = 0; i < values.length; i++) {
            cells.put(columns.get(i), Texts.of(values[i]));
          }
          rows.add(cells);
        });
    return byKey(rows);
  }

  private Map<String, Map<String, String>> byKey(List<Map<String, String>> rows) {
    Map<String, Map<String, String>> byKey = new TreeMap<>();
    for (Map<String, String> cells : rows) {
      cells.remove(SilverColumns.POSITION);
      cells.remove(SilverColumns.APPLIED_AT);
      cells.remove(SilverColumns.FILLED_FROM);
      Map<String, String> before = byKey.put(key(cells), cells);
      assertThat(before).as("%s has the key %s once", life.name(), key(cells)).isNull();
    }
    return byKey;
  }

  private String key(Map<String, String> cells) {
    return String.join("|", life.key().columns().stream().map(cells::get).toList());
  }

  /** The columns of silver and their types. */
  Map<String, String> columns() {
    Map<String, String> columns = new TreeMap<>();
    for (StructField field : lake.silver(life.name()).schema().fields()) {
      if (!SilverColumns.isOwn(field.name())) {
        columns.put(field.name(), field.dataType().simpleString());
      }
    }
    return columns;
  }

  /** The keys in quarantine, as the canonical JSON that the lake keeps. */
  List<String> quarantinedKeys() {
    LakeTable quarantine = lake.quarantine(life.name());
    return quarantine.exists()
        ? quarantine.read().select("key").distinct().collectAsList().stream()
            .map(row -> row.getString(0))
            .toList()
        : List.of();
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

  /** The dead letters of a topic: place, reason, and the original bytes. */
  Map<String, String> deadLetters() {
    Map<String, String> letters = new TreeMap<>();
    for (Row row :
        lake.deadLetters()
            .read()
            .filter("topic = '" + life.topic() + "'")
            .select("partition", "offset", "reason", "key", "value")
            .collectAsList()) {
      String place = row.getInt(0) + "/" + row.getLong(1);
      String text = row.getString(2) + " " + Texts.of(row.get(3)) + " " + Texts.of(row.get(4));
      assertThat(letters.put(place, text)).as("%s once", place).isNull();
    }
    return letters;
  }
}
