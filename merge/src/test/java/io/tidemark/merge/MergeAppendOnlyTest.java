package io.tidemark.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.event.Position.Phase;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.merge.log.Change;
import io.tidemark.merge.log.Shape;
import io.tidemark.merge.log.TestLake;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules 1 and 8 for a table without a key: every event is a row, once. */
class MergeAppendOnlyTest {
  private static final Shape LOG = Shape.of("line string", "body string");

  private static Change event(String op, long lsn, String line, String body) {
    String row = "{\"line\":\"%s\",\"body\":\"%s\"}".formatted(line, body);
    return new Change(
        op,
        null,
        line == null ? null : row,
        lsn,
        op.equals("r") ? Phase.SNAPSHOT : Phase.STREAM,
        LOG.keyless());
  }

  @Test
  void rule1EveryEventIsARowOnce(@TempDir Path folder) {
    TestLake lake = new TestLake(folder).declare("log", "append-only: true");
    Change[] streamed = {
      event("c", 10, "a", "x"),
      event("c", 10, "b", "x"),
      event("u", 20, "b", "__debezium_unavailable_value"),
      event("d", 30, null, null),
      event("t", 40, null, null)
    };
    lake.land("log", event("r", 5, "same", "x"), event("r", 5, "same", "x"), streamed[0])
        .merge("log");
    assertThat(lake.land("log", streamed).merge("log").counts().of(Count.INSERTED)).isEqualTo(4);
    assertThat(
            lake.land("log", streamed[4], streamed[2], streamed[2], streamed[1])
                .merge("log")
                .counts()
                .of(Count.REPLAYED))
        .isEqualTo(4);

    assertThat(
            TestLake.texts(
                lake.lake()
                    .silver("log")
                    .read()
                    .selectExpr("_op", "line", "body", "array_join(_unlogged, ',')")))
        .isEqualTo(
            List.of(
                "c|a|x|null",
                "c|b|x|null",
                "d|null|null|null",
                "r|same|x|null",
                "r|same|x|null",
                "t|null|null|null",
                "u|b|null|body"));
  }
}
