package io.tidemark.cli.check;

import io.tidemark.cli.check.Finding.Severity;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A transform that changes more than the ingest can see.
 *
 * @param types its classes
 * @param severity how bad it is
 * @param effect what it does to the data
 * @param remedy the change to make
 */
record TransformRule(Set<String> types, Severity severity, String effect, String remedy) {
  static final List<TransformRule> ALL =
      List.of(
          new TransformRule(
              Set.of(
                  "org.apache.kafka.connect.transforms.RegexRouter",
                  "io.debezium.transforms.ByLogicalTableRouter"),
              Severity.WARNING,
              "renames topics: 'source.topics' must name the new ones, and tables of one name must"
                  + " not meet in one topic",
              "Make sure that 'source.topics' matches what the transform makes of the names"),
          new TransformRule(
              Set.of("org.apache.kafka.connect.transforms.Filter", "io.debezium.transforms.Filter"),
              Severity.WARNING,
              "drops records: the lake then differs from the source",
              "Make sure that it drops no change of a row, above all no delete"),
          new TransformRule(
              Set.of("io.debezium.transforms.outbox.EventRouter"),
              Severity.WARNING,
              "turns rows of the outbox into events of their own",
              "Declare a table for each of its topics, 'tables.<name>.outbox: <topic>', or leave them"
                  + " out of 'source.topics'"));

  static Optional<TransformRule> of(String type) {
    return ALL.stream().filter(rule -> rule.types.contains(type)).findFirst();
  }

  Finding finding(String where, String name, String type) {
    String simple = type.substring(type.lastIndexOf('.') + 1);
    String what = "the transform '%s' (%s) %s".formatted(name, simple, effect);
    return severity == Severity.ERROR
        ? Finding.error(where, what, remedy)
        : Finding.warning(where, what, remedy);
  }
}
