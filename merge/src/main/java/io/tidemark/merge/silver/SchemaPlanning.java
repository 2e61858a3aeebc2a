package io.tidemark.merge.silver;

import io.tidemark.core.error.SchemaErrors;
import io.tidemark.core.schema.Column;
import io.tidemark.core.schema.EventSchema;
import io.tidemark.core.schema.LakeField;
import io.tidemark.core.schema.LakeType;
import io.tidemark.core.schema.RowSchema;
import io.tidemark.core.schema.Widening;
import io.tidemark.core.spec.SchemaContract.Action;
import io.tidemark.core.spec.SchemaContract.Change;
import io.tidemark.merge.silver.SilverPlan.Existing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Lays schemas over a table one after the other, as its contract has it. Used once. */
final class SchemaPlanning {
  private final SchemaRules rules;
  private final boolean isNew;
  private final Map<String, String> renamed = new LinkedHashMap<>();
  private final Map<String, LakeField> columns = new LinkedHashMap<>();
  private final Set<String> added = new LinkedHashSet<>();
  private final Set<String> widened = new LinkedHashSet<>();
  private final Map<String, String> unfit = new LinkedHashMap<>();
  private List<String> key;

  SchemaPlanning(SchemaRules rules, Optional<Existing> existing) {
    this.rules = rules;
    this.isNew = existing.isEmpty();
    existing.ifPresent(this::start);
  }

  private void start(Existing existing) {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    existing.columns().forEach(column -> names.add(column.name()));
    rules
        .renamed()
        .forEach(
            (from, to) -> {
              if (existing.columns().stream().anyMatch(c -> c.name().equals(from))
                  && (!names.contains(to) || to.equalsIgnoreCase(from))) {
                renamed.put(from, to);
              }
            });
    for (LakeField column : existing.columns()) {
      String name = renamed.getOrDefault(column.name(), column.name());
      columns.put(lower(name), new LakeField(name, column.type()));
    }
    key = existing.key().stream().map(name -> renamed.getOrDefault(name, name)).toList();
  }

  SilverPlan plan(Map<String, EventSchema> schemas) {
    schemas.forEach(this::lay);
    return new SilverPlan(
        key == null ? List.of() : key,
        List.copyOf(columns.values()),
        fields(added),
        fields(widened),
        renamed,
        unfit);
  }

  private List<LakeField> fields(Set<String> names) {
    return names.stream().map(columns::get).toList();
  }

  private void lay(String fingerprint, EventSchema schema) {
    layKey(schema.key().map(RowSchema::names).orElse(List.of()));
    List<LakeField> fields = fields(schema);
    Optional<String> misfit = misfit(fields);
    if (misfit.isPresent()) {
      unfit.put(fingerprint, misfit.get());
      return;
    }
    fields.forEach(this::layColumn);
    if (rules.newest().filter(fingerprint::equals).isPresent()) {
      requireNoneDropped(fields);
    }
  }

  /** A truncate has no key, and so has the schema of its event. */
  private void layKey(List<String> names) {
    List<String> found = names.stream().map(rules::lakeName).toList();
    if (found.isEmpty()) {
      return;
    }
    if (key != null && !key.isEmpty() && !new TreeSet<>(key).equals(new TreeSet<>(found))) {
      throw SchemaErrors.keyChanged(rules.table(), key, found);
    }
    key = key == null || key.isEmpty() ? found : key;
  }

  private List<LakeField> fields(EventSchema schema) {
    List<LakeField> fields = new ArrayList<>();
    schema.row().lakeFields().forEach(field -> fields.add(renamed(field)));
    for (Column column : schema.key().orElseGet(() -> new RowSchema(List.of())).columns()) {
      if (schema.row().column(column.name()).isEmpty()) {
        fields.add(renamed(column.lakeField()));
      }
    }
    Map<String, String> names = new HashMap<>();
    for (LakeField field : fields) {
      String other = names.put(lower(field.name()), field.name());
      if (other != null) {
        throw SchemaErrors.columnsDifferInCase(rules.table(), other, field.name());
      }
    }
    return fields;
  }

  private LakeField renamed(LakeField field) {
    String name = rules.lakeName(field.name());
    if (AppendColumns.isOwn(lower(name)) || name.startsWith("__")) {
      throw SchemaErrors.reservedColumn(rules.table(), name);
    }
    return new LakeField(name, field.type());
  }

  /** How values of a type fit into a column. */
  enum Fit {
    FITS,
    /** The column can be widened so that they do. */
    WIDER,
    UNFIT
  }

  static Fit fit(LakeType values, LakeType column) {
    if (Widening.isPossible(values, column)) {
      return Fit.FITS;
    }
    return LakeType.common(column, values).isPresent() ? Fit.WIDER : Fit.UNFIT;
  }

  /** Why rows with these columns do not fit the table, if they do not. */
  private Optional<String> misfit(List<LakeField> fields) {
    for (LakeField field : fields) {
      LakeField present = columns.get(lower(field.name()));
      if (present == null || fit(field.type(), present.type()) != Fit.UNFIT) {
        continue;
      }
      if (rules.contract().blocks(Change.INCOMPATIBLE)
          || key != null && key.contains(present.name())) {
        throw typeChanged(present, field, Change.INCOMPATIBLE);
      }
      return Optional.of(
          "column '%s' is %s in silver and %s in the change"
              .formatted(field.name(), present.type().ddl(), field.type().ddl()));
    }
    return Optional.empty();
  }

  private RuntimeException typeChanged(LakeField present, LakeField field, Change change) {
    return SchemaErrors.columnTypeChanged(
        rules.table(), field.name(), present.type().ddl(), field.type().ddl(), change.word());
  }

  private void layColumn(LakeField field) {
    String name = lower(field.name());
    LakeField present = columns.get(name);
    if (present == null) {
      add(field);
      return;
    }
    if (!present.name().equals(field.name())) {
      throw SchemaErrors.columnsDifferInCase(rules.table(), present.name(), field.name());
    }
    if (fit(field.type(), present.type()) == Fit.FITS) {
      return;
    }
    if (!isNew && !added.contains(name)) {
      if (rules.contract().blocks(Change.WIDENED)) {
        throw typeChanged(present, field, Change.WIDENED);
      }
      widened.add(name);
    }
    columns.put(
        name,
        new LakeField(field.name(), LakeType.common(present.type(), field.type()).orElseThrow()));
  }

  private void add(LakeField field) {
    Action action = isNew ? Action.ADD : rules.contract().on(Change.ADDED);
    if (action == Action.BLOCK) {
      throw SchemaErrors.columnAdded(rules.table(), field.name(), field.type().ddl());
    }
    if (action == Action.ADD) {
      columns.put(lower(field.name()), field);
      added.add(lower(field.name()));
    }
  }

  private void requireNoneDropped(List<LakeField> fields) {
    if (!rules.contract().blocks(Change.DROPPED)) {
      return;
    }
    Set<String> kept = new TreeSet<>();
    fields.forEach(field -> kept.add(lower(field.name())));
    for (LakeField column : columns.values()) {
      if (!kept.contains(lower(column.name()))) {
        throw SchemaErrors.columnDropped(rules.table(), column.name());
      }
    }
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
