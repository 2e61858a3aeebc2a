package io.tidemark.cli.quality;

import io.tidemark.quality.profile.ColumnProfile;
import io.tidemark.quality.profile.ColumnProfile.Extent;
import io.tidemark.quality.profile.TableProfile;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The columns of a table as they are filled, for people and for programs. */
record ProfileLines(TableProfile profile) {
  private static final List<String> HEADING =
      List.of("column", "type", "filled", "different", "least", "greatest", "mean", "values");
  private static final int WIDEST_CELL = 28;
  private static final int MOST_VALUES = 4;
  private static final MathContext DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);

  /** A table as wide as its cells need. */
  String text() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEADING);
    profile.columns().forEach(column -> lines.add(cells(column)));
    int[] widths = new int[HEADING.size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder row = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        row.append("  ").append(line.get(i)).append(" ".repeat(widths[i] - line.get(i).length()));
      }
      text.append(row.toString().stripTrailing()).append(System.lineSeparator());
    }
    return text.toString();
  }

  private List<String> cells(ColumnProfile column) {
    return List.of(
        shortened(column.name()),
        shortened(column.type()),
        percent(column.complete()),
        column.distinct().isPresent()
            ? String.format(Locale.ROOT, "~%,d", column.distinct().getAsLong())
            : "",
        column.extent().map(Extent::least).map(ProfileLines::shortened).orElse(""),
        column.extent().map(Extent::greatest).map(ProfileLines::shortened).orElse(""),
        column.mean().isPresent() ? number(column.mean().getAsDouble()) : "",
        values(column));
  }

  /** Rounded down, so that a column that lacks one value is not full. */
  private static String percent(double share) {
    return BigDecimal.valueOf(share)
            .movePointRight(2)
            .setScale(1, RoundingMode.DOWN)
            .stripTrailingZeros()
            .toPlainString()
        + " %";
  }

  private static String number(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString()
        : String.valueOf(value);
  }

  /** Values that no two rows share say nothing. */
  private static String values(ColumnProfile column) {
    if (column.values().values().stream().noneMatch(rows -> rows > 1)) {
      return "";
    }
    String first =
        column.values().entrySet().stream()
            .limit(MOST_VALUES)
            .map(entry -> "%s (%,d)".formatted(shortened(entry.getKey()), entry.getValue()))
            .collect(Collectors.joining(", "));
    int more = column.values().size() - MOST_VALUES;
    return more > 0 ? first + ", %d more".formatted(more) : first;
  }

  private static String shortened(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= WIDEST_CELL ? line : line.substring(0, WIDEST_CELL - 3) + "...";
  }

  List<Map<String, Object>> asList() {
    List<Map<String, Object>> columns = new ArrayList<>();
    for (ColumnProfile column : profile.columns()) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("column", column.name());
      map.put("type", column.type());
      map.put("complete", column.complete());
      map.put(
          "approx_distinct", column.distinct().isPresent() ? column.distinct().getAsLong() : null);
      map.put("least", column.extent().map(Extent::least).orElse(null));
      map.put("greatest", column.extent().map(Extent::greatest).orElse(null));
      map.put(
          "mean",
          column.mean().isPresent() && Double.isFinite(column.mean().getAsDouble())
              ? column.mean().getAsDouble()
              : null);
      map.put("values", column.values());
      columns.add(map);
    }
    return columns;
  }
}
