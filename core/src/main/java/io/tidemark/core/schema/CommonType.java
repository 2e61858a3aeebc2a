package io.tidemark.core.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the smallest lake type that holds all values of two others without loss. */
final class CommonType {
  private static final int INT_DIGITS = 10;
  private static final int LONG_DIGITS = 19;

  private CommonType() {}

  static Optional<LakeType> of(LakeType a, LakeType b) {
    if (a.equals(b)) {
      return Optional.of(a);
    }
    if (isFloat(a) && isFloat(b)) {
      return Optional.of(new LakeType.Float64());
    }
    if (isInteger(a) && isInteger(b)) {
      return Optional.of(new LakeType.Int64());
    }
    if (isExact(a) && isExact(b)) {
      return decimal(a, b);
    }
    if (a instanceof LakeType.ArrayOf x && b instanceof LakeType.ArrayOf y) {
      return of(x.element(), y.element()).map(LakeType.ArrayOf::new);
    }
    if (a instanceof LakeType.MapOf x && b instanceof LakeType.MapOf y) {
      return of(x.key(), y.key())
          .flatMap(key -> of(x.value(), y.value()).map(value -> new LakeType.MapOf(key, value)));
    }
    if (a instanceof LakeType.StructOf x && b instanceof LakeType.StructOf y) {
      return struct(x.fields(), y.fields());
    }
    return Optional.empty();
  }

  private static Optional<LakeType> decimal(LakeType a, LakeType b) {
    int scale = Math.max(scale(a), scale(b));
    int precision = Math.max(wholeDigits(a), wholeDigits(b)) + scale;
    return precision > LakeType.Decimal.MAX_PRECISION
        ? Optional.empty()
        : Optional.of(new LakeType.Decimal(precision, scale));
  }

  private static Optional<LakeType> struct(List<LakeField> a, List<LakeField> b) {
    if (a.size() != b.size()) {
      return Optional.empty();
    }
    List<LakeField> fields = new ArrayList<>();
    for (int i = 0; i < a.size(); i++) {
      String name = a.get(i).name();
      Optional<LakeType> type = of(a.get(i).type(), b.get(i).type());
      if (!name.equals(b.get(i).name()) || type.isEmpty()) {
        return Optional.empty();
      }
      fields.add(new LakeField(name, type.get()));
    }
    return Optional.of(new LakeType.StructOf(fields));
  }

  private static boolean isFloat(LakeType type) {
    return type instanceof LakeType.Float32 || type instanceof LakeType.Float64;
  }

  private static boolean isInteger(LakeType type) {
    return type instanceof LakeType.Int32 || type instanceof LakeType.Int64;
  }

  private static boolean isExact(LakeType type) {
    return isInteger(type) || type instanceof LakeType.Decimal;
  }

  private static int scale(LakeType type) {
    return type instanceof LakeType.Decimal decimal ? decimal.scale() : 0;
  }

  private static int wholeDigits(LakeType type) {
    if (type instanceof LakeType.Decimal decimal) {
      return decimal.precision() - decimal.scale();
    }
    return type instanceof LakeType.Int32 ? INT_DIGITS : LONG_DIGITS;
  }
}
