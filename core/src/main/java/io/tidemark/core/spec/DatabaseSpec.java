package io.tidemark.core.spec;

import static java.util.Objects.requireNonNull;

import io.tidemark.core.database.SourceDatabase;
import io.tidemark.core.spec.yaml.Redaction;
import java.util.Optional;

/**
 * Where the rows of a pipeline's source can be read by SQL, besides its change events.
 *
 * @param database empty if the file names none
 * @param redaction which values must not be printed
 */
public record DatabaseSpec(Optional<SourceDatabase> database, Redaction redaction) {
  /** No database. */
  public static final DatabaseSpec NONE = new DatabaseSpec(Optional.empty(), Redaction.NONE);

  /** Refuses missing parts. */
  public DatabaseSpec {
    requireNonNull(database, "database");
    requireNonNull(redaction, "redaction");
  }

  /** Address and user on one line, without the password. */
  @Override
  public String toString() {
    return Settings.DATABASE.describe(this);
  }
}
