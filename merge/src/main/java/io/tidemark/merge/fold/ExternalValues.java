package io.tidemark.merge.fold;

import static scala.collection.JavaConverters.asScalaBuffer;
import static scala.collection.JavaConverters.mapAsScalaMap;

import io.tidemark.core.schema.LakeType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.RowFactory;

/** Decoded values as Spark takes them: structs are arrays to the decoders and rows to Spark. */
public final class ExternalValues {
  private ExternalValues() {}

  /** The value of a type as Spark takes it. */
  public static Object of(Object value, LakeType type) {
    if (value == null) {
      return null;
    }
    if (type instanceof LakeType.StructOf struct) {
      Object[] fields = ((Object[]) value).clone();
      for (int i = 0; i < fields.length; i++) {
        fields[i] = of(fields[i], struct.fields().get(i).type());
      }
      return RowFactory.create(fields);
    }
    if (type instanceof LakeType.ArrayOf array) {
      List<Object> elements = new ArrayList<>();
      ((List<?>) value).forEach(element -> elements.add(of(element, array.element())));
      return asScalaBuffer(elements);
    }
    if (type instanceof LakeType.MapOf map) {
      Map<Object, Object> entries = new LinkedHashMap<>();
      ((Map<?, ?>) value).forEach((k, v) -> entries.put(of(k, map.key()), of(v, map.value())));
      return mapAsScalaMap(entries);
    }
    return value;
  }
}
