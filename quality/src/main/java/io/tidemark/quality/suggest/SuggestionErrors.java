package io.tidemark.quality.suggest;

import io.tidemark.core.check.TableRef;
import io.tidemark.core.error.Errors;
import io.tidemark.core.error.TidemarkException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Why nothing could be suggested, or written. */
final class SuggestionErrors {
  private SuggestionErrors() {}

  static TidemarkException noTable(TableRef table, List<String> known) {
    return Errors.configuration(
        "Cannot suggest checks for %s: the lake has no such table".formatted(table),
        known.isEmpty()
            ? "Run the pipeline first: tidemark run"
            : "Name one of " + known + ", or run the pipeline first: tidemark run");
  }

  static TidemarkException unreadable(Path file, IOException cause) {
    return Errors.configuration(
        "Cannot read checks file %s: %s".formatted(file, cause),
        "Make it a readable file of UTF-8 text, or name another with --file");
  }

  static TidemarkException notAddable(Path file, String why, String text) {
    return Errors.configuration(
        "Cannot add to checks file %s without changing what stands there: %s".formatted(file, why),
        "Add this yourself where it belongs; nothing was written:\n" + text.stripTrailing());
  }

  static TidemarkException changedMeanwhile(Path file) {
    return Errors.configuration(
        "Cannot add to checks file %s: it was changed meanwhile".formatted(file),
        "Nothing was written; run it again");
  }

  static TidemarkException unwritable(Path file, IOException cause) {
    return Errors.configuration(
        "Cannot write checks file %s: %s".formatted(file, cause),
        "Make its folder writable for this user, or name another with --file");
  }
}
