package io.tidemark.cli.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All processes of the pipeline that a demo has started, and what they did together. */
final class ChildRuns {
  private final List<PipelineChild> children = new ArrayList<>();
  private boolean over;

  synchronized PipelineChild start(
      Path folder, List<String> arguments, Map<String, String> environment) {
    if (over) {
      throw new IllegalStateException("The demo has been stopped");
    }
    PipelineChild child = PipelineChild.start(folder, children.size() + 1, arguments, environment);
    children.add(child);
    return child;
  }

  /** Kills those that still run, and lets no other begin. */
  synchronized void killAll() {
    over = true;
    children.forEach(PipelineChild::close);
  }

  /** The rows of one count over all steps of a kind. */
  synchronized long rows(String step, String count) {
    return children.stream()
        .flatMap(child -> child.steps().stream())
        .filter(line -> line.path("step").asText().equals(step))
        .mapToLong(line -> line.path("rows").path(count).asLong())
        .sum();
  }
}
