package io.tidemark.core.error;

import java.util.List;
import java.util.Set;

/**
 * All errors meant for people, one method per condition, so that wording, exit code and remedy are
 * decided in one place.
 */
public final class Errors {
  private Errors() {}

  /** The arguments or the file are wrong; {@code remedy} names the change to make. */
  public static TidemarkException configuration(String problem, String remedy) {
    return new TidemarkException(ExitCode.CONFIGURATION, problem, remedy, null);
  }

  /** Something outside did not answer; {@code remedy} names what to look at. */
  public static TidemarkException unavailable(String problem, String remedy, Throwable cause) {
    return new TidemarkException(ExitCode.UNAVAILABLE, problem, remedy, cause);
  }

  /** Going on would lose or misorder data. */
  public static TidemarkException dataLoss(String problem, String remedy) {
    return new TidemarkException(ExitCode.DATA_LOSS, problem, remedy, null);
  }

  /** Data is not what its checks declare; {@code remedy} tells where to look. */
  public static TidemarkException quality(String problem, String remedy) {
    return new TidemarkException(ExitCode.QUALITY, problem, remedy, null);
  }

  /** Versions of a table that are still needed are gone. */
  public static TidemarkException versionsExpired(String path, long from, long to) {
    return dataLoss(
        "Cannot read versions %d to %d of %s: they have expired".formatted(from, to, path),
        "Rebuild the table that is fed from it: delete its folder, and run 'tidemark merge'");
  }

  /** Another writer committed in between. */
  public static TidemarkException tokenMoved(String path, String token, long expected, long found) {
    return dataLoss(
        "Cannot commit to %s: its token %s moved from %d to %d, so another writer was there"
            .formatted(path, token, expected, found),
        "Make sure that only one process runs this pipeline, then run it again");
  }

  /** Another writer changed a table while its new content was being written. */
  public static TidemarkException overtaken(String path, Throwable cause) {
    return new TidemarkException(
        ExitCode.DATA_LOSS,
        "Cannot commit to %s: another writer changed it meanwhile".formatted(path),
        "Nothing was changed here; run it again",
        cause);
  }

  /** The lake's file system does not answer or does not exist. */
  public static TidemarkException lakeUnreachable(String location, Throwable cause) {
    return unavailable(
        "Cannot reach the lake at %s: %s".formatted(location, cause.getMessage()),
        "Check the setting 'lake' and the credentials of its file system",
        cause);
  }

  /** The counters of a step do not add up: a bug, never a state of the data. */
  public static TidemarkException unaccountedRows(String step, String counts) {
    return new TidemarkException(
        ExitCode.UNEXPECTED,
        "Cannot account for all rows of %s: %s".formatted(step, counts),
        "Report this as a bug with the text above; nothing was lost, the step will be repeated",
        null);
  }

  /** A lake made by a newer version. */
  public static TidemarkException newerLake(String lake, int format, int known) {
    return configuration(
        "Cannot use the lake at %s: its format is %d, this Tidemark knows up to %d"
            .formatted(lake, format, known),
        "Use the newer Tidemark that wrote it");
  }

  /** A lake that belongs to a pipeline with another source. */
  public static TidemarkException foreignLake(
      String lake, String pipeline, String found, String wanted) {
    return configuration(
        "Cannot use the lake at %s: its pipeline '%s' was fed from %s, this one reads %s"
            .formatted(lake, pipeline, found, wanted),
        "Set another 'lake', or rename the pipeline, or correct 'source' if it is wrong; if the same"
            + " tables are read another way from now on: tidemark sources adopt");
  }

  /** Kafka does not answer. */
  public static TidemarkException kafkaUnreachable(String servers, Throwable cause) {
    return unavailable(
        "Cannot reach Kafka at %s: %s".formatted(servers, cause.getMessage()),
        "Check that it runs and that 'source.bootstrap-servers' (and 'source.kafka') are right",
        cause);
  }

  /** The schema registry does not answer, and the lake does not have the schema. */
  public static TidemarkException registryUnreachable(String problem, Throwable cause) {
    return unavailable(
        "Cannot fetch a schema from the registry: " + problem,
        "Check that it runs and that 'source.registry' is right; nothing was skipped, and the next"
            + " run goes on where this one ended",
        cause);
  }

  /** Records the lake has not landed yet are gone from Kafka. */
  public static TidemarkException offsetsExpired(
      String pipeline, String partition, long next, long earliest) {
    return dataLoss(
        "Cannot continue %s of pipeline '%s': offsets %d to %d expired before they were landed"
            .formatted(partition, pipeline, next, earliest - 1),
        "Raise the topic's retention, then take a new snapshot of its table with the connector;"
            + " nothing of this topic was applied");
  }

  /** The topic ends before what the lake has landed of it. */
  public static TidemarkException offsetsVanished(
      String pipeline, String partition, long next, long end) {
    return dataLoss(
        ("Cannot continue %s of pipeline '%s': the lake has landed up to offset %d, the topic ends"
                + " at %d; it was deleted and created anew, or restored")
            .formatted(partition, pipeline, next, end),
        "Land into another lake, or take a new snapshot into a new topic; nothing of this topic was"
            + " applied");
  }

  /** A dead letter that nobody has. */
  public static TidemarkException noSuchDeadLetter(String pipeline, String id) {
    return configuration(
        "Cannot show the dead letter '%s' of pipeline '%s': there is none".formatted(id, pipeline),
        "List those there are with 'tidemark dead-letters list'; an id is topic/partition/offset");
  }

