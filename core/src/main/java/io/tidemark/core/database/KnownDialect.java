package io.tidemark.core.database;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Databases that are known by more than their driver. Their rows can be hashed where they are, as
 * the lake hashes them, so that they need not travel to be compared.
 */
public sealed interface KnownDialect extends Dialect permits PostgresDialect, MariaDbDialect {
  /** SQL of the texts and numbers, none of them null, one behind the other. */
  String concatenated(List<String> texts);

  /** SQL of the first 64 bits of a text's MD5, as a number with a sign. */
  String hash(String text);

  /** SQL of a whole number as one of 64 bits with a sign. */
  String number(String value);

  /** Whether the rows of a query's {@code EXPLAIN} say that it reads a whole table. */
  boolean readsAll(List<List<String>> plan);

  @Override
  default Optional<String> wholeRead(
      Snapshot snapshot, DatabaseTable table, Term order, Query query) {
    List<List<String>> plan =
        snapshot.rows(new Query(query.about(), "EXPLAIN " + query.sql(), query.parameters()));
    return readsAll(plan)
        ? Optional.of(
            plan.stream()
                .map(line -> line.stream().map(String::valueOf).collect(Collectors.joining(" ")))
                .collect(Collectors.joining("\n")))
        : Optional.empty();
  }
}
