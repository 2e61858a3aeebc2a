package io.tidemark.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.error.ExitCode;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.table.CommitToken;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rules 12 and 13: the lake tells where to go on, and a gap stops its topic only. */
class StartOffsetsTest {
  private static TopicPartitionRange range(String topic, int partition, long earliest, long end) {
    return new TopicPartitionRange(topic, partition, earliest, end);
  }

  private static StartOffsets plan(Map<String, Long> landed, TopicPartitionRange... ranges) {
    return StartOffsets.plan(
        "shop", List.of(ranges), range -> landed.getOrDefault(range.toString(), CommitToken.NONE));
  }

  @Test
  void whatNeverLandedStartsAtTheBeginning() {
    StartOffsets start = plan(Map.of(), range("a", 0, 0, 10), range("a", 1, 5, 10));

    assertThat(start.json()).isEqualTo("{\"a\":{\"0\":-2,\"1\":-2}}");
    assertThat(start.blocked()).isEmpty();
  }

  @Test
  void whatHasLandedGoesOn() {
    StartOffsets start =
        plan(
            Map.of("a/0", 7L, "a/1", 10L, "b/0", 5L),
            range("b", 0, 5, 5),
            range("a", 1, 0, 10),
            range("a", 0, 7, 10));

    assertThat(start.json()).isEqualTo("{\"a\":{\"0\":7,\"1\":10},\"b\":{\"0\":5}}");
    assertThat(start.blocked()).isEmpty();
  }

  @Test
  void aNewPartitionStartsAtItsBeginning() {
    StartOffsets start = plan(Map.of("a/0", 7L), range("a", 0, 0, 10), range("a", 1, 0, 3));

    assertThat(start.json()).isEqualTo("{\"a\":{\"0\":7,\"1\":-2}}");
  }

  @Test
  void numbersOfPartitionsAreSortedAsNumbers() {
    StartOffsets start =
        plan(Map.of(), range("a", 10, 0, 1), range("a", 9, 0, 1), range("a", 1, 0, 1));

    assertThat(start.json()).isEqualTo("{\"a\":{\"1\":-2,\"9\":-2,\"10\":-2}}");
  }

  @Test
  void expiredRecordsBlockTheirWholeTopicAndNoOther() {
    StartOffsets start =
        plan(
            Map.of("a/0", 3L, "a/1", 5L, "b/0", 4L),
            range("a", 0, 9, 20),
            range("a", 1, 0, 20),
            range("b", 0, 4, 20));

    assertThat(start.json()).isEqualTo("{\"b\":{\"0\":4}}");
    assertThat(start.blocked()).containsOnlyKeys("a");
    TidemarkException error = start.blocked().get("a");
    assertThat(error.exitCode()).isEqualTo(ExitCode.DATA_LOSS);
    assertThat(error)
        .hasMessage(
            "Cannot continue a/0 of pipeline 'shop': offsets 3 to 8 expired before they were"
                + " landed");
    assertThat(error.remedy())
        .contains("Raise the topic's retention", "nothing of this topic was applied");
  }

  @Test
  void whatExpiredBeforeTheFirstLandingIsNoGap() {
    assertThat(plan(Map.of(), range("a", 0, 9, 20)).blocked()).isEmpty();
    assertThat(plan(Map.of("a/0", 9L), range("a", 0, 9, 20)).blocked())
        .as("the next record is still there")
        .isEmpty();
  }

  @Test
  void aTopicThatEndsBeforeWhatHasLandedIsAnotherOne() {
    StartOffsets start = plan(Map.of("a/0", 21L), range("a", 0, 0, 20), range("b", 0, 0, 1));

    assertThat(start.json()).isEqualTo("{\"b\":{\"0\":-2}}");
    assertThat(start.blocked().get("a"))
        .hasMessage(
            "Cannot continue a/0 of pipeline 'shop': the lake has landed up to offset 21, the topic"
                + " ends at 20; it was deleted and created anew, or restored")
        .extracting(e -> ((TidemarkException) e).exitCode())
        .isEqualTo(ExitCode.DATA_LOSS);
  }

  @Test
  void theFirstPartitionWithAGapNamesIt() {
    StartOffsets start =
        plan(Map.of("a/0", 1L, "a/1", 2L), range("a", 0, 5, 9), range("a", 1, 5, 9));

    assertThat(start.blocked().get("a")).hasMessageContaining("a/0");
    assertThat(start.json()).isEqualTo("{}");
  }

  @Test
  void noTopicsAreNoOffsets() {
    assertThat(plan(Map.of("a/0", 1L)).json()).isEqualTo("{}");
  }
}
