package io.tidemark.core.spec.setting;

import io.tidemark.core.spec.yaml.YamlValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A list, or one value alone for a list of one.
 *
 * @param least how many values there must be
 * @param repeats whether a value may stand twice
 */
record ListType<T>(ScalarType<T> item, int least, Repeats repeats) implements ValueType<List<T>> {
  /** What becomes of a value that stands twice. */
  enum Repeats {
    ALLOWED,
    REFUSED,
    /** Also where the two differ only in case. */
    REFUSED_IN_ANY_CASE
  }

  @Override
  public String name() {
    return item.name() + " list";
  }

  @Override
  public String syntax() {
    return item.syntax() + "; several as a list: [a, b]";
  }

  @Override
  public Optional<List<T>> read(YamlValue value, Site site) {
    if (value instanceof YamlValue.Scalar || value instanceof YamlValue.Broken) {
      return item.read(value, site).map(List::of);
    }
    if (!(value instanceof YamlValue.Sequence sequence)) {
      String problem =
          value instanceof YamlValue.Empty
              ? "has no value"
              : "must be a text or a list, but is " + value.kind();
      site.invalid(value.at(), problem, "write " + syntax());
      return Optional.empty();
    }
    if (sequence.items().size() < least) {
      site.invalid(value.at(), "is an empty list", "write " + syntax());
      return Optional.empty();
    }
    return items(sequence, site);
  }

  private Optional<List<T>> items(YamlValue.Sequence sequence, Site site) {
    List<T> values = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    boolean distinct = true;
    for (YamlValue written : sequence.items()) {
      Optional<T> value = item.read(written, site);
      value.ifPresent(values::add);
      if (value.isPresent() && repeats != Repeats.ALLOWED && !seen.add(identity(value.get()))) {
        site.invalid(written.at(), "a value is listed twice", "remove one of the two");
        distinct = false;
      }
    }
    boolean complete = distinct && values.size() == sequence.items().size();
    return complete ? Optional.of(List.copyOf(values)) : Optional.empty();
  }

  private String identity(T value) {
    String text = item.text().apply(value);
    return repeats == Repeats.REFUSED_IN_ANY_CASE ? text.toLowerCase(Locale.ROOT) : text;
  }

  @Override
  public String show(List<T> value, Predicate<String> hidden) {
    return value.stream()
        .map(one -> item.show(one, hidden))
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
