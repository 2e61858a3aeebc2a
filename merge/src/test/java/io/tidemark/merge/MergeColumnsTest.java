package io.tidemark.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.merge.log.Shape;
import io.tidemark.merge.log.TestLake;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules 10 and 11: values arrive exactly, and columns come and go. */
class MergeColumnsTest {
  private static final Shape TYPES =
      Shape.of(
          "id bigint",
          "flag boolean",
          "small int",
          "single float",
          "twice double",
          "exact decimal(38,10)",
          "raw binary",
          "day date",
          "moment timestamp",
          "clock timestamp_ntz",
          "list array<decimal(5,2)>",
          "map map<string,timestamp>",
          "struct struct<x: int, inner: struct<tags: array<string>, local: timestamp_ntz>>");

  private static final String FULL =
      """
      {"id":1,"flag":true,"small":-2147483648,"single":0.1,"twice":1e-300,
       "exact":1234567890123456789012345678.0123456789,"raw":"AP8=","day":"0001-01-01",
       "moment":"2026-01-02T03:04:05.678901Z","clock":"9999-12-31T23:59:59.999999",
       "list":[1.50,null],"map":{"a":"1969-12-31T23:59:59.999999Z","b":null},
       "struct":{"x":1,"inner":{"tags":["t",null],"local":"2026-01-01T00:00:00"}}}""";

  @TempDir Path folder;

  @Test
  void everyTypeArrivesByInsertAndByUpdate() {
    TestLake lake = new TestLake(folder);
    String other = FULL.replace("\"id\":1", "\"id\":2");
    lake.land("types", TYPES.create(10, FULL), TYPES.create(10, "{\"id\":2}")).merge("types");
    lake.land("types", TYPES.update(20, "{\"id\":1}"), TYPES.update(20, other)).merge("types");
    lake.land("types", TYPES.update(30, FULL)).merge("types");

    List<Row> rows = lake.lake().silver("types").read().orderBy("id").collectAsList();

    assertThat(rows).hasSize(2).allSatisfy(MergeColumnsTest::assertFull);
  }

  private static void assertFull(Row row) {
    assertThat(row.<Object>getAs("flag")).isEqualTo(true);
    assertThat(row.<Object>getAs("small")).isEqualTo(Integer.MIN_VALUE);
    assertThat(row.<Object>getAs("single")).isEqualTo(0.1f);
    assertThat(row.<Object>getAs("twice")).isEqualTo(1e-300);
    assertThat(row.<Object>getAs("exact"))
        .isEqualTo(new BigDecimal("1234567890123456789012345678.0123456789"));
    assertThat(row.<byte[]>getAs("raw")).containsExactly(0, 0xff);
    assertThat(row.<Object>getAs("day")).isEqualTo(LocalDate.of(1, 1, 1));
    assertThat(row.<Object>getAs("moment")).isEqualTo(Instant.parse("2026-01-02T03:04:05.678901Z"));
    assertThat(row.<Object>getAs("clock"))
        .isEqualTo(LocalDateTime.parse("9999-12-31T23:59:59.999999"));
    assertThat(row.<Object>getList(row.fieldIndex("list")))
        .containsExactly(new BigDecimal("1.50"), null);
    Map<String, Object> map = row.getJavaMap(row.fieldIndex("map"));
    assertThat(map)
        .containsOnlyKeys("a", "b")
        .containsEntry("a", Instant.parse("1969-12-31T23:59:59.999999Z"));
    Row inner = row.<Row>getAs("struct").getAs("inner");
    assertThat(inner.<Object>getList(0)).containsExactly("t", null);
    assertThat(inner.get(1)).isEqualTo(LocalDateTime.parse("2026-01-01T00:00:00"));
  }

  @Test
  void columnsComeAndGoWithinABatch() {
    TestLake lake = new TestLake(folder);
    Shape old = Shape.of("id int", "name string", "n int");
    Shape extended = Shape.of("id int", "extra timestamp_ntz", "name string", "n int", "m int");
    Shape dropped = Shape.of("id int", "extra timestamp_ntz", "m int", "name string");
    lake.land("items", old.create(10, "{'id':1,'name':'a','n':1}")).merge("items");
    lake.land(
            "items",
            old.create(20, "{'id':2,'name':'b','n':2}"),
            old.update(20, "{'id':1,'name':'b','n':2}"),
            extended.update(30, "{'id':1,'extra':'2026-01-01T00:00:00','name':'c','n':3,'m':4}"),
            extended.create(30, "{'id':3,'extra':null,'name':'c','n':3,'m':5}"),
            dropped.create(40, "{'id':4,'extra':null,'m':6,'name':'d'}"))
        .merge("items");
    lake.land("items", dropped.update(50, "{'id':1,'extra':null,'m':7,'name':'e'}")).merge("items");

    assertThat(lake.lake().silver("items").schema().fieldNames())
        .containsExactly("id", "name", "n", "extra", "m", "_position", "_source_ts", "_applied_at");
    assertThat(lake.rows("items"))
        .containsExactly("1|e|null|null|7", "2|b|2|null|null", "3|c|3|null|5", "4|d|null|null|6");
  }

  @Test
  void binaryAndStructColumnsCanBeUnavailable() {
    TestLake lake = new TestLake(folder);
    Shape shape = Shape.keyed(1, "id binary", "raw binary", "place struct<x: int>", "n int");
    String none = "__debezium_unavailable_value";
    lake.land("items", shape.create(10, "{'id':'AQ==','raw':'AP8=','place':{'x':1},'n':1}"))
        .merge("items");
    lake.land(
            "items",
            shape.update(20, "{'id':'AQ==','raw':'%s','place':'%s','n':2}".formatted(none, none)))
        .merge("items");

    Row row = lake.lake().silver("items").read().head();

    assertThat(row.<byte[]>getAs("raw")).containsExactly(0, 0xff);
    assertThat(row.<Object>getAs("place")).isEqualTo(RowFactory.create(1));
    assertThat(row.<Object>getAs("n")).isEqualTo(2);
    assertThat(new String(row.<byte[]>getAs("id"), StandardCharsets.US_ASCII)).isEqualTo("\u0001");
  }
}
