package io.tidemark.ingest.connect;

import java.util.List;
import java.util.Optional;

/**
 * How a connector and its tasks are.
 *
 * @param name the connector's name
 * @param state {@code RUNNING}, {@code PAUSED}, {@code STOPPED}, {@code FAILED}, {@code UNASSIGNED}
 *     or {@code RESTARTING}
 * @param worker {@code host:port} of the worker that runs it; empty while none does
 * @param error why it failed; empty unless it did
 * @param tasks its tasks by number; none before they are started and while it is stopped
 */
public record ConnectorStatus(
    String name, String state, String worker, Optional<String> error, List<Task> tasks) {
  /** The state of a connector or task that works. */
  public static final String RUNNING = "RUNNING";

  /** The state of a connector or task that needs a restart. */
  public static final String FAILED = "FAILED";

  static final String UNASSIGNED = "UNASSIGNED";

  /**
   * One task of a connector.
   *
   * @param id its number, from 0
   * @param state as a connector's
   * @param worker {@code host:port} of the worker that runs it
   * @param error why it failed, on one line; empty unless it did
   */
  public record Task(int id, String state, String worker, Optional<String> error) {}

  /** Keeps a copy of the tasks. */
  public ConnectorStatus {
    tasks = List.copyOf(tasks);
  }

  /** Whether the connector or one of its tasks has failed. */
  public boolean failed() {
    return state.equals(FAILED) || tasks.stream().anyMatch(task -> task.state().equals(FAILED));
  }

  /** Whether the connector and at least one task run, and no task does not. */
  public boolean running() {
    return state.equals(RUNNING)
        && !tasks.isEmpty()
        && tasks.stream().allMatch(task -> task.state().equals(RUNNING));
  }

  /** Why the connector or its first failed task failed; empty if nothing did. */
  public Optional<String> firstError() {
    return error.or(() -> tasks.stream().flatMap(task -> task.error().stream()).findFirst());
  }
}
