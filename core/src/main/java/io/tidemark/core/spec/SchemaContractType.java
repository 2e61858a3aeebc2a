package io.tidemark.core.spec;

import io.tidemark.core.spec.SchemaContract.Action;
import io.tidemark.core.spec.SchemaContract.Change;
import io.tidemark.core.spec.setting.Site;
import io.tidemark.core.spec.setting.ValueType;
import io.tidemark.core.spec.setting.ValueTypes;
import io.tidemark.core.spec.yaml.YamlValue;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A map of kinds of schema changes to what shall become of them. */
final class SchemaContractType implements ValueType<SchemaContract> {
  private static final List<String> KINDS =
      Arrays.stream(Change.values()).map(Change::word).toList();

  private final ValueType<Map<String, Action>> entries =
      ValueTypes.map(
          name(),
          syntax(),
          ValueTypes.oneOf(KINDS, kind -> kind),
          ValueTypes.oneOf(List.of(Action.values()), Action::word));

  @Override
  public String name() {
    return "schema contract";
  }

  @Override
  public String syntax() {
    return Arrays.stream(Change.values())
        .map(change -> change.word() + ": " + words(change).replace(", ", " or "))
        .collect(Collectors.joining(", ", "a map such as {", "}"));
  }

  private static String words(Change change) {
    return change.actions().stream().map(Action::word).collect(Collectors.joining(", "));
  }

  @Override
  public Optional<SchemaContract> read(YamlValue value, Site site) {
    Optional<Map<String, Action>> read = entries.read(value, site);
    if (read.isEmpty()) {
      return Optional.empty();
    }
    Map<Change, Action> actions = new EnumMap<>(Change.class);
    for (Map.Entry<String, Action> entry : read.get().entrySet()) {
      Change change = Change.values()[KINDS.indexOf(entry.getKey())];
      if (!change.actions().contains(entry.getValue())) {
        site.invalid(
            value.at(),
            entry.getKey() + ": '" + entry.getValue().word() + "' is not possible",
            "write one of " + words(change));
        return Optional.empty();
      }
      actions.put(change, entry.getValue());
    }
    return Optional.of(new SchemaContract(actions));
  }

  @Override
  public String show(SchemaContract contract, Predicate<String> hidden) {
    Map<String, Action> shown = new LinkedHashMap<>();
    contract.actions().forEach((change, action) -> shown.put(change.word(), action));
    return entries.show(shown, hidden);
  }
}
