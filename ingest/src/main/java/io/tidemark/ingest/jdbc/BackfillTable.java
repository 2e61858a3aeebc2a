package io.tidemark.ingest.jdbc;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.current_date;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.core.database.DatabaseTable;
import io.tidemark.core.database.Dialect;
import io.tidemark.core.database.KeyLookup;
import io.tidemark.core.database.KeysetSql;
import io.tidemark.core.database.KeysetSql.Filter;
import io.tidemark.core.database.Snapshot;
import io.tidemark.core.database.Term;
import io.tidemark.core.error.Errors;
import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.lake.TableSchemas;
import io.tidemark.core.schema.ColumnDeclaration;
import io.tidemark.core.schema.EventSchema;
import io.tidemark.core.schema.JsonText;
import io.tidemark.core.schema.RowSchema;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.core.table.LakeTable;
import io.tidemark.ingest.decode.RecordDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A table as its rows are read again: with the columns, the key and the {@code source} block that
 * its changes have.
 *
 * @param spec what the pipeline file says
 * @param dialect of its database
 * @param table as the database has it now, with the columns of its changes
 * @param key the columns that tell its rows apart
 * @param source whose rows they are
 * @param logged whether its changes come from the database's log; else from polls
 */
record BackfillTable(
    TableSpec spec,
    Dialect dialect,
    DatabaseTable table,
    List<String> key,
    RowSource source,
    boolean logged) {
  private static final int RECENT_DAYS = 2;

  private static final Set<String> CONNECTORS = Set.of("postgresql", "mariadb");
  private static final List<String> SAME_FOR_ALL =
      List.of("connector", "name", "db", "schema", "table");

  /**
   * A table that is polled.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if it cannot be polled
   */
  static BackfillTable ofPolled(TableSpec spec, Snapshot snapshot) {
    PolledTable polled = PolledTable.of(spec, snapshot);
    RowSource source = polled.source(snapshot.database().url());
    return new BackfillTable(
        spec, polled.dialect(), polled.table(), polled.key(), source.from(topic(source)), false);
  }

  /** What stands in the place of a topic in rows of a polled table's backfills. */
  static String topic(RowSource polled) {
    return RecordDecoder.READ_AGAIN + polled.topic();
  }

  /**
   * A table whose changes a connector sends.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if none has landed, or if the
   *     database's rows would not look as they do
   */
  static BackfillTable ofLogged(TableSpec spec, Lake lake, Snapshot snapshot) {
    Row newest = newest(spec, lake);
    JsonNode block = JsonText.parse(newest.getString(0));
    if (!CONNECTORS.contains(block.path("connector").asText())) {
      throw Errors.configuration(
          "Cannot read table '%s' from its database: its changes come from a connector '%s'"
              .formatted(spec.name(), block.path("connector").asText()),
          "Known are " + CONNECTORS + "; have the connector read the table: tidemark snapshot");
    }
    EventSchema landed = schema(lake, spec, newest.getString(1));
    DatabaseTable table =
        snapshot
            .table(
                block.path("schema").asText(block.path("db").asText()),
                block.path("table").asText())
            .only(landed.row().names());
    List<String> key =
        spec.key().isEmpty() ? landed.key().map(RowSchema::names).orElse(List.of()) : spec.key();
    if (key.isEmpty()) {
      throw Errors.configuration(
          "Cannot read table '%s' again: its changes have no key".formatted(spec.name()),
          "Its rows cannot be matched; have them sent anew into another lake table");
    }
    table.require(key);
    Map<String, String> same = new LinkedHashMap<>();
    SAME_FOR_ALL.stream()
        .filter(name -> block.path(name).isTextual())
        .forEach(name -> same.put(name, block.get(name).asText()));
    RowSource source = new RowSource(RecordDecoder.READ_AGAIN + table.qualified(), same);
    BackfillTable found = new BackfillTable(spec, snapshot.dialect(), table, key, source, true);
    found.requireSameForms(landed);
    return found;
  }

  /** Source block and schema of the table's newest change: of the last days, if there is one. */
  private static Row newest(TableSpec spec, Lake lake) {
    LakeTable bronze = lake.bronze(spec.name());
    if (!bronze.exists()) {
      throw nothingLanded(spec);
    }
    Dataset<Row> all = bronze.read().filter(col(BronzeColumns.OPERATION).notEqual("t"));
    Column recent = col(BronzeColumns.LANDED_DATE).geq(date_sub(current_date(), RECENT_DAYS));
    return newest(all.filter(recent)).or(() -> newest(all)).orElseThrow(() -> nothingLanded(spec));
  }

  private static Optional<Row> newest(Dataset<Row> changes) {
    Row found =
        changes
            .agg(
                max_by(
                        struct(col(BronzeColumns.SOURCE), col(BronzeColumns.SCHEMA)),
                        col(BronzeColumns.POSITION))
                    .as("newest"))
            .head();
    return Optional.ofNullable(found.getStruct(0));
  }

  private static RuntimeException nothingLanded(TableSpec spec) {
    return Errors.configuration(
        "Cannot read table '%s' from its database: no change of it has landed, so nobody knows how"
                .formatted(spec.name())
            + " its connector writes rows",
        "Let the connector send one change, or its snapshot; then try again");
  }

  private static EventSchema schema(Lake lake, TableSpec spec, String fingerprint) {
    return TableSchemas.of(
            TableSchemas.history(lake, spec.name()), spec.name(), Set.of(fingerprint))
        .get(fingerprint);
  }

  /** Rows that decode to other types, or to other texts of one key, would be other rows. */
  private void requireSameForms(EventSchema landed) {
    Map<String, ColumnDeclaration> declared = new LinkedHashMap<>();
    spec.columns().forEach((name, type) -> declared.put(name, ColumnDeclaration.parse(type)));
    RowSchema own = writer().schema().with(declared).row();
    List<String> others = new ArrayList<>();
    for (io.tidemark.core.schema.Column column : own.columns()) {
      io.tidemark.core.schema.Column theirs = landed.row().column(column.name()).orElseThrow();
      boolean same =
          key.contains(column.name())
              ? column.type().equals(theirs.type())
              : column.lakeType().equals(theirs.lakeType());
      if (!same && !spec.isMasked(column.name())) {
        others.add(
            "%s (%s in changes, %s here)".formatted(column.name(), theirs.type(), column.type()));
      }
    }
    if (!others.isEmpty()) {
      throw Errors.configuration(
          "Cannot read table '%s' from its database: its connector writes some columns in other forms"
                  .formatted(spec.name())
              + " than the connectors' own: "
              + String.join(", ", others),
          "Have the connector read the table: tidemark snapshot --table %s --pipeline FILE"
              .formatted(spec.name()));
    }
  }

  /** A writer of rows. */
  PolledRows writer() {
    return new PolledRows(source, table.columns(), key);
  }

  /** The columns of a row. */
  List<String> columns() {
    return List.copyOf(table.columns().keySet());
  }

  /** The rows of a scope that names no keys, in the order of the key. */
  KeysetSql rows(BackfillScope scope) {
    List<Term> order = key.stream().map(c -> new Term(dialect.quote(c), table.type(c))).toList();
    List<Filter> filters =
        scope instanceof BackfillScope.Where where
            ? List.of(new Filter(where.sql(), where.parameters()))
            : List.of();
    return new KeysetSql(dialect, table, order, filters);
  }

  /** The rows whose value of a column is in a range. */
  BackfillScope range(Optional<String> by, Optional<String> from, Optional<String> to) {
    String column =
        by.or(() -> spec.poll().watermark().filter(table.columns()::containsKey))
            .orElse(key.get(0));
    if (by.isEmpty() && column.equals(key.get(0)) && key.size() > 1) {
      throw Errors.configuration(
          "Cannot tell which column of table '%s' is meant: its key is %s"
              .formatted(spec.name(), key),
          "Add --by COLUMN");
    }
    String parameter = dialect.parameter(table.type(column));
    List<String> conditions = new ArrayList<>();
    from.ifPresent(least -> conditions.add(dialect.quote(column) + " >= " + parameter));
    to.ifPresent(behind -> conditions.add(dialect.quote(column) + " < " + parameter));
    return new BackfillScope.Where(
        String.join(" AND ", conditions), Stream.concat(from.stream(), to.stream()).toList());
  }

  /** Rows by their keys. */
  KeyLookup byKeys() {
    return new KeyLookup(dialect, table, key);
  }
}
