package io.tidemark.core.schema;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Carries values of an older, narrower column into the column as it is now, exactly.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class Widening implements Serializable {
  private static final long serialVersionUID = 1L;

  private final LakeType to;
  private final Step step;

  private Widening(LakeType from, LakeType to) {
    this.to = to;
    this.step = step(from, to);
  }

  /**
   * A conversion between two types, made once for many values.
   *
   * @throws IllegalArgumentException if {@code to} does not hold all values of {@code from}; ask
   *     {@link LakeType#common} first
   */
  public static Widening between(LakeType from, LakeType to) {
    if (!isPossible(from, to)) {
      throw new IllegalArgumentException(
          "Cannot widen %s to %s: it would not hold every value".formatted(from.ddl(), to.ddl()));
    }
    return new Widening(from, to);
  }

  /**
   * Whether {@code to} holds every value of {@code from}. Text holds numbers and truth values: a
   * column of text stays what it is when its source makes it one of those.
   */
  public static boolean isPossible(LakeType from, LakeType to) {
    return LakeType.common(from, to).filter(to::equals).isPresent()
        || to instanceof LakeType.Text
            && (from instanceof LakeType.Int32
                || from instanceof LakeType.Int64
                || from instanceof LakeType.Decimal
                || from instanceof LakeType.Bool);
  }

  /**
   * The same value in a wider type.
   *
   * @param value a value of {@code from}, or null
   * @throws IllegalArgumentException as {@link #between}
   */
  public static Object convert(Object value, LakeType from, LakeType to) {
    return between(from, to).apply(value);
  }

  /** The same value in the wider type; null for null. */
  public Object apply(Object value) {
    return value == null ? null : step.apply(value);
  }

  /** The wider type. */
  LakeType to() {
    return to;
  }

  private sealed interface Step extends Serializable {
    Object apply(Object value);
  }

  private record Same() implements Step {
    @Override
    public Object apply(Object value) {
      return value;
    }
  }

  private record ToLong() implements Step {
    @Override
    public Object apply(Object value) {
      return ((Number) value).longValue();
    }
  }

  private record ToText() implements Step {
    @Override
    public Object apply(Object value) {
      return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }
  }

  private record ToDouble() implements Step {
    @Override
    public Object apply(Object value) {
      return ((Number) value).doubleValue();
    }
  }

  private record ToDecimal(int scale) implements Step {
    @Override
    public Object apply(Object value) {
      BigDecimal number =
          value instanceof BigDecimal decimal
              ? decimal
              : BigDecimal.valueOf(((Number) value).longValue());
      return number.setScale(scale);
    }
  }

  private record Elements(Widening element) implements Step {
    @Override
    public Object apply(Object value) {
      List<?> elements = (List<?>) value;
      List<Object> widened = new ArrayList<>(elements.size());
      elements.forEach(each -> widened.add(element.apply(each)));
      return widened;
    }
  }

  private record Entries(Widening key, Widening value) implements Step {
    @Override
    public Object apply(Object entries) {
      Map<Object, Object> widened = new LinkedHashMap<>();
      ((Map<?, ?>) entries).forEach((k, v) -> widened.put(key.apply(k), value.apply(v)));
      return widened;
    }
  }

  private record Fields(List<Widening> fields) implements Step {
    @Override
    public Object apply(Object value) {
      Object[] widened = ((Object[]) value).clone();
      for (int i = 0; i < widened.length; i++) {
        widened[i] = fields.get(i).apply(widened[i]);
      }
      return widened;
    }
  }

  private static Step step(LakeType from, LakeType to) {
    if (from.equals(to)) {
      return new Same();
    }
    if (to instanceof LakeType.Text) {
      return new ToText();
    }
    if (to instanceof LakeType.Decimal decimal) {
      return new ToDecimal(decimal.scale());
    }
    if (to instanceof LakeType.Float64) {
      return new ToDouble();
    }
    if (from instanceof LakeType.ArrayOf x && to instanceof LakeType.ArrayOf y) {
      return new Elements(new Widening(x.element(), y.element()));
    }
    if (from instanceof LakeType.MapOf x && to instanceof LakeType.MapOf y) {
      return new Entries(new Widening(x.key(), y.key()), new Widening(x.value(), y.value()));
    }
    if (from instanceof LakeType.StructOf x && to instanceof LakeType.StructOf y) {
      List<Widening> fields = new ArrayList<>();
      for (int i = 0; i < x.fields().size(); i++) {
        fields.add(new Widening(x.fields().get(i).type(), y.fields().get(i).type()));
      }
      return new Fields(fields);
    }
    return new ToLong();
  }
}
