package io.tidemark.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.merge.log.Broadcasts;
import io.tidemark.merge.log.Change;
import io.tidemark.merge.log.Shape;
import io.tidemark.merge.log.TestLake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a merge keeps in memory does not grow with the table. */
final class MergeMemoryTest {
  private static final Shape NOTES = Shape.of("id int", "n int", "text string");
  private static final int ROWS = 20_000;

  /** What Spark may take for small, in bytes of rows; its hash tables grow by doubling. */
  private static final long SMALL = 32L << 20;

  /** In files, texts that repeat are next to nothing. */
  @Test
  void bringsNoTableToTheDriverBecauseItsFilesAreSmall(@TempDir Path folder) throws Exception {
    TestLake lake = new TestLake(folder);
    String text = "repeating ".repeat(400);
    lake.land("notes", IntStream.range(0, ROWS).mapToObj(id -> note(id, 1, text)).toList());
    lake.merge("notes");
    assertThat(bytes(folder.resolve("silver/notes"))).isLessThan(5L << 20);

    lake.land("notes", List.of(note(0, 2, "first"), note(ROWS - 1, 2, "last")));
    try (Broadcasts broadcasts = new Broadcasts(lake.lake().spark().sparkContext())) {
      StepRecord step = lake.merge("notes");

      assertThat(step.counts().of(Count.UPDATED)).isEqualTo(2);
      assertThat(broadcasts.largest()).isPositive().isLessThan(SMALL);
    }
  }

  private static Change note(int id, int n, String text) {
    return NOTES.update(10L * n, "{'id':%d,'n':%d,'text':'%s'}".formatted(id, n, text));
  }

  private static long bytes(Path folder) throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(f -> f.toString().endsWith(".parquet"))
          .mapToLong(MergeMemoryTest::size)
          .sum();
    }
  }

  private static long size(Path file) {
    return file.toFile().length();
  }
}
