package io.tidemark.ingest.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Connect's JSON as records. */
class ConnectAnswersTest {
  @Test
  void aFailureIsItsFirstLineAndItsInnermostCause() {
    ConnectorStatus status =
        ConnectAnswers.status(
            json(
                """
                {"name": "shop", "connector": {"state": "RUNNING", "worker_id": "w:1"},
                 "tasks": [
                   {"id": 0, "state": "RUNNING", "worker_id": "w:1"},
                   {"id": 1, "state": "FAILED", "worker_id": "w:2", "trace":
                     "a.B: outer\\n\\tat x\\nCaused by: c.D: middle\\n\\tat y\\nCaused by: e.F: no jdbc://u:pw@h\\n"}]}
                """));

    assertThat(status.failed()).isTrue();
    assertThat(status.running()).isFalse();
    assertThat(status.tasks().get(0).error()).isEmpty();
    assertThat(status.firstError()).hasValue("a.B: outer; caused by e.F: no jdbc://[REDACTED]@h");
    assertThat(status.tasks().get(1).worker()).isEqualTo("w:2");
  }

  @Test
  void aConnectorWithoutTasksDoesNotRunAndHasNotFailed() {
    ConnectorStatus status =
        ConnectAnswers.status(
            json("{\"name\":\"s\",\"connector\":{\"state\":\"RUNNING\"},\"tasks\":[]}"));

    assertThat(status.running()).isFalse();
    assertThat(status.failed()).isFalse();
  }

  @Test
  void expandedConnectorsAreSortedAndMayLackAStatus() {
    List<Connector> connectors =
        ConnectAnswers.connectors(
            json(
                """
                {"b": {"info": {"name": "b", "config": {"connector.class": "X", "n": null}}},
                 "a": {"info": {"name": "a", "config": {}},
                       "status": {"name": "a", "connector": {"state": "PAUSED"}, "tasks": []}}}
                """));

    assertThat(connectors).extracting(Connector::name).containsExactly("a", "b");
    assertThat(connectors)
        .extracting(c -> c.status().state())
        .containsExactly("PAUSED", "UNASSIGNED");
    assertThat(connectors.get(1).config()).isEqualTo(Map.of("connector.class", "X"));
    assertThat(connectors.get(1).type()).isEqualTo("X");
  }

  private static JsonNode json(String text) {
    try {
      return ConnectHttp.JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }
}
