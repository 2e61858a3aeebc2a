package io.tidemark.merge.log;

import java.util.Map;
import java.util.Random;

/** A random predicate in SQL, and what it says of a row by the rules of three-valued logic. */
public sealed interface RandomRule {
  /** Its text. */
  String sql();

  /** True, false, or null for unknown. */
  Boolean of(Map<String, Object> row);

  /** A predicate over a number column and a text column. */
  static RandomRule over(Random random, String number, String text) {
    return over(random, number, text, 3);
  }

  private static RandomRule over(Random random, String number, String text, int depth) {
    int dice = random.nextInt(depth == 0 ? 4 : 8);
    return switch (dice) {
      case 0, 1 -> new Less(number, random.nextInt(6));
      case 2 -> new Equal(text, "" + (char) ('a' + random.nextInt(5)));
      case 3 -> new IsNull(random.nextBoolean() ? number : text);
      case 4 -> new Not(over(random, number, text, depth - 1));
      case 5 ->
          new And(over(random, number, text, depth - 1), over(random, number, text, depth - 1));
      default ->
          new Or(over(random, number, text, depth - 1), over(random, number, text, depth - 1));
    };
  }

  /** A number below another. */
  record Less(String column, int than) implements RandomRule {
    @Override
    public String sql() {
      return column + " < " + than;
    }

    @Override
    public Boolean of(Map<String, Object> row) {
      return row.get(column) == null ? null : (Boolean) ((int) row.get(column) < than);
    }
  }

  /** A text that is another. */
  record Equal(String column, String text) implements RandomRule {
    @Override
    public String sql() {
      return "%s = '%s'".formatted(column, text);
    }

    @Override
    public Boolean of(Map<String, Object> row) {
      return row.get(column) == null ? null : (Boolean) row.get(column).equals(text);
    }
  }

  /** No value. */
  record IsNull(String column) implements RandomRule {
    @Override
    public String sql() {
      return column + " IS NULL";
    }

    @Override
    public Boolean of(Map<String, Object> row) {
      return row.get(column) == null;
    }
  }

  /** The contrary. */
  record Not(RandomRule of) implements RandomRule {
    @Override
    public String sql() {
      return "NOT (" + of.sql() + ")";
    }

    @Override
    public Boolean of(Map<String, Object> row) {
      Boolean value = of.of(row);
      return value == null ? null : (Boolean) !value;
    }
  }

  /** Both. */
  record And(RandomRule left, RandomRule right) implements RandomRule {
    @Override
    public String sql() {
      return "(%s AND %s)".formatted(left.sql(), right.sql());
    }

    @Override
    public Boolean of(Map<String, Object> row) {
      Boolean a = left.of(row);
      Boolean b = right.of(row);
      if (Boolean.FALSE.equals(a) || Boolean.FALSE.equals(b)) {
        return false;
      }
      return a == null || b == null ? null : (Boolean) true;
    }
  }

  /** One of two. */
  record Or(RandomRule left, RandomRule right) implements RandomRule {
    @Override
    public String sql() {
      return "(%s OR %s)".formatted(left.sql(), right.sql());
    }

    @Override
    public Boolean of(Map<String, Object> row) {
      Boolean a = left.of(row);
      Boolean b = right.of(row);
      if (Boolean.TRUE.equals(a) || Boolean.TRUE.equals(b)) {
        return true;
      }
      return a == null || b == null ? null : (Boolean) false;
    }
  }
}
