package io.tidemark.core.schema;

import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A type as a Kafka Connect schema block says it.
 *
 * @param physical int8, int16, int32, int64, float, double, boolean, string, bytes, array, map or
 *     struct
 * @param semantic the schema's name, which gives the physical value a meaning; empty if it has none
 * @param parameters the schema's parameters, sorted
 * @param children the element of an array, key and value of a map, the fields of a struct
 */
record ConnectType(
    String physical, String semantic, SortedMap<String, String> parameters, List<Column> children)
    implements ColumnType {

  ConnectType {
    Objects.requireNonNull(physical, "physical");
    Objects.requireNonNull(semantic, "semantic");
    Objects.requireNonNull(parameters, "parameters");
    children = List.copyOf(children);
  }

  /** The same type with the image that the pipeline file declares. */
  ConnectType as(ColumnDeclaration declared) {
    SortedMap<String, String> more = new TreeMap<>(parameters);
    more.put(ConnectCodecs.IMAGE, declared.text());
    return new ConnectType(physical, semantic, more, children);
  }

  /** The type as the source says it. */
  ConnectType withoutImage() {
    SortedMap<String, String> fewer = new TreeMap<>(parameters);
    fewer.remove(ConnectCodecs.IMAGE);
    return new ConnectType(physical, semantic, fewer, children);
  }

  @Override
  public LakeType lakeType() {
    return Codec.of(this).lakeType();
  }
}
