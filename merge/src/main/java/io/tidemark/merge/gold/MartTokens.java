package io.tidemark.merge.gold;

import io.tidemark.core.check.BadTables;
import io.tidemark.core.check.CheckedTable;
import io.tidemark.core.check.Layer;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.spec.GoldSpec;
import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/** Finds out what a mart is made of, and whether that is what its last version was made of. */
final class MartTokens {
  private static final String NO_CHECKS = "none";

  private final GoldSpec spec;
  private final Optional<CheckedTable> checks;
  private final Lake lake;
  private final LakeTable target;

  MartTokens(GoldSpec spec, Optional<CheckedTable> checks, Lake lake) {
    this.spec = spec;
    this.checks = checks;
    this.lake = lake;
    this.target = lake.gold(spec.name());
  }

  /**
   * One token for each silver table, one for the query and one for the checks; another query or a
   * table created anew has other names.
   */
  MartBasis basis(BadTables bad) {
    List<CommitToken> tokens = new ArrayList<>();
    Map<String, String> badSources = new HashMap<>();
    List<String> existing = lake.silverTables();
    for (String source : MartSources.of(spec.sqlText())) {
      String table =
          existing.stream()
              .filter(name -> name.toLowerCase(Locale.ROOT).equals(source))
              .findFirst()
              .orElseThrow(() -> MartErrors.waits(spec.name(), source));
      LakeTable silver = lake.silver(table);
      String name = "gold/%s/%s/%s".formatted(spec.name(), queryHash(), silver.id());
      tokens.add(new CommitToken(name, target.token(name), silver.version()));
      bad.reason(new TableRef(Layer.SILVER, table)).ifPresent(why -> badSources.put(table, why));
    }
    if (tokens.isEmpty()) {
      throw MartErrors.readsNothing(spec.name(), spec.sql().toString());
    }
    tokens.add(newest("gold-query/%s/".formatted(spec.name()), queryHash()));
    checksToken().ifPresent(tokens::add);
    return new MartBasis(tokens, badSources);
  }

  /** A mart that never had checks needs no proof that it still has none. */
  private Optional<CommitToken> checksToken() {
    String names = "gold-checks/%s/".formatted(spec.name());
    Optional<String> declared =
        checks.filter(table -> !table.isEmpty()).map(CheckedTable::fingerprint);
    return declared.isEmpty() && target.tokens(names).isEmpty()
        ? Optional.empty()
        : Optional.of(newest(names, declared.orElse(NO_CHECKS)));
  }

  /** Moves if another of its kind made the mart last, so that an older one can come back. */
  private CommitToken newest(String names, String one) {
    Map<String, Long> all = target.tokens(names);
    long own = all.getOrDefault(names + one, CommitToken.NONE);
    long last = all.values().stream().max(Long::compare).orElse(CommitToken.NONE);
    return new CommitToken(
        names + one, own, own == last && own != CommitToken.NONE ? own : last + 1);
  }

  private String queryHash() {
    CRC32 hash = new CRC32();
    hash.update(spec.sqlText().getBytes(StandardCharsets.UTF_8));
    hash.update(String.join(",", spec.key()).getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(hash.getValue());
  }
}
