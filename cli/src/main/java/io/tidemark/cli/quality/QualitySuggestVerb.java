package io.tidemark.cli.quality;

import io.tidemark.cli.verb.Environment;
import io.tidemark.cli.verb.PipelineOptions;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.error.Errors;
import io.tidemark.core.error.ExitCode;
import io.tidemark.core.json.JsonLine;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.quality.suggest.ChecksTexts;
import io.tidemark.quality.suggest.SuggestJob;
import io.tidemark.quality.suggest.SuggestJob.Suggested;
import io.tidemark.quality.suggest.SuggestedFile;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidemark quality suggest}. */
@Command(
    name = "suggest",
    description =
        "Looks at the rows of a table, shows what is in its columns, and adds checks of what they have"
            + " in common to the checks file. What stands in the file stays as it is; what it has"
            + " already is not added again.",
    mixinStandardHelpOptions = true)
final class QualitySuggestVerb implements Callable<Integer> {
  @Mixin private PipelineOptions options;

  @Option(
      names = "--table",
      required = true,
      paramLabel = "TABLE",
      description = "The table with its layer, such as silver.orders")
  private String table;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "The checks file to add to, or to create; default: the one the pipeline names")
  private Path file;

  @Option(names = "--dry-run", description = "Only show what would be added")
  private boolean dryRun;

  @Option(
      names = "--sample",
      paramLabel = "PERCENT",
      description =
          "Look at about so many of a hundred rows, the same ones each time; default: all")
  private Double percent;

  private final Environment environment;

  QualitySuggestVerb(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    TableRef wanted = wanted();
    OptionalDouble sample = sample();
    PipelineSpec spec = options.read(environment);
    Path target = target(spec);
    Lake lake = PipelineOptions.lake(spec);
    try {
      Suggested suggested = new SuggestJob(spec, lake).run(wanted, sample);
      ChecksTexts texts = new ChecksTexts(spec, environment.variables());
      SuggestedFile result = SuggestedFile.of(target, wanted, suggested.proposals(), texts);
      boolean writes = !dryRun && !result.added().isEmpty();
      if (writes) {
        result.write();
      }
      print(new SuggestionLines(wanted, suggested, result), writes);
      if (writes && spec.checks().file().isEmpty()) {
        System.err.printf("-> name it in %s: 'checks: %s'%n", spec.file(), target);
      }
      return ExitCode.DONE.code();
    } finally {
      lake.spark().stop();
    }
  }

  private void print(SuggestionLines lines, boolean written) {
    if (options.format() == PipelineOptions.Format.JSON) {
      System.out.println(JsonLine.of(lines.asMap(written)));
    } else {
      System.out.print(lines.text(written));
    }
  }

  private TableRef wanted() {
    return TableRef.parse(table)
        .orElseThrow(
            () ->
                Errors.configuration(
                    "Cannot suggest checks for '%s': it names no layer".formatted(table),
                    "Name bronze.<table>, silver.<table> or gold.<mart>, such as --table silver."
                        + table));
  }

  private OptionalDouble sample() {
    if (percent == null) {
      return OptionalDouble.empty();
    }
    if (!(percent > 0 && percent < 100)) {
      throw Errors.configuration(
          "Cannot look at %s %% of the rows".formatted(percent),
          "Give more than 0 and less than 100, or leave out --sample for all rows");
    }
    return OptionalDouble.of(percent);
  }

  private Path target(PipelineSpec spec) {
    if (file != null || spec.checks().file().isPresent()) {
      return file != null ? file : spec.checks().file().get();
    }
    Path usual = Path.of("conf", "checks", spec.name() + ".yml");
    if (dryRun) {
      return usual;
    }
    throw Errors.configuration(
        "Cannot tell where to add checks: %s names no checks file".formatted(spec.file()),
        "Say --file %s, or look only: --dry-run".formatted(usual));
  }
}
