package io.tidemark.core.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.schema.ExactText;
import io.tidemark.core.schema.LakeType;
import io.tidemark.core.spark.SharedSpark;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Originals of every type come back from their texts as they were, to the last bit. */
@ExtendWith(SharedSpark.class)
class OriginalRowsTest {
  /** Awkward values by the DDL of their type. */
  private static Map<String, List<Object>> values() {
    Map<String, List<Object>> values = new LinkedHashMap<>();
    values.put("STRING", List.of("", " 'a'\\ \"\n\u00e9\ud83d\ude00", "NULL"));
    values.put("BOOLEAN", List.of(true, false));
    values.put("INT", List.of(Integer.MIN_VALUE, 0, Integer.MAX_VALUE));
    values.put("BIGINT", List.of(Long.MIN_VALUE, Long.MAX_VALUE));
    values.put("FLOAT", List.of(0.1f, Float.MIN_VALUE, -0.0f, Float.NaN, 1 / 0f));
    values.put(
        "DOUBLE", List.of(0.1, 2.0E-3, Double.MIN_VALUE, Double.MAX_VALUE, -0.0, -1 / 0d, 0 / 0d));
    values.put(
        "DECIMAL(38,20)",
        List.of(
            new BigDecimal("0E-20"), new BigDecimal("-123456789012345678.00000000000000000001")));
    values.put("DECIMAL(12,2)", List.of(new BigDecimal("10.00"), new BigDecimal("-0.01")));
    values.put("DATE", List.of(LocalDate.parse("0001-01-01"), LocalDate.parse("9999-12-31")));
    values.put(
        "TIMESTAMP",
        List.of(
            Instant.parse("0001-01-01T00:00:00Z"),
            Instant.parse("2026-10-25T00:30:00.000001Z"),
            Instant.parse("9999-12-31T23:59:59.999999Z")));
    values.put(
        "TIMESTAMP_NTZ",
        List.of(
            LocalDateTime.parse("2026-03-29T02:30:00"),
            LocalDateTime.parse("1582-10-10T00:00:00.000001")));
    return values;
  }

  @Test
  void everyValueComesBack(SparkSession spark) {
    for (Map.Entry<String, List<Object>> type : values().entrySet()) {
      LakeType lakeType = LakeType.parse(type.getKey());
      assertThat(ExactText.isOf(lakeType)).isTrue();
      List<Row> rows = new ArrayList<>();
      for (Object value : type.getValue()) {
        String text = ExactText.of(value);
        assertThat(ExactText.value(text, lakeType)).isEqualTo(value);
        rows.add(RowFactory.create(null, Map.of("a`b", text)));
      }
      StructType columns =
          new StructType()
              .add("a`b", DataType.fromDDL(type.getKey()))
              .add(
                  SilverColumns.ORIGINAL,
                  DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType));
      Dataset<Row> silver = spark.createDataFrame(rows, columns);
      Dataset<Row> original = OriginalRows.of(silver);
      assertThat(original.schema()).as("the table's columns").isEqualTo(columns);
      assertThat(original.collectAsList().stream().map(row -> row.get(0)).toList())
          .as(type.getKey())
          .isEqualTo(type.getValue());
    }
  }

  @Test
  void whatWasNotCorrectedIsWhatIsStored(SparkSession spark) {
    Dataset<Row> silver =
        spark.sql(
            "SELECT * FROM VALUES (1, 'a', NULL), (2, 'b', map('n', NULL, 's', 'B')),"
                + " (3, NULL, map('n', '7')) AS t(n, s, _original)");
    assertThat(
            OriginalRows.of(silver).select("n", "s").collectAsList().stream()
                .map(row -> row.mkString("|")))
        .containsExactly("1|a", "null|B", "7|null");
    Dataset<Row> plain = silver.drop(SilverColumns.ORIGINAL);
    assertThat(OriginalRows.of(plain)).isSameAs(plain);
  }
}
