package io.tidemark.core.check;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * All that is declared of a table's data.
 *
 * @param description who owns it and what it is, for the contract page; empty for nothing
 * @param rules what must be true of each row, and what corrects it; only of silver tables
 * @param checks what must be true of the whole, in the order of the file
 */
public record CheckedTable(
    TableRef table, Optional<String> description, RowRules rules, List<DatasetCheck> checks) {

  /** Copies the list. */
  public CheckedTable {
    requireNonNull(table, "table");
    requireNonNull(description, "description");
    requireNonNull(rules, "rules");
    checks = List.copyOf(checks);
  }

  /** Whether nothing is declared that could fail. */
  public boolean isEmpty() {
    return rules.rules().isEmpty() && checks.isEmpty();
  }

  /** Tells what is declared from anything else that could be; the description is not part of it. */
  public String fingerprint() {
    CRC32 hash = new CRC32();
    hash.update((rules + "\n" + checks).getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(hash.getValue());
  }
}
