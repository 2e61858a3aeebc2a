package io.tidemark.quality.kernel;

import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.MapValue;
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
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Kernel's values as the Java values that {@code LakeType} names. */
final class KernelValues {
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final int NANOS_PER_MICRO = 1_000;

  private KernelValues() {}

  /** The value in a row of a column, or null. */
  static Object at(ColumnVector column, int row) {
    if (column.isNullAt(row)) {
      return null;
    }
    DataType type = column.getDataType();
    if (type instanceof ArrayType) {
      return list(column.getArray(row));
    }
    if (type instanceof MapType) {
      return map(column.getMap(row));
    }
    if (type instanceof StructType struct) {
      return struct(column, row, struct.length());
    }
    return simple(column, row, type);
  }

  private static Object simple(ColumnVector column, int row, DataType type) {
    if (type instanceof StringType) {
      return column.getString(row);
    } else if (type instanceof IntegerType) {
      return column.getInt(row);
    } else if (type instanceof LongType) {
      return column.getLong(row);
    } else if (type instanceof DecimalType) {
      return column.getDecimal(row);
    } else if (type instanceof BooleanType) {
      return column.getBoolean(row);
    } else if (type instanceof DoubleType) {
      return column.getDouble(row);
    } else if (type instanceof FloatType) {
      return column.getFloat(row);
    } else if (type instanceof BinaryType) {
      return column.getBinary(row);
    } else if (type instanceof ShortType) {
      return (int) column.getShort(row);
    } else if (type instanceof ByteType) {
      return (int) column.getByte(row);
    }
    return time(column, row, type);
  }

  private static Object time(ColumnVector column, int row, DataType type) {
    if (type instanceof DateType) {
      return LocalDate.ofEpochDay(column.getInt(row));
    } else if (type instanceof TimestampType) {
      long micros = column.getLong(row);
      return Instant.ofEpochSecond(seconds(micros), nanos(micros));
    } else if (type instanceof TimestampNTZType) {
      long micros = column.getLong(row);
      return LocalDateTime.ofEpochSecond(seconds(micros), nanos(micros), ZoneOffset.UTC);
    }
    throw new IllegalArgumentException("There are no values of type " + type);
  }

  private static long seconds(long micros) {
    return Math.floorDiv(micros, MICROS_PER_SECOND);
  }

  private static int nanos(long micros) {
    return (int) Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO;
  }

  private static List<Object> list(ArrayValue array) {
    List<Object> values = new ArrayList<>(array.getSize());
    for (int i = 0; i < array.getSize(); i++) {
      values.add(at(array.getElements(), i));
    }
    return values;
  }

  private static Map<Object, Object> map(MapValue map) {
    Map<Object, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < map.getSize(); i++) {
      values.put(at(map.getKeys(), i), at(map.getValues(), i));
    }
    return values;
  }

  private static Object[] struct(ColumnVector column, int row, int width) {
    Object[] values = new Object[width];
    for (int i = 0; i < width; i++) {
      values[i] = at(column.getChild(i), row);
    }
    return values;
  }
}
