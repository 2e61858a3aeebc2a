package io.tidemark.cli.quality;

import io.tidemark.cli.verb.Environment;
import io.tidemark.cli.verb.PipelineOptions;
import io.tidemark.core.check.Layer;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.error.Errors;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.spec.PipelineFile;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.table.LakeTable;
import io.tidemark.quality.contract.Contract;
import io.tidemark.quality.contract.ContractPage;
import io.tidemark.quality.page.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.types.StructField;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tidemark quality contract}. */
@Command(
    name = "contract",
    description = "Writes what is expected of a table as a page for the team that owns its source.",
    mixinStandardHelpOptions = true)
final class QualityContractVerb implements Callable<Integer> {
  /** How the page is written. */
  enum Format {
    MARKDOWN,
    HTML
  }

  @Option(
      names = "--pipeline",
      required = true,
      paramLabel = "FILE",
      description = "The pipeline file, for example conf/pipelines/shop.yml")
  private Path pipeline;

  @Option(
      names = "--table",
      required = true,
      paramLabel = "TABLE",
      description = "The table, such as orders or silver.orders")
  private String table;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write the page; default: standard output")
  private Path out;

  @Option(
      names = "--format",
      defaultValue = "markdown",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
  private Format format;

  private final Environment environment;

  QualityContractVerb(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    PipelineSpec spec = PipelineFile.read(pipeline, environment.variables());
    TableRef wanted = CheckedTables.named(spec, table);
    Lake lake = PipelineOptions.lake(spec);
    try {
      Document page = ContractPage.of(contract(spec, lake.table(wanted), wanted));
      write(format == Format.HTML ? page.html() : page.markdown());
      return 0;
    } finally {
      lake.spark().stop();
    }
  }

  private static Contract contract(PipelineSpec spec, LakeTable table, TableRef ref) {
    boolean silver = ref.layer() == Layer.SILVER;
    Map<String, String> columns = new LinkedHashMap<>();
    if (table.exists()) {
      for (StructField field : table.schema().fields()) {
        if (!silver || !SilverColumns.isOwn(field.name())) {
          columns.put(field.name(), field.dataType().sql().toLowerCase(java.util.Locale.ROOT));
        }
      }
    }
    Map<String, String> masks = new LinkedHashMap<>();
    if (silver) {
      spec.table(ref.name()).lakeMasks().forEach((column, mask) -> masks.put(column, mask.text()));
    }
    return new Contract(
        spec.checks().of(ref).orElseThrow(), key(spec, table, ref), columns, masks, told(spec));
  }

  private static List<String> told(PipelineSpec spec) {
    return spec.alerts().channels().values().stream()
        .map(
            channel ->
                "%s (%s), from severity %s"
                    .formatted(
                        channel.name(), channel.target().type(), channel.minSeverity().word()))
        .toList();
  }

  private static List<String> key(PipelineSpec spec, LakeTable table, TableRef ref) {
    if (ref.layer() == Layer.GOLD && spec.gold().containsKey(ref.name())) {
      return spec.gold().get(ref.name()).key();
    }
    boolean known =
        ref.layer() == Layer.SILVER
            && table.exists()
            && table.properties().containsKey(SilverColumns.KEY_PROPERTY);
    return known
        ? SilverColumns.key(table.properties())
        : ref.layer() == Layer.SILVER ? spec.table(ref.name()).key() : List.of();
  }

  private void write(String page) {
    if (out == null) {
      System.out.print(page);
      return;
    }
    try {
      if (out.toAbsolutePath().getParent() != null) {
        Files.createDirectories(out.toAbsolutePath().getParent());
      }
      Files.writeString(out, page);
    } catch (IOException e) {
      throw Errors.configuration(
          "Cannot write the contract to %s: %s".formatted(out, e),
          "Name a file that can be written, or none to have it on standard output");
    }
  }
}
