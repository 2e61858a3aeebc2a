package io.tidemark.quality.kernel;

import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.ByteType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.ShortType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampNTZType;
import io.delta.kernel.types.TimestampType;
import io.tidemark.core.error.Errors;
import io.tidemark.core.schema.LakeField;
import io.tidemark.core.schema.LakeType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Kernel's types as the lake's. */
final class KernelTypes {
  private static final Map<Class<? extends DataType>, LakeType> SIMPLE =
      Map.ofEntries(
          Map.entry(BooleanType.class, new LakeType.Bool()),
          Map.entry(ByteType.class, new LakeType.Int32()),
          Map.entry(ShortType.class, new LakeType.Int32()),
          Map.entry(IntegerType.class, new LakeType.Int32()),
          Map.entry(LongType.class, new LakeType.Int64()),
          Map.entry(FloatType.class, new LakeType.Float32()),
          Map.entry(DoubleType.class, new LakeType.Float64()),
          Map.entry(StringType.class, new LakeType.Text()),
          Map.entry(BinaryType.class, new LakeType.Binary()),
          Map.entry(DateType.class, new LakeType.Date()),
          Map.entry(TimestampType.class, new LakeType.Timestamp()),
          Map.entry(TimestampNTZType.class, new LakeType.TimestampNtz()));

  private KernelTypes() {}

  static List<LakeField> fields(StructType type, String path) {
    return type.fields().stream()
        .map(
            field ->
                new LakeField(
                    field.getName(),
                    of(field.getDataType())
                        .orElseThrow(() -> unknown(path, field.getName(), field.getDataType()))))
        .toList();
  }

  private static Optional<LakeType> of(DataType type) {
    if (type instanceof DecimalType decimal) {
      return Optional.of(new LakeType.Decimal(decimal.getPrecision(), decimal.getScale()));
    }
    if (type instanceof ArrayType array) {
      return of(array.getElementType()).map(LakeType.ArrayOf::new);
    }
    if (type instanceof MapType map) {
      return of(map.getKeyType())
          .flatMap(key -> of(map.getValueType()).map(value -> new LakeType.MapOf(key, value)));
    }
    if (type instanceof StructType struct) {
      return Optional.of(new LakeType.StructOf(fields(struct, "a struct")));
    }
    return Optional.ofNullable(SIMPLE.get(type.getClass()));
  }

  private static RuntimeException unknown(String path, String column, DataType type) {
    return Errors.configuration(
        "Cannot read column '%s' of %s: its type is %s".formatted(column, path, type),
        "Only tables with the types of docs/types.md can be compared; drop the column");
  }
}
