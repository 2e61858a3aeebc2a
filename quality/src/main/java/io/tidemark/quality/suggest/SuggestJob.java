package io.tidemark.quality.suggest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.sum;

import io.tidemark.core.check.TableRef;
import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.spec.GoldSpec;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.SqlNames;
import io.tidemark.quality.checks.LiveRows;
import io.tidemark.quality.deequ.DeequProfiler;
import io.tidemark.quality.profile.SeenRows;
import io.tidemark.quality.profile.TableProfile;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Looks at the rows of a table, and proposes checks of what they have in common. */
public final class SuggestJob {
  /** Of a table with fewer rows only the key is looked at. */
  public static final int FEWEST_ROWS = Suggestions.FEWEST_ROWS;

  /** The same rows each time, so that a second look proposes no other numbers. */
  private static final long SEED = 20;

  private final PipelineSpec spec;
  private final Lake lake;

  /** A job for the tables of a pipeline. */
  public SuggestJob(PipelineSpec spec, Lake lake) {
    this.spec = spec;
    this.lake = lake.with(session(lake));
  }

  /**
   * A session of its own that interprets expressions: of aggregates as wide as a profile's, Spark
   * makes code that does not compile, prints it as an error, and interprets them in the end.
   */
  private static SparkSession session(Lake lake) {
    SparkSession own = lake.spark().newSession();
    own.conf().set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
    return own;
  }

  /**
   * What was seen, and what it suggests.
   *
   * @param proposals whether a checks file has them already or not; none if there are no rows
   */
  public record Suggested(TableProfile profile, List<Proposal> proposals) {
    /** Copies the list. */
    public Suggested {
      proposals = List.copyOf(proposals);
    }
  }

  /**
   * Looks at the newest version of a table. Of masked columns nothing is told but how many values
   * there are; Tidemark's own columns are left out.
   *
   * @param sample about how many of a hundred rows to look at; empty for all
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if there is no such table
   */
  public Suggested run(TableRef table, OptionalDouble sample) {
    LakeTable stored = require(table);
    long version = stored.version();
    Dataset<Row> rows = withoutOwnColumns(LiveRows.of(table.layer(), stored.readVersion(version)));
    if (sample.isPresent()) {
      rows = rows.sample(sample.getAsDouble() / 100, SEED);
    }
    if (rows.columns().length == 0 || rows.isEmpty()) {
      SeenRows none = new SeenRows(version, 0, sample);
      return new Suggested(new TableProfile(none, List.of(), List.of()), List.of());
    }
    Set<String> veiled = veiled(table);
    TableProfile profile = DeequProfiler.profile(rows, version, sample).veiled(veiled::contains);
    Suggestions suggestions = new Suggestions(profile, key(table, stored, rows));
    Map<List<String>, Long> repeated = new LinkedHashMap<>();
    if (!suggestions.key().isEmpty()) {
      repeated.put(suggestions.key(), repeated(rows, suggestions.key()));
    }
    for (String column : suggestions.perhapsUnique()) {
      repeated.put(List.of(column), repeated(rows, List.of(column)));
    }
    return new Suggested(profile, suggestions.proposals(repeated));
  }

  private LakeTable require(TableRef table) {
    List<String> known =
        switch (table.layer()) {
          case BRONZE -> lake.bronzeTables();
          case SILVER -> lake.silverTables();
          case GOLD -> lake.goldTables();
        };
    if (!known.contains(table.name())) {
      throw SuggestionErrors.noTable(
          table, known.stream().map(name -> new TableRef(table.layer(), name).toString()).toList());
    }
    return switch (table.layer()) {
      case BRONZE -> lake.bronze(table.name());
      case SILVER -> lake.silver(table.name());
      case GOLD -> lake.gold(table.name());
    };
  }

  private static Dataset<Row> withoutOwnColumns(Dataset<Row> rows) {
    return rows.select(
        Arrays.stream(rows.columns())
            .filter(column -> !column.startsWith("_"))
            .map(column -> col(SqlNames.quote(column)))
            .toArray(Column[]::new));
  }

  /**
   * The columns, whatever their case, whose values are not to be shown or fixed: masked ones, in a
   * mart any that is named like one, and the images in bronze, which hold all of them.
   */
  private Set<String> veiled(TableRef table) {
    Set<String> veiled = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    switch (table.layer()) {
      case BRONZE ->
          veiled.addAll(List.of(BronzeColumns.KEY, BronzeColumns.BEFORE, BronzeColumns.AFTER));
      case SILVER -> veiled.addAll(spec.table(table.name()).maskedNames());
      case GOLD -> spec.tables().values().forEach(one -> veiled.addAll(one.maskedNames()));
    }
    return veiled;
  }

  /**
   * The declared key; none if each change is a row of its own, or if the table has no such columns:
   * it may be older than the pipeline file.
   */
  private List<String> key(TableRef table, LakeTable stored, Dataset<Row> rows) {
    List<String> key =
        switch (table.layer()) {
          case BRONZE -> List.of();
          case SILVER ->
              stored.properties().containsKey(SilverColumns.KEY_PROPERTY)
                      && !spec.table(table.name()).appendOnly()
                  ? SilverColumns.key(stored.properties())
                  : List.of();
          case GOLD -> {
            GoldSpec mart = spec.gold().get(table.name());
            yield mart == null ? List.of() : mart.key();
          }
        };
    Set<String> columns =
        Arrays.stream(rows.columns())
            .map(column -> column.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    boolean all =
        key.stream().allMatch(column -> columns.contains(column.toLowerCase(Locale.ROOT)));
    return all ? key : List.of();
  }

  /** How many rows share their values in these columns with another one. */
  private static long repeated(Dataset<Row> rows, List<String> columns) {
    Column[] grouped =
        columns.stream().map(column -> col(SqlNames.quote(column))).toArray(Column[]::new);
    Row shared =
        rows.groupBy(grouped)
            .agg(count("*").as("_rows"))
            .where(col("_rows").gt(1))
            .agg(sum("_rows"))
            .first();
    return shared.isNullAt(0) ? 0 : shared.getLong(0);
  }
}
