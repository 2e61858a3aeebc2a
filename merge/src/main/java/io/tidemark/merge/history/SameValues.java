package io.tidemark.merge.history;

import static scala.collection.JavaConverters.asJavaCollection;
import static scala.collection.JavaConverters.mapAsJavaMap;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.Map;
import org.apache.spark.sql.Row;

/** Equality of values as Spark hands them out, at any depth. */
final class SameValues {
  private SameValues() {}

  /** Whether all columns but some are equal. */
  static boolean except(BitSet columns, Object[] a, Object[] b) {
    for (int column = 0; column < a.length; column++) {
      if (!columns.get(column) && !same(a[column], b[column])) {
        return false;
      }
    }
    return true;
  }

  /** Whether all columns are equal. */
  static boolean all(Object[] a, Object[] b) {
    return a == b || except(new BitSet(0), a, b);
  }

  static boolean same(Object a, Object b) {
    if (a == null || b == null) {
      return a == b;
    }
    if (a instanceof byte[] bytes && b instanceof byte[] others) {
      return Arrays.equals(bytes, others);
    }
    if (a instanceof BigDecimal number && b instanceof BigDecimal other) {
      return number.compareTo(other) == 0;
    }
    if (a instanceof Row row && b instanceof Row other) {
      return sameRow(row, other);
    }
    if (a instanceof scala.collection.Map<?, ?> map
        && b instanceof scala.collection.Map<?, ?> other) {
      return sameMap(mapAsJavaMap(map), mapAsJavaMap(other));
    }
    if (a instanceof scala.collection.Seq<?> seq && b instanceof scala.collection.Seq<?> other) {
      return sameSeq(seq, other);
    }
    return a.equals(b);
  }

  private static boolean sameRow(Row a, Row b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int field = 0; field < a.size(); field++) {
      if (!same(a.get(field), b.get(field))) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameSeq(scala.collection.Seq<?> a, scala.collection.Seq<?> b) {
    if (a.size() != b.size()) {
      return false;
    }
    Iterator<?> others = asJavaCollection(b).iterator();
    for (Object element : asJavaCollection(a)) {
      if (!same(element, others.next())) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameMap(Map<?, ?> a, Map<?, ?> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (Map.Entry<?, ?> entry : a.entrySet()) {
      if (!b.containsKey(entry.getKey()) || !same(entry.getValue(), b.get(entry.getKey()))) {
        return false;
      }
    }
    return true;
  }
}
