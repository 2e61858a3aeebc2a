package io.tidemark.quality.checks;

import io.tidemark.core.check.CheckedTable;
import io.tidemark.core.check.ChecksSpec;
import io.tidemark.core.check.DatasetCheck;
import io.tidemark.core.check.RowRule;
import io.tidemark.core.check.Subject;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.schema.ExactText;
import io.tidemark.core.schema.LakeType;
import io.tidemark.quality.checks.ChecksFinding.Kind;
import io.tidemark.quality.checks.ConditionCheck.Use;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Looks at what is declared of one table. */
final class TableLook {
  private final CheckedTable declared;
  private final ChecksSpec checks;
  private final LakeSchemas schemas;
  private final ConditionCheck conditions;
  private final Optional<StructType> columns;
  private final List<ChecksFinding> findings = new ArrayList<>();

  TableLook(
      CheckedTable declared, ChecksSpec checks, LakeSchemas schemas, ConditionCheck conditions) {
    this.declared = declared;
    this.checks = checks;
    this.schemas = schemas;
    this.conditions = conditions;
    this.columns = schemas.of(declared.table());
  }

  List<ChecksFinding> findings() {
    if (columns.isEmpty()) {
      missing(declared.table(), "");
    }
    for (RowRule rule : declared.rules().rules()) {
      add("rules." + rule.name(), condition("rule", rule.condition(), Use.JUDGE));
    }
    declared
        .rules()
        .corrections()
        .forEach((column, sql) -> add("corrections", correction(column, sql)));
    for (DatasetCheck check : declared.checks()) {
      String key = "checks." + check.name();
      add(key, subject(check.subject()));
      check.where().ifPresent(where -> add(key, condition("where", where, Use.COUNT)));
      if (check.subject() instanceof Subject.References reference) {
        other(key, reference);
      }
    }
    return findings;
  }

  private List<Fault> subject(Subject subject) {
    if (subject instanceof Subject.Compliance compliance) {
      return condition("rule", compliance.condition(), Use.COUNT);
    }
    if (subject instanceof Subject.Schema schema) {
      return conditions.types("types", schema.columns());
    }
    return columns.map(known -> SubjectFit.faults(subject, known)).orElse(List.of());
  }

  private List<Fault> condition(String key, String sql, Use use) {
    return columns
        .map(known -> conditions.over(use == Use.JUDGE ? sources(known) : known, key, sql, use))
        .orElseGet(() -> conditions.alone(key, sql));
  }

  private List<Fault> correction(String column, String sql) {
    if (columns.isEmpty()) {
      return conditions.alone(column, sql);
    }
    StructType known = sources(columns.get());
    if (known.getFieldIndex(column).isEmpty()) {
      List<String> names = Arrays.asList(known.fieldNames());
      return List.of(Fault.unknown(column, column, "a column of the table", names));
    }
    if (schemas.key(declared.table()).contains(column)) {
      return List.of(
          new Fault(
              column,
              "'" + column + "' is part of the key",
              "remove it: rows are told apart by what the source says"));
    }
    DataType type = known.apply(column).dataType();
    if (!ExactText.isOf(LakeType.parse(type.sql()))) {
      return List.of(
          new Fault(
              column,
              "'%s' is %s, and no text keeps such a value".formatted(column, type.sql()),
              "correct it where the table is read"));
    }
    return conditions.over(known, column, sql, type);
  }

  /** Rules and corrections see rows before Tidemark has added its columns to them. */
  private static StructType sources(StructType columns) {
    return new StructType(
        Arrays.stream(columns.fields())
            .filter(column -> !SilverColumns.isOwn(column.name()))
            .toArray(StructField[]::new));
  }

  private void other(String key, Subject.References reference) {
    Optional<StructType> theirs = schemas.of(reference.table());
    if (theirs.isEmpty()) {
      missing(reference.table(), key + ".table");
    } else {
      StructType own = columns.orElseGet(StructType::new);
      add(key, SubjectFit.faults(reference, own, theirs.get()));
    }
  }

  private void missing(TableRef table, String key) {
    Optional<TableRef> near = schemas.near(table);
    findings.add(
        finding(
            near.isPresent() ? Kind.WARNING : Kind.NOT_YET,
            key,
            table + " does not exist yet",
            near.map(other -> "did you mean " + other + "?")
                .orElse("it is looked at once it does")));
  }

  private void add(String key, List<Fault> faults) {
    faults.forEach(
        fault ->
            findings.add(
                finding(Kind.PROBLEM, key + "." + fault.key(), fault.problem(), fault.remedy())));
  }

  private ChecksFinding finding(Kind kind, String key, String problem, String remedy) {
    String path = "tables." + declared.table() + (key.isEmpty() ? "" : "." + key);
    return new ChecksFinding(
        kind, checks.place(declared.table(), key), path + ": " + problem, remedy);
  }
}
