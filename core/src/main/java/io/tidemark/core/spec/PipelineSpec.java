package io.tidemark.core.spec;

import static java.util.Objects.requireNonNull;

import io.tidemark.core.check.ChecksSpec;
import io.tidemark.core.database.SourceDatabase;
import io.tidemark.core.error.Errors;
import io.tidemark.core.spec.yaml.Redaction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A whole pipeline file, checked: what {@link PipelineFile#read} returns.
 *
 * @param lake the root folder of the lake, a local path or a Hadoop URI, without a slash at its end
 * @param tables the declared tables by name, in the order of the file; behind a table of several
 *     sources the lake tables of each of them
 * @param gold the declared marts by name, in the order of the file
 * @param trigger the pause between the micro-batches of a continuous run
 * @param maxBadShare the share of dead-lettered or quarantined rows of a run above which it ends
 *     with exit code 6
 * @param parallelTables how many tables are merged side by side
 * @param file the file this was read from
 * @param masking the secrets that masks are made with
 * @param database where the source's rows can be read by SQL, if its changes come from elsewhere
 * @param checks what is declared to be good data
 * @param alerts what raises an alert, and who is told
 * @param reports the pages about what checks found
 * @param redaction which values must not be printed
 */
public record PipelineSpec(
    String name,
    String lake,
    SourceSpec source,
    Map<String, TableSpec> tables,
    Map<String, GoldSpec> gold,
    Duration trigger,
    Share maxBadShare,
    int parallelTables,
    Path file,
    MaskingSpec masking,
    DatabaseSpec database,
    ChecksSpec checks,
    AlertsSpec alerts,
    ReportsSpec reports,
    Redaction redaction) {

  /** Copies the collections. */
  public PipelineSpec {
    requireNonNull(name, "name");
    requireNonNull(lake, "lake");
    requireNonNull(source, "source");
    tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    gold = Collections.unmodifiableMap(new LinkedHashMap<>(gold));
    requireNonNull(trigger, "trigger");
    requireNonNull(maxBadShare, "maxBadShare");
    requireNonNull(file, "file");
    requireNonNull(masking, "masking");
    requireNonNull(database, "database");
    requireNonNull(checks, "checks");
    requireNonNull(alerts, "alerts");
    requireNonNull(reports, "reports");
    requireNonNull(redaction, "redaction");
  }

  /** The tables that the file names, without those of their several sources. */
  public Map<String, TableSpec> declaredTables() {
    Map<String, TableSpec> declared = new LinkedHashMap<>(tables);
    tables.values().forEach(table -> declared.keySet().removeAll(table.sourceTables().values()));
    return declared;
  }

  /**
   * The database with the source's rows.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if the file names none
   */
  public SourceDatabase requireDatabase() {
    if (source.feed() instanceof JdbcFeed jdbc) {
      return jdbc.database();
    }
    return database
        .database()
        .orElseThrow(
            () ->
                Errors.configuration(
                    "Cannot read the source of pipeline '%s' by SQL: %s names no database"
                        .formatted(name, file),
                    "Add 'database: {url: jdbc:..., user: ..., password: ${file:...}}'"));
  }

  /**
   * What is said of a table; where the file does not name it the defaults, with the rules that the
   * checks file has.
   */
  public TableSpec table(String name) {
    TableSpec table = tables.get(name);
    return table == null ? TableSpec.withDefaults(name).withRules(checks.rules(name)) : table;
  }

  /** The same pipeline, whose tables have to pass these checks instead of those of its file. */
  public PipelineSpec withChecks(ChecksSpec other) {
    return new PipelineSpec(
        name,
        lake,
        source,
        tables,
        gold,
        trigger,
        maxBadShare,
        parallelTables,
        file,
        masking,
        database,
        other,
        alerts,
        reports,
        redaction);
  }

  /**
   * Every setting with the value that holds, defaults included, as YAML for the log of a job's
   * start; secrets are redacted.
   */
  public String effectiveConfig() {
    return EffectiveConfig.print(this);
  }

  /** The settings of the file itself on one line, without its sections; secrets are redacted. */
  @Override
  public String toString() {
    return Settings.PIPELINE.describe(this) + " from " + file;
  }
}
