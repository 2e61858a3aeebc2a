package io.tidemark.merge.fold;

import static io.tidemark.merge.fold.Fold.position;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.merge.log.BronzeLog;
import io.tidemark.merge.log.Change;
import io.tidemark.merge.log.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import scala.collection.JavaConverters;

class FoldPartitionTest {
  private static final Shape ITEMS = Shape.of("id bigint", "body string");
  private static final List<String> TARGET = List.of("id bigint", "body string");

  private final FoldPartition partition = new FoldPartition(Fold.decoders(TARGET, ITEMS));

  private static Row input(Change change) {
    BronzeChange bronze = Fold.bronze(change);
    return RowFactory.create(
        bronze.operation(),
        bronze.key(),
        bronze.after(),
        bronze.position(),
        bronze.sourceTime(),
        bronze.schema());
  }

  private List<Row> fold(Change... changes) {
    List<Row> rows = new ArrayList<>();
    partition
        .call(Stream.of(changes).map(FoldPartitionTest::input).iterator())
        .forEachRemaining(rows::add);
    return rows;
  }

  @Test
  void everyKeyBecomesOneRow() {
    List<Row> rows =
        fold(
            ITEMS.update(20, "{'id':1,'body':'b'}"),
            ITEMS.create(10, "{'id':1,'body':'a'}"),
            ITEMS.delete(30, "{'id':2}"),
            ITEMS.create(15, "{'id':3,'body':'c'}"));

    assertThat(rows)
        .containsExactly(
            RowFactory.create(
                1L,
                "b",
                "{\"id\":1}",
                "u",
                position(20),
                BronzeLog.timeOf(20),
                null,
                null,
                2L,
                position(20),
                null,
                position(20),
                null,
                null,
                null,
                null),
            RowFactory.create(
                2L,
                null,
                "{\"id\":2}",
                "d",
                position(30),
                BronzeLog.timeOf(30),
                null,
                null,
                1L,
                null,
                null,
                position(30),
                null,
                null,
                null,
                null),
            RowFactory.create(
                3L,
                "c",
                "{\"id\":3}",
                "u",
                position(15),
                BronzeLog.timeOf(15),
                null,
                null,
                1L,
                position(15),
                null,
                position(15),
                null,
                null,
                null,
                null));
  }

  @Test
  void rowsHaveTheColumnsOfTheirType() {
    List<Row> rows = fold(ITEMS.create(10, "{'id':1,'body':'a'}"));

    assertThat(rows.get(0).size())
        .isEqualTo(FoldedColumns.type(TARGET.stream().map(Fold::field).toList()).length());
  }

  @Test
  void missingValuesAreNamed() {
    Row row = fold(ITEMS.update(20, "{'id':1,'body':'__debezium_unavailable_value'}")).get(0);

    assertThat(row.isNullAt(1)).isTrue();
    assertThat(JavaConverters.mapAsJavaMap(row.<scala.collection.Map<String, String>>getAs(6)))
        .containsOnlyKeys("body")
        .containsEntry("body", "");
    assertThat(row.getString(7)).isEmpty();
  }

  @Test
  void anEmptyPartitionHasNoRows() {
    Iterator<Row> none = partition.call(Collections.emptyIterator());

    assertThat(none.hasNext()).isFalse();
    assertThatThrownBy(none::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void nestedValuesBecomeSparksRows() {
    Shape nested =
        Shape.of(
            "id bigint",
            "points: array<struct<x: int, tags: array<string>>>",
            "named: map<string, struct<y: int>>");
    FoldPartition fold =
        new FoldPartition(
            Fold.decoders(
                List.of(
                    "id bigint",
                    "points array<struct<x: int, tags: array<string>>>",
                    "named map<string, struct<y: int>>"),
                nested));
    Change change =
        nested.create(
            1, "{'id':1,'points':[{'x':1,'tags':['a',null]},null],'named':{'k':{'y':2},'n':null}}");

    Row row = fold.call(List.of(input(change)).iterator()).next();

    assertThat(row.<Object>getList(1)).hasSize(2).last().isNull();
    Row point = (Row) row.getList(1).get(0);
    assertThat(point.getInt(0)).isEqualTo(1);
    assertThat(point.<String>getList(1)).containsExactly("a", null);
    assertThat(row.<String, Row>getJavaMap(2).get("k").getInt(0)).isEqualTo(2);
    assertThat(row.<String, Row>getJavaMap(2)).containsEntry("n", null);
  }
}
