package io.tidemark.ingest;

import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;

/** Tells failures of a stream that another try can heal from those that it cannot. */
final class KafkaFailures {
  private KafkaFailures() {}

  static boolean mayPass(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof KafkaException || cause instanceof TimeoutException) {
        return true;
      }
      // A task's failure reaches the driver as text only.
      String message = String.valueOf(cause.getMessage());
      if (message.contains("org.apache.kafka.common.errors.")
          || message.contains("org.apache.kafka.clients.consumer.")
          || message.contains("Cannot fetch record")
          || message.contains("Cannot fetch offset")
          || message.contains("some data may have been lost")
          || message.contains("Some data may have been lost")) {
        return true;
      }
    }
    return false;
  }
}
