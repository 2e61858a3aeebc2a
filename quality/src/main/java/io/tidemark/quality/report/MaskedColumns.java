package io.tidemark.quality.report;

import io.tidemark.core.check.Layer;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.spec.TableSpec;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The columns of a table whose values a page must not show. A page leaves the lake, and rows that
 * landed before a column was masked may have its values still.
 *
 * @param names in lower case
 */
record MaskedColumns(Set<String> names) {
  MaskedColumns {
    names = Set.copyOf(names);
  }

  /** Those of a table of the lake; the payload of bronze has all columns in one text. */
  static MaskedColumns of(PipelineSpec spec, TableRef table) {
    if (table.layer() == Layer.GOLD) {
      return new MaskedColumns(Set.of());
    }
    MaskedColumns masked = of(spec.table(table.name()));
    boolean payload = table.layer() == Layer.BRONZE && !masked.names().isEmpty();
    return payload
        ? new MaskedColumns(
            Set.copyOf(
                List.of(
                    BronzeColumns.KEY,
                    BronzeColumns.BEFORE,
                    BronzeColumns.AFTER,
                    BronzeColumns.SOURCE)))
        : masked;
  }

  /** Those of a table's rows by the names of the source and of the lake. */
  static MaskedColumns of(TableSpec table) {
    return new MaskedColumns(
        table.maskedNames().stream().map(MaskedColumns::folded).collect(Collectors.toSet()));
  }

  /** Whether a column is one of them, however it is spelled. */
  boolean contains(String column) {
    return names.contains(folded(column));
  }

  private static String folded(String column) {
    return column.toLowerCase(Locale.ROOT);
  }
}
