package io.tidemark.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaFailuresTest {
  private static boolean mayPass(Throwable cause) {
    return KafkaFailures.mayPass(new IllegalStateException("Writing job aborted", cause));
  }

  @Test
  void whatTheClientSaysItself() {
    assertThat(mayPass(new DisconnectException("gone"))).isTrue();
    assertThat(mayPass(new TimeoutException("Cannot fetch"))).isTrue();
    assertThat(KafkaFailures.mayPass(new DisconnectException("gone"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Job aborted due to stage failure: ... org.apache.kafka.common.errors.TimeoutException: x",
        "org.apache.kafka.clients.consumer.OffsetOutOfRangeException: Fetch position ...",
        "Cannot fetch record for offset 7 in 20000 milliseconds",
        "Cannot fetch offset 7 (GroupId: ..., TopicPartition: t-0)",
        "Partition t-0's offset was changed from 9 to 3, some data may have been lost.",
        "t-1 are gone. Some data may have been lost"
      })
  void whatATaskSaysInWords(String message) {
    assertThat(mayPass(new SparkException(message))).isTrue();
  }

  @Test
  void bugsDoNotPass() {
    assertThat(mayPass(new NullPointerException())).isFalse();
    assertThat(mayPass(new SparkException("Job aborted due to stage failure: out of memory")))
        .isFalse();
    assertThat(mayPass(new IllegalArgumentException("kafka"))).isFalse();
  }
}
