package io.tidemark.cli.quality;

import io.tidemark.core.check.Layer;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.error.Errors;
import io.tidemark.core.spec.PipelineSpec;
import java.util.List;

/** The tables with checks, as people name them. */
final class CheckedTables {
  private CheckedTables() {}

  /**
   * The table that {@code silver.orders} or {@code orders} means; of one name in several layers the
   * silver one.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if no checks are declared of
   *     such a table
   */
  static TableRef named(PipelineSpec spec, String text) {
    List<TableRef> checked = List.copyOf(spec.checks().tables().keySet());
    List<TableRef> called = checked.stream().filter(table -> table.isCalled(text)).toList();
    return called.stream()
        .filter(table -> table.layer() == Layer.SILVER)
        .findFirst()
        .or(() -> called.stream().findFirst())
        .orElseThrow(
            () ->
                Errors.configuration(
                    "Cannot find table '%s' among those that pipeline '%s' checks"
                        .formatted(text, spec.name()),
                    checked.isEmpty()
                        ? "Write a checks file and name it in %s: 'checks: conf/checks/%s.yml'"
                            .formatted(spec.file(), spec.name())
                        : "Name one of " + checked));
  }
}
