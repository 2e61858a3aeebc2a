package io.tidemark.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** All processes of the pipeline that a demo has started, and what they did together. */
final class ChildRuns {
  private final List<PipelineChild> children = new CopyOnWriteArrayList<>();

  PipelineChild start(Path folder, String pipeline, String until, Map<String, String> environment) {
    PipelineChild child =
        PipelineChild.start(folder, children.size() + 1, pipeline, until, environment);
    children.add(child);
    return child;
  }

  PipelineChild last() {
    return children.get(children.size() - 1);
  }

  void killAll() {
    children.forEach(PipelineChild::close);
  }

  /** The rows of one count over all steps of a kind. */
  long rows(String step, String count) {
    return children.stream()
        .flatMap(child -> child.steps().stream())
        .filter(line -> line.path("step").asText().equals(step))
        .mapToLong(line -> line.path("rows").path(count).asLong())
        .sum();
  }

  /** The source's time of the newest change that any run has applied. */
  Optional<String> newestSourceTime() {
    return children.stream()
        .flatMap(child -> child.steps().stream())
        .map(line -> line.path("newest_source_time"))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .max(String::compareTo);
  }
}
