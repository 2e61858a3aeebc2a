package io.tidemark.core.spec;

import static java.util.Objects.requireNonNull;

import io.tidemark.core.check.RowRules;
import io.tidemark.core.mask.Mask;
import io.tidemark.core.spec.checks.LakeNames;
import io.tidemark.core.spec.yaml.Redaction;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * One table that is kept equal to its source.
 *
 * @param name its name in the lake
 * @param key the columns of the merge key; empty to take the key of the events
 * @param source the source table, {@code schema.table} or {@code db.schema.table}, when it is named
 *     differently
 * @param columns column to declared type, which {@link
 *     io.tidemark.core.schema.ColumnDeclaration#parse} accepts; only for events without a schema
 * @param mask what takes the place of a column's values, by column
 * @param outbox the topic whose outbox events are the rows, in which {@code *} stands for any
 *     characters; empty for a table whose rows are changes
 * @param sources the source tables, when it combines several
 * @param history whether its rows are kept as they were from one change to the next
 * @param deletes what becomes of deleted rows
 * @param tombstoneRetention how long, in the source's time, deletes are remembered
 * @param appendOnly whether every change event is a row of its own
 * @param schema what becomes of the table when the source's columns change
 * @param rename column of the source to the lake's, where they differ
 * @param poll how it is polled, where the source is a database
 * @param rules what must be true of each row, from the checks file
 * @param redaction which values must not be printed
 */
public record TableSpec(
    String name,
    List<String> key,
    Optional<String> source,
    Map<String, String> columns,
    Map<String, Mask> mask,
    Optional<String> outbox,
    SourcesSpec sources,
    boolean history,
    Deletes deletes,
    Duration tombstoneRetention,
    boolean appendOnly,
    SchemaContract schema,
    Map<String, String> rename,
    PollSpec poll,
    RowRules rules,
    Redaction redaction) {

  /** Copies the collections. */
  public TableSpec {
    requireNonNull(name, "name");
    key = List.copyOf(key);
    requireNonNull(source, "source");
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    mask = Collections.unmodifiableMap(new LinkedHashMap<>(mask));
    requireNonNull(outbox, "outbox");
    requireNonNull(sources, "sources");
    requireNonNull(deletes, "deletes");
    requireNonNull(tombstoneRetention, "tombstoneRetention");
    requireNonNull(schema, "schema");
    rename = Collections.unmodifiableMap(new LinkedHashMap<>(rename));
    requireNonNull(poll, "poll");
    requireNonNull(rules, "rules");
    requireNonNull(redaction, "redaction");
  }

  /** A table of which the pipeline file says nothing but its name. */
  public static TableSpec withDefaults(String name) {
    return new TableSpec(
        name,
        TableSettings.KEY.defaultValue(),
        TableSettings.SOURCE.defaultValue(),
        TableSettings.COLUMNS.defaultValue(),
        TableSettings.MASK.defaultValue(),
        TableSettings.OUTBOX.defaultValue(),
        new SourcesSpec(
            TableSettings.SOURCES.defaultValue(),
            TableSettings.SOURCE_COLUMN.defaultValue(),
            TableSettings.CONFLICTS.defaultValue(),
            TableSettings.COUNTERS.defaultValue()),
        TableSettings.HISTORY.defaultValue(),
        TableSettings.DELETES.defaultValue(),
        TableSettings.TOMBSTONE_RETENTION.defaultValue(),
        TableSettings.APPEND_ONLY.defaultValue(),
        TableSettings.SCHEMA.defaultValue(),
        TableSettings.RENAME.defaultValue(),
        PollSpec.withDefaults(),
        RowRules.NONE,
        Redaction.NONE);
  }

  /**
   * The same settings for the lake table of one of several sources. Where times decide between
   * sources, it keeps deleted rows: a delete may be later than what another source has.
   */
  TableSpec ofSource(String label) {
    SourcesSpec alone = new SourcesSpec(Map.of(), sources.column(), Optional.empty(), List.of());
    Optional<String> itself = Optional.of(sources.tables().get(label));
    boolean byTime = sources.conflicts().filter(ConflictPolicy::isByTime).isPresent();
    return copy(
        SourcesSpec.lakeTable(name, label),
        itself,
        columns,
        alone,
        byTime ? Deletes.SOFT : deletes,
        rules);
  }

  /** What its rows are. */
  public LakeNames.Rows rows() {
    return rows(appendOnly, deletes, sources.conflicts());
  }

  static LakeNames.Rows rows(
      boolean appendOnly, Deletes deletes, Optional<ConflictPolicy> conflicts) {
    if (appendOnly) {
      return LakeNames.Rows.EVENTS;
    }
    return deletes == Deletes.SOFT || conflicts.filter(ConflictPolicy::isByTime).isPresent()
        ? LakeNames.Rows.CURRENT_AND_DELETED
        : LakeNames.Rows.CURRENT;
  }

  /** The lake tables of its several sources by label, the most trusted first. */
  public Map<String, String> sourceTables() {
    Map<String, String> lakeTables = new LinkedHashMap<>();
    sources
        .tables()
        .keySet()
        .forEach(label -> lakeTables.put(label, SourcesSpec.lakeTable(name, label)));
    return lakeTables;
  }

  /** The same settings with another source table. */
  public TableSpec from(String sourceTable) {
    return copy(name, Optional.of(sourceTable), columns, sources, deletes, rules);
  }

  /** The same settings with other declared columns. */
  public TableSpec withColumns(Map<String, String> declared) {
    return copy(name, source, declared, sources, deletes, rules);
  }

  /** The same settings with these row rules. */
  public TableSpec withRules(RowRules declared) {
    return copy(name, source, columns, sources, deletes, declared);
  }

  private TableSpec copy(
      String copyName,
      Optional<String> copySource,
      Map<String, String> copyColumns,
      SourcesSpec copySources,
      Deletes copyDeletes,
      RowRules copyRules) {
    return new TableSpec(
        copyName,
        key,
        copySource,
        copyColumns,
        mask,
        outbox,
        copySources,
        history,
        copyDeletes,
        tombstoneRetention,
        appendOnly,
        schema,
        rename,
        poll,
        copyRules,
        redaction);
  }

  /** Whether a column of the source has a mask, which holds for it however it is spelled. */
  public boolean isMasked(String column) {
    return mask.keySet().stream().anyMatch(column::equalsIgnoreCase);
  }

  /** The masks by the lake's names of their columns, found however a name is spelled. */
  public SortedMap<String, Mask> lakeMasks() {
    return byLakeName(mask, rename);
  }

  static <T> SortedMap<String, T> byLakeName(Map<String, T> bySource, Map<String, String> rename) {
    Map<String, String> lakeNames = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    lakeNames.putAll(rename);
    SortedMap<String, T> named = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    bySource.forEach((column, one) -> named.put(lakeNames.getOrDefault(column, column), one));
    return named;
  }

  /**
   * The names under which masked values may be found, the source's and the lake's, however they are
   * spelled.
   */
  public SortedSet<String> maskedNames() {
    SortedSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(mask.keySet());
    rename.forEach(
        (source, lake) -> {
          if (names.contains(source) || names.contains(lake)) {
            names.addAll(List.of(source, lake));
          }
        });
    return names;
  }

  /** The topics of {@link #outbox} as one regular expression that whole names match. */
  public Optional<Pattern> outboxPattern() {
    return outbox.map(glob -> TopicGlob.pattern(List.of(glob)));
  }

  /** The name and the settings on one line; secrets are redacted. */
  @Override
  public String toString() {
    return name + " " + Settings.TABLES.describe(this);
  }
}
