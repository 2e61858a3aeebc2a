package io.tidemark.core.error;

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
  public static TidemarkException unknownTable(
      String lake, String table, java.util.List<String> tables) {
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
  public static TidemarkException tablesCollide(String table, java.util.Set<String> sources) {
    return configuration(
        "Cannot land table '%s': it would get the rows of several source tables: %s"
            .formatted(table, String.join(", ", sources)),
        "Declare one of them under another name: tables: {other_name: {source: schema.table}};"
            + " or combine them: tables: {%s: {sources: {a: %s}}}"
                .formatted(table, String.join(", b: ", sources)));
  }

  /** A source column whose name silver needs itself. */
  public static TidemarkException reservedColumn(String table, String column) {
    return dataLoss(
        "Cannot merge table '%s': the source's column '%s' has a name that Tidemark uses itself"
            .formatted(table, column),
        "Rename the column in the source, or exclude it in the connector (column.exclude.list)");
  }

  /** Two source columns that a lake cannot tell apart. */
  public static TidemarkException columnsDifferInCase(String table, String one, String other) {
    return dataLoss(
        "Cannot merge table '%s': its columns '%s' and '%s' differ only in case"
            .formatted(table, one, other),
        "Give one of them another name in the lake: 'tables.%s.rename: {%s: another_name}'"
            .formatted(table, other));
  }

  /** A column that the table's contract does not let in. */
  public static TidemarkException columnAdded(String table, String column, String type) {
    return dataLoss(
        "Cannot merge table '%s': the source has a new column '%s' (%s), and the contract says"
                .formatted(table, column, type)
            + " 'added: block'",
        "The table is held at its last good state, others go on, and its changes wait in bronze;"
            + " set 'tables.%s.schema: {added: add}' to have the column, or 'ignore' to leave it out"
                .formatted(table));
  }

  /** A column that the table's contract does not let go. */
  public static TidemarkException columnDropped(String table, String column) {
    return dataLoss(
        "Cannot merge table '%s': the source has dropped the column '%s', and the contract says"
                .formatted(table, column)
            + " 'dropped: block'",
        "The table is held at its last good state, others go on, and its changes wait in bronze;"
            + " set 'tables.%s.schema: {dropped: keep}', or 'tables.%s.rename: {%s: its_new_name}'"
                .formatted(table, table, column)
            + " if the column was renamed");
  }

  /** A column's new type does not fit the lake's column, or the contract lets it not grow. */
  public static TidemarkException columnTypeChanged(
      String table, String column, String from, String to, String change) {
    return dataLoss(
        "Cannot merge table '%s': column '%s' is %s in silver and %s in newer changes"
            .formatted(table, column, from, to),
        "The table is held at its last good state, others go on, and its changes wait in bronze;"
            + " change the type back in the source, or see 'tables.%s.schema: {%s: ...}', or give"
                .formatted(table, change)
            + " the column another name in the lake with 'rename'");
  }

  /** Sources of one table give a column types that have none in common. */
  public static TidemarkException sourcesDisagree(
      String table, String column, String one, String other) {
    return dataLoss(
        "Cannot combine table '%s': column '%s' is %s in one source and %s in another"
            .formatted(table, column, one, other),
        "Make the types alike in the sources, or declare 'tables.%s.columns' (events without"
                .formatted(table)
            + " schema block); the sources' own tables are merged meanwhile");
  }

  /** Sources of one table have different keys. */
  public static TidemarkException sourceKeysDisagree(
      String table, java.util.List<String> one, java.util.List<String> other) {
    return dataLoss(
        "Cannot combine table '%s': the key is %s in one source and %s in another"
            .formatted(table, one, other),
        "Declare 'tables." + table + ".key'; the sources' own tables are merged meanwhile");
  }

  /** A table was made with another setting for what its rows are, such as {@code deletes: soft}. */
  public static TidemarkException deletesChanged(String table, String from, String to) {
    return configuration(
        "Cannot merge table '%s': it was made with '%s', and the pipeline file says '%s'"
            .formatted(table, from, to),
        "Set '%2$s' under 'tables.%1$s' again, or make the table what the file says: tidemark backfill bronze --pipeline FILE --table %1$s"
            .formatted(table, from));
  }

  /** The source's primary key changed. */
  public static TidemarkException keyChanged(
      String table, java.util.List<String> from, java.util.List<String> to) {
    return dataLoss(
        "Cannot merge table '%s': its key was %s and is %s in newer changes"
            .formatted(table, from, to),
        "The table is held at its last good state, others go on; take a new snapshot of it into"
            + " another lake table, or declare 'tables."
            + table
            + ".key'");
  }

  /** Bronze rows name a schema that the lake does not have. */
  public static TidemarkException schemasMissing(String table, java.util.Set<String> missing) {
    return dataLoss(
        "Cannot merge table '%s': bronze/_schemas lacks the schemas %s".formatted(table, missing),
        "Restore the table bronze/_schemas to an older version (RESTORE TABLE)");
  }

  /** A mart names a silver table that is not there yet. */
  public static TidemarkException martWaits(String mart, String table) {
    return unavailable(
        "Cannot compute mart '%s': silver has no table '%s' yet".formatted(mart, table),
        "Nothing to do if its first change has not landed; else correct the mart's query",
        null);
  }

  /** A mart that names no silver table. */
  public static TidemarkException martReadsNothing(String mart, String file) {
    return configuration(
        "Cannot compute mart '%s': the query in %s names no table silver.*".formatted(mart, file),
        "Read from silver.<table> in the query");
  }

  /** A mart whose declared key is not among its columns. */
  public static TidemarkException martKeyMissing(
      String mart, String column, java.util.List<String> columns) {
    return configuration(
        "Cannot publish mart '%s': its key column '%s' is not among its columns %s"
            .formatted(mart, column, columns),
        "Correct 'gold." + mart + ".key' or the query");
  }

  /** A mart whose declared key does not identify its rows. */
  public static TidemarkException martKeyBroken(
      String mart, java.util.List<String> key, String example) {
    return configuration(
        "Cannot publish mart '%s': its key %s is null or not unique, for example %s (key, rows)"
            .formatted(mart, key, example),
        "Correct the query or 'gold." + mart + ".key'; readers still see the last good version");
  }

  /** A query that Spark does not understand. */
  public static TidemarkException badQuery(String message) {
    return configuration(
        "Cannot run the query: " + message,
        "Tables are bronze.<table>, silver.<table>, gold.<mart>; try \"show tables in silver\"");
  }
}
