package io.tidemark.ingest.types;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A column of the table of all types.
 *
 * @param name the column's name
 * @param type its type as DDL
 * @param image SQL that gives the value as text in the lake's form, {@code #} being the column;
 *     null if every value's form is known
 * @param literals its values as SQL, one a row; rows beyond the last are null
 * @param known forms that differ from the image, by where: {@code <row>}, {@code <phase> <row>},
 *     {@code <mode> <row>}, {@code <mode> <phase> <row>}; {@code <mode> *} is another image; {@code
 *     text <row>} and {@code text <phase> <row>} what a declaration as string gives
 */
record TypeColumn(
    String name, String type, String image, List<String> literals, Map<String, String> known) {
  /** Debezium loses the value: no reader can tell. */
  static final String LOST = "LOST";

  /** The connector of the mode does not send the column. */
  static final String ABSENT = "ABSENT";

  /** Before a code: the value is refused with it. */
  static final String REFUSED = "!";

  static TypeColumn of(String name, String type, String image, String... literals) {
    return new TypeColumn(name, type, image, List.of(literals), Map.of());
  }

  /** Values whose forms are known, as pairs of literal and form. */
  static TypeColumn pairs(String name, String type, String... pairs) {
    Map<String, String> known = new HashMap<>();
    String[] literals = new String[pairs.length / 2];
    for (int i = 0; i < literals.length; i++) {
      literals[i] = pairs[2 * i];
      known.put(Integer.toString(i), pairs[2 * i + 1]);
    }
    return new TypeColumn(name, type, null, List.of(literals), known);
  }

  /** The same with other forms, as pairs of where and form. */
  TypeColumn but(String... pairs) {
    Map<String, String> more = new HashMap<>(known);
    for (int i = 0; i < pairs.length; i += 2) {
      for (String where : pairs[i].split(",", -1)) {
        more.put(where, pairs[i + 1]);
      }
    }
    return new TypeColumn(name, type, image, literals, more);
  }

  String literal(int row) {
    String beyond = type.contains("NOT NULL") ? literals.get(0) : "NULL";
    return row < literals.size() ? literals.get(row) : beyond;
  }

  /** SQL of the form in a mode. */
  String imageSql(String mode) {
    String sql = known.getOrDefault(mode + " *", image);
    return sql == null || sql.equals(ABSENT) ? "NULL" : sql.replace("#", name);
  }

  boolean isAbsent(String mode) {
    return ABSENT.equals(known.get(mode + " *"));
  }

  /** The form to expect: a known one, else what the database said. */
  String expected(String mode, String phase, int row, String fromDatabase) {
    if (row >= literals.size()) {
      return type.contains("NOT NULL") ? LOST : "NULL";
    }
    for (String where :
        List.of(
            mode + " " + phase + " " + row,
            mode + " " + row,
            mode + " *",
            phase + " " + row,
            Integer.toString(row))) {
      if (known.containsKey(where)) {
        return where.endsWith("*") ? fromDatabase : known.get(where);
      }
    }
    return fromDatabase;
  }

  /** What a declaration as string gives; null if the tests do not say. */
  String expectedText(String phase, int row) {
    return known.getOrDefault("text " + phase + " " + row, known.get("text " + row));
  }
}
