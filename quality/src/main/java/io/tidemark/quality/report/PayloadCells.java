package io.tidemark.quality.report;

import io.tidemark.core.check.RowRule;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.schema.DecodedRow;
import io.tidemark.core.schema.EventSchema;
import io.tidemark.core.schema.JsonText;
import io.tidemark.core.schema.RowDecoder;
import io.tidemark.core.schema.UnavailableValue;
import io.tidemark.core.schema.UndecodableValueException;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.quality.report.RowSample.Cell;
import io.tidemark.quality.report.RowSample.Place;
import io.tidemark.quality.words.Condition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;

/**
 * What a page shows of rows in quarantine: their key and the columns of the broken rule, decoded as
 * silver would have them. Columns that are masked today are hidden although the payload may be
 * older than the mask, those of the key, too.
 */
final class PayloadCells {
  private static final String ORIGIN = "origin";

  private final List<String> key;
  private final Map<String, String> renamed;
  private final MaskedColumns masked;
  private final UnavailableValue unavailable;

  /**
   * The rows of one table.
   *
   * @param key its key columns
   */
  PayloadCells(TableSpec table, List<String> key, UnavailableValue unavailable) {
    this.key = List.copyOf(key);
    this.renamed = table.rename();
    this.masked = MaskedColumns.of(table);
    this.unavailable = unavailable;
  }

  /** The sample of a rule. */
  RowSample sample(RowRule rule, List<Row> rows, Map<String, EventSchema> schemas) {
    Set<String> columns = new LinkedHashSet<>();
    key.forEach(column -> columns.add(folded(column)));
    Condition.of(rule.condition()).columns().forEach(column -> columns.add(folded(column)));
    List<String> headings = new ArrayList<>(List.of(ORIGIN));
    headings.addAll(columns);
    List<List<Cell>> cells = new ArrayList<>();
    boolean undecoded = false;
    for (Row row : rows) {
      Optional<Map<String, Cell>> values = values(row, schemas);
      undecoded |= values.isEmpty();
      List<Cell> shown = new ArrayList<>(List.of(origin(row)));
      for (String column : columns) {
        shown.add(values.map(all -> all.getOrDefault(column, Cell.NULL)).orElse(Cell.MASKED));
      }
      cells.add(shown);
    }
    String note =
        "Quarantined unless this is true: "
            + rule.condition()
            + (undecoded ? ". Rows that cannot be decoded show no values." : "");
    return new RowSample(rule.name(), Place.QUARANTINE, headings, cells, Optional.of(note));
  }

  /** Topic, partition and offset of the record, by which the verbs about quarantine name it. */
  private static Cell origin(Row row) {
    return Cell.of(
        "%s/%s/%s"
            .formatted(
                row.getAs(BronzeColumns.TOPIC),
                row.getAs(BronzeColumns.PARTITION),
                row.getAs(BronzeColumns.OFFSET)));
  }

  /** The values by column, in lower case; empty where the row cannot be decoded. */
  private Optional<Map<String, Cell>> values(Row row, Map<String, EventSchema> schemas) {
    EventSchema schema = schemas.get(row.<String>getAs(BronzeColumns.SCHEMA));
    String after = row.getAs(BronzeColumns.AFTER);
    if (schema == null || after == null) {
      return Optional.empty();
    }
    try {
      DecodedRow decoded = RowDecoder.of(schema.row(), unavailable).decode(JsonText.parse(after));
      Map<String, Cell> values = new LinkedHashMap<>();
      for (int i = 0; i < schema.row().names().size(); i++) {
        String source = schema.row().names().get(i);
        String column = folded(renamed.getOrDefault(source, source));
        boolean hidden = masked.contains(source) || masked.contains(column);
        Cell value = Cell.of(decoded.values()[i]);
        values.put(column, hidden && value != Cell.NULL ? Cell.MASKED : value);
      }
      return Optional.of(values);
    } catch (UndecodableValueException | TidemarkException e) {
      return Optional.empty(); // The page says that the row cannot be decoded.
    }
  }

  private static String folded(String column) {
    return column.toLowerCase(Locale.ROOT);
  }
}
