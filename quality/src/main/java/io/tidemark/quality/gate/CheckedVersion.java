package io.tidemark.quality.gate;

import io.tidemark.core.check.CheckedTable;
import io.tidemark.core.check.DatasetCheck;
import io.tidemark.core.check.Subject;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.table.LakeTable;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that a verdict on a table depends on, its own history and the time aside.
 *
 * @param version the table's
 * @param checks the fingerprint of what is declared of it
 * @param others the versions of the tables that it is compared with
 */
record CheckedVersion(long version, String checks, Map<String, Long> others) {
  CheckedVersion {
    others = new TreeMap<>(others);
  }

  /** What it is now; empty if there is no such table yet. */
  static Optional<CheckedVersion> of(CheckedTable declared, Lake lake) {
    LakeTable table = lake.table(declared.table());
    if (!table.exists()) {
      return Optional.empty();
    }
    Map<String, Long> others = new TreeMap<>();
    for (DatasetCheck check : declared.checks()) {
      if (check.subject() instanceof Subject.References references) {
        TableRef other = references.table();
        LakeTable compared = lake.table(other);
        others.put(other.toString(), compared.exists() ? compared.version() : -1);
      }
    }
    return Optional.of(new CheckedVersion(table.version(), declared.fingerprint(), others));
  }

  /** One line that is the same for the same, for a record. */
  String text() {
    return version + " " + checks + (others.isEmpty() ? "" : " " + others);
  }
}