  /** Bronze rows that dead letters of the merge speak of are gone. */
  public static TidemarkException letterRowsGone(String table, long letters) {
    return dataLoss(
        "Cannot replay %d dead letters of table '%s': their rows are no longer in bronze"
            .formatted(letters, table),
        "Choose letters whose rows are there with --since, and discard the others with a note");
  }

  /** A sealed dead letter whose key is not in the pipeline file. */
  public static TidemarkException sealKeyMissing(String id, String key) {
    return configuration(
        "Cannot open the dead letter '%s': it is sealed with the masking key '%s', and that is gone"
            .formatted(id, key),
        "Put the key back into 'masking.keys', above the newer ones");
  }

  /** A masking key whose secret is another one than before. */
  public static TidemarkException maskingKeyChanged(String lake, String key) {
    return configuration(
        "Cannot write to the lake at %s: the masking key '%s' has another secret than the one the lake was masked with"
            .formatted(lake, key),
        "Correct 'masking.keys." + key + "'; a new secret needs a new id, below the old one");
  }

  /** A masking key that a table needs is not in the pipeline file. */
  public static TidemarkException maskingKeyMissing(String table, String column, String key) {
    return configuration(
        "Cannot mask table '%s': its key column '%s' was masked with the masking key '%s' from the start, and that is gone"
            .formatted(table, column, key),
        "Put it back into 'masking.keys', above the newer ones");
  }

  /** A column by which rows are told apart is masked differently than its table began. */
  public static TidemarkException maskChanged(
      String table, String column, String before, String now) {
    return configuration(
        "Cannot land table '%s': its column '%s' tells rows apart, began %s and would be %s now"
            .formatted(table, column, maskWords(before), maskWords(now)),
        "Restore 'tables.%s.mask.%s'; another mask needs another lake table, landed anew"
            .formatted(table, column));
  }

  private static String maskWords(String mask) {
    return mask.isEmpty() ? "in the clear" : "masked by " + mask;
  }

  /** Commit positions of a table fall while its offsets rise, and the changes are new ones. */
  public static TidemarkException logRanBackwards(
      String pipeline, String table, String partition, long offset, String found, long highest) {
    return dataLoss(
        ("Cannot land table '%s' of pipeline '%s' from offset %d of %s on: the source's log runs"
                + " backwards there, from commit order %d to %s; the database was restored, failed"
                + " over or created anew")
            .formatted(table, pipeline, offset, partition, highest, found),
        "Nothing from there on is applied, other tables go on. If the source's log began anew: tidemark"
            + " epoch advance --pipeline FILE --table "
            + table
            + " --reason TEXT, run again, and then take a new snapshot of the table (tidemark"
            + " snapshot), for what its source lost");
  }

  /** A view of a polled database is older than one that was seen before. */
  public static TidemarkException databaseRanBackwards(
      String table, String database, long place, long before) {
    return dataLoss(
        "Cannot poll table '%s' of %s: the database is at %d and was at %d before; it was restored, or is another server, or a replica that is behind"
            .formatted(table, database, place, before),
        "Nothing was read. If a replica is behind: wait. If the database was restored or moved: tidemark"
            + " epoch advance --pipeline FILE --table "
            + table
            + " --reason TEXT, and run again; all rows are read anew then");
  }

  /** An epoch of a table was declared while a run landed it. */
  public static TidemarkException epochDeclared(String pipeline, String table, long epoch) {
    return unavailable(
        "Cannot land table '%s' of pipeline '%s': its epoch %d was declared meanwhile"
            .formatted(table, pipeline, epoch),
        "Nothing to do if the run goes on by itself; else tidemark epoch advance was cut off: run it"
            + " again, and then the pipeline",
        null);
  }

  /** GTIDs of several sources take turns, so that none follows another. */
  public static TidemarkException primariesAlternate(String pipeline, String table, int changes) {
    return dataLoss(
        ("Cannot order table '%s' of pipeline '%s': the primary would have changed %d times in one"
                + " batch, so several servers write at the same time")
            .formatted(table, pipeline, changes),
        "Their GTIDs do not tell which change of a row came first. Feed each server's tables into"
            + " lake tables of their own, or let one server write");
  }

  /** A table that nothing has landed in. */
  public static TidemarkException unknownTable(String lake, String table, List<String> tables) {
    return configuration(
        "Cannot find the table '%s' in %s; there are: %s"
            .formatted(table, lake, String.join(", ", tables)),
        "Correct --table; a table that nothing has landed in needs no epoch");
  }

  /** A bronze or silver table that another pipeline writes. */
  public static TidemarkException foreignTable(String path, String owner, String pipeline) {
    return configuration(
        "Cannot write %s: it belongs to pipeline '%s', this is '%s'"
            .formatted(path, owner, pipeline),
        "Set another 'lake', or leave the table's topic out of 'source.topics'");
  }

  /** Two source tables of one name. */
  public static TidemarkException tablesCollide(String table, Set<String> sources) {
    return configuration(
        "Cannot land table '%s': it would get the rows of several source tables: %s"
            .formatted(table, String.join(", ", sources)),
        "Declare one of them under another name: tables: {other_name: {source: schema.table}};"
            + " or combine them: tables: {%s: {sources: {a: %s}}}"
                .formatted(table, String.join(", b: ", sources)));
  }

  /** A query that Spark does not understand. */
  public static TidemarkException badQuery(String message) {
    return configuration(
        "Cannot run the query: " + message,
        "Tables are bronze.<table>, silver.<table>, gold.<mart>; try \"show tables in silver\"");
  }
}
