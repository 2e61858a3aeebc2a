package io.tidemark.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.merge.log.Shape;
import io.tidemark.merge.log.TestLake;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rule 6: a truncate removes exactly the rows with an earlier position. */
class MergeTruncateTest {
  private static final Shape ITEMS = Shape.of("id bigint", "body string");

  @TempDir Path folder;

  @Test
  void earlierRowsGoLaterOnesStayAndNoneComesBack() {
    TestLake lake = new TestLake(folder);
    lake.land(
            "items",
            ITEMS.create(10, "{'id':1,'body':'before'}"),
            ITEMS.create(60, "{'id':2,'body':'after'}"))
        .merge("items");
    StepRecord truncated =
        lake.land(
                "items",
                ITEMS.truncate(50),
                ITEMS.create(20, "{'id':3,'body':'before, in its batch'}"),
                ITEMS.create(70, "{'id':4,'body':'after'}"),
                ITEMS.update(80, "{'id':1,'body':'__debezium_unavailable_value'}"))
            .merge("items");

    assertThat(lake.rows("items")).containsExactly("2|after", "4|after");
    assertThat(truncated.counts().of(Count.TRUNCATES)).isEqualTo(1);
    assertThat(truncated.counts().of(Count.OLDER)).as("key 3").isEqualTo(1);
    assertThat(truncated.counts().of(Count.QUARANTINED))
        .as("key 1, whose stored value was truncated")
        .isEqualTo(1);

    lake.land(
            "items",
            ITEMS.update(30, "{'id':1,'body':'older, later on'}"),
            ITEMS.read(40, "{'id':5,'body':'older, later on'}"),
            ITEMS.truncate(45))
        .merge("items");

    assertThat(lake.rows("items")).containsExactly("2|after", "4|after");
  }

  @Test
  void aTableThatIsTruncatedBeforeItsFirstRow() {
    TestLake lake = new TestLake(folder);
    lake.land("items", ITEMS.truncate(10));
    assertThat(lake.pass("items")).as("nothing is known of its key yet").isEmpty();

    StepRecord step = lake.land("items", ITEMS.create(20, "{'id':1,'body':'a'}")).merge("items");

    assertThat(lake.rows("items")).containsExactly("1|a");
    assertThat(step.counts().of(Count.TRUNCATES)).isEqualTo(1);

    lake.land("items", ITEMS.truncate(30)).merge("items");

    assertThat(lake.rows("items")).isEmpty();
  }
}
