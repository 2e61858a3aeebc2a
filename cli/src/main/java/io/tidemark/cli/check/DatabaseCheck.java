package io.tidemark.cli.check;

import io.tidemark.core.database.Snapshot;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.spec.JdbcFeed;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.ingest.IngestJob;
import io.tidemark.ingest.jdbc.PollPeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at the database of a pipeline, and at how its tables would be polled. */
final class DatabaseCheck {
  /** A table that is read whole in less than seconds needs no index. */
  private static final long LARGE = 100_000;

  private DatabaseCheck() {}

  static SourceFindings run(PipelineSpec spec) {
    JdbcFeed feed = spec.source().jdbc();
    String where = "database " + feed.database().url();
    List<Finding> findings = new ArrayList<>();
    try (Snapshot snapshot = feed.database().snapshot()) {
      findings.add(Finding.ok(where, "answers " + feed.database().user()));
    } catch (TidemarkException e) {
      findings.add(Finding.failure(where, e));
      return new SourceFindings(findings, Optional.empty());
    }
    // A failed query ends its transaction, so each table is looked at in its own.
    spec.declaredTables().values().forEach(table -> findings.add(table(feed, table)));
    return new SourceFindings(findings, Optional.of(IngestJob.identity(feed)));
  }

  private static Finding table(JdbcFeed feed, TableSpec spec) {
    String where = "table " + spec.name();
    try (Snapshot snapshot = feed.database().snapshot(feed.statementTimeout())) {
      PollPeek peek = PollPeek.of(feed, spec, snapshot);
      String what = "%s, key %s, about %,d rows".formatted(peek.source(), peek.key(), peek.rows());
      if (peek.slowPlan().isPresent() && peek.rows() >= LARGE) {
        return Finding.warning(
            where,
            what + "; each poll reads all of it:\n" + peek.slowPlan().get(),
            "Make an index on the watermark, best with the key's columns behind it");
      }
      return Finding.ok(where, what);
    } catch (TidemarkException e) {
      return Finding.failure(where, e);
    }
  }
}
