package io.tidemark.core.database;

import io.tidemark.core.database.Dialect.Side;
import java.util.ArrayList;
import java.util.List;

/**
 * A condition on values in an order, and which of the limits stand in it, in the order of its
 * parameters.
 *
 * @param sql the condition
 * @param limits places in the list of limits
 */
public record Comparison(String sql, List<Integer> limits) {
  /** Copies the places. */
  public Comparison {
    limits = List.copyOf(limits);
  }

  /**
   * One value after the other, for databases that do not compare rows, or not by an index.
   *
   * @param values SQL of each
   * @param limits SQL of each, with one parameter in it
   */
  static Comparison valueByValue(Side side, List<String> values, List<String> limits) {
    List<Integer> places = new ArrayList<>(List.of(0));
    String first = values.get(0);
    if (values.size() == 1) {
      String operator = side == Side.BEHIND ? " > " : " <= ";
      return new Comparison(first + operator + limits.get(0), places);
    }
    String operator = side == Side.BEHIND ? " >= " : " <= ";
    String rest = compare(side, values, limits, 0, places);
    return new Comparison(first + operator + limits.get(0) + " AND (" + rest + ")", places);
  }

  private static String compare(
      Side side, List<String> values, List<String> limits, int from, List<Integer> places) {
    boolean last = from == values.size() - 1;
    String operator = side == Side.BEHIND ? " > " : last ? " <= " : " < ";
    String beyond = values.get(from) + operator + limits.get(from);
    places.add(from);
    if (last) {
      return beyond;
    }
    places.add(from);
    String equal = values.get(from) + " = " + limits.get(from);
    String rest = compare(side, values, limits, from + 1, places);
    return beyond + " OR (" + equal + " AND (" + rest + "))";
  }
}
