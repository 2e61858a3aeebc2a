package io.tidemark.cli.query;

import io.tidemark.cli.verb.Environment;
import io.tidemark.cli.verb.PipelineOptions;
import io.tidemark.core.error.Errors;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.lake.LakeCatalog;
import io.tidemark.core.spec.PipelineSpec;
import java.util.Iterator;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidemark sql}. */
@Command(
    name = "sql",
    description = "Runs a query over bronze.*, silver.*, history.*, gold.* and tidemark.runs.",
    mixinStandardHelpOptions = true)
public final class SqlVerb implements Callable<Integer> {
  private static final int WIDEST_CELL = 60;

  @Mixin private PipelineOptions options;

  @Parameters(paramLabel = "QUERY", description = "One SQL statement")
  private String query;

  @Option(
      names = "--limit",
      defaultValue = "1000",
      description = "Rows of a table for people, default ${DEFAULT-VALUE}; JSON has no limit")
  private int limit;

  private final Environment environment;

  SqlVerb(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    PipelineSpec spec = options.read(environment);
    Lake lake = PipelineOptions.lake(spec);
    try {
      LakeCatalog.register(lake);
      print(lake.spark().sql(query));
      return 0;
    } catch (Exception e) { // Spark's analysis errors are checked, and undeclared.
      if (e instanceof org.apache.spark.sql.AnalysisException analysis) {
        throw Errors.badQuery(analysis.getSimpleMessage());
      }
      throw e;
    } finally {
      lake.spark().stop();
    }
  }

  private void print(Dataset<Row> result) {
    if (options.format() == PipelineOptions.Format.JSON) {
      Iterator<String> lines = result.toJSON().toLocalIterator();
      lines.forEachRemaining(System.out::println);
    } else if (result.columns().length > 0) {
      System.out.print(result.showString(limit, WIDEST_CELL, false));
    }
  }
}
