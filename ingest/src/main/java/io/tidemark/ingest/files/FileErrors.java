package io.tidemark.ingest.files;

import io.tidemark.core.error.Errors;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.table.SqlNames;

/** What can be wrong with files as a source. */
final class FileErrors {
  private FileErrors() {}

  static TidemarkException unreachable(String path, Throwable cause) {
    return Errors.unavailable(
        "Cannot read the event files at %s: %s".formatted(path, cause.getMessage()),
        "Check 'source.path' and the credentials of its file system",
        cause);
  }

  static TidemarkException missing(String path) {
    return Errors.unavailable(
        "Cannot read the event files at %s: there is no such file or folder".formatted(path),
        "Correct 'source.path', or run again once the folder is there",
        null);
  }

  static TidemarkException noFileSystem(String path, Throwable cause) {
    return Errors.configuration(
        "Cannot read the event files at %s: %s".formatted(path, cause.getMessage()),
        "Correct 'source.path', or put the library of its file system on the class path (for s3a:"
            + " hadoop-aws)");
  }

  static TidemarkException changed(EventFile taken, EventFile found) {
    return Errors.dataLoss(
        "Cannot go on: the file %s was taken with %d bytes of %s, and now has %d bytes of %s"
            .formatted(
                taken.path(), taken.length(), taken.modified(), found.length(), found.modified()),
        "Give what is new another name, which is landed as any new file (records that the lake has"
            + " are no-ops), and take this one away; or forget that it was taken: "
            + forget(taken));
  }

  static TidemarkException vanished(EventFile taken) {
    return Errors.dataLoss(
        "Cannot go on: the file %s was planned, but is gone before all tables had its records"
            .formatted(taken),
        "Put it back under another name, which is landed as any new file, and forget this one: "
            + forget(taken));
  }

  private static String forget(EventFile file) {
    return "tidemark sql --pipeline F \"delete from bronze._files where path = %s\""
        .formatted(SqlNames.literal(file.path()));
  }
}
