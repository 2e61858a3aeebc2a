package io.tidemark.cli;

import io.tidemark.cli.run.PipelineRun;
import io.tidemark.cli.run.StepLine;
import io.tidemark.cli.status.HeldTables;
import io.tidemark.cli.verb.Environment;
import io.tidemark.cli.verb.PipelineOptions;
import io.tidemark.core.error.Errors;
import io.tidemark.core.error.ExitCode;
import io.tidemark.core.json.JsonLine;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StopSignal;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.spec.SourceType;
import io.tidemark.ingest.KafkaGaps;
import io.tidemark.ingest.KafkaGaps.Gap;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidemark recover}. */
@Command(
    name = "recover",
    description = {
      "Tells why a table does not move, what can be done, and what each way costs. With --choose,",
      "carries one out, up to a comparison with the source; not while another process runs the",
      "pipeline."
    },
    mixinStandardHelpOptions = true)
final class RecoverVerb implements Callable<Integer> {
  /** The ways out. */
  enum Way {
    RESUME("go on behind the gap; what changed in it stays as it was until it changes again"),
    SNAPSHOT("go on, and have the connector read the table; rows deleted in the gap stay"),
    BACKFILL("go on, and read all rows from the database; rows deleted in the gap go"),
    EPOCH("the source began its log anew: declare that, and read all rows from the database");

    private final String words;

    Way(String words) {
      this.words = words;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Mixin private PipelineOptions options;

  @Option(names = "--table", required = true, paramLabel = "T", description = "The table")
  private String table;

  @Option(
      names = "--choose",
      paramLabel = "WAY",
      description = "Carry this out: ${COMPLETION-CANDIDATES}")
  private Way way;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "What happened; needed with --choose, and kept")
  private String reason;

  private final Environment environment;

  RecoverVerb(Environment environment) {
    this.environment = environment;
  }

  /** What keeps a table from moving. */
  private record Found(List<Gap> gaps, Optional<String> held) {
    Set<Way> ways(PipelineSpec spec) {
      Set<Way> ways = new LinkedHashSet<>();
      boolean readable =
          spec.database().database().isPresent() || spec.source().type() == SourceType.JDBC;
      if (!gaps.isEmpty()) {
        ways.add(Way.RESUME);
        ways.add(Way.SNAPSHOT);
        if (readable) {
          ways.add(Way.BACKFILL);
        }
      } else if (held.isPresent() && readable) {
        ways.add(Way.EPOCH);
      }
      return ways;
    }
  }

  @Override
  public Integer call() {
    PipelineSpec spec = options.read(environment);
    Found found = found(spec);
    Set<Way> ways = found.ways(spec);
    if (way == null) {
      return tell(found, ways);
    }
    if (!ways.contains(way) || reason == null) {
      throw Errors.configuration(
          reason == null
              ? "Cannot choose without a reason"
              : "Cannot recover table '%s' by %s: ways are %s".formatted(table, way, ways),
          "Look first: tidemark recover --table %s --pipeline %s; then add --choose and --reason"
              .formatted(table, options.file()));
    }
    return carryOut(spec, found);
  }

  private Found found(PipelineSpec spec) {
    Lake lake = PipelineOptions.lake(spec);
    try {
      if (!lake.bronze(table).exists()) {
        throw Errors.unknownTable(lake.toString(), table, lake.bronzeTables());
      }
      List<Gap> gaps =
          spec.source().type() == SourceType.DEBEZIUM
              ? new KafkaGaps(spec, lake).of(table)
              : List.of();
      return new Found(gaps, new HeldTables(spec, lake).reason(table));
    } finally {
      lake.spark().stop();
    }
  }

  private int tell(Found found, Set<Way> ways) {
    boolean moves = found.gaps().isEmpty() && found.held().isEmpty();
    if (options.format() == PipelineOptions.Format.JSON) {
      System.out.println(JsonLine.of(map(found, ways)));
    } else if (moves) {
      System.out.printf("nothing keeps table '%s' from moving%n", table);
    } else {
      print(found, ways);
    }
    return moves ? ExitCode.DONE.code() : ExitCode.DATA_LOSS.code();
  }

  private Map<String, Object> map(Found found, Set<Way> ways) {
    List<Map<String, Object>> gaps = new ArrayList<>();
    for (Gap gap : found.gaps()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("topic", gap.topic());
      one.put("partition", gap.partition());
      one.put("next_offset", gap.next());
      one.put("earliest_offset", gap.earliest());
      one.put("lost_records", gap.records().orElse(null));
      one.put("tables", gap.tables());
      gaps.add(one);
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("table", table);
    map.put("gaps", gaps);
    map.put("held", found.held().orElse(null));
    map.put("ways", ways.stream().map(Way::word).toList());
    return map;
  }

  private void print(Found found, Set<Way> ways) {
    found.gaps().forEach(RecoverVerb::print);
    found.held().ifPresent(why -> System.out.printf("%s is held: %s%n", table, why));
    ways.forEach(one -> System.out.printf("--choose %-9s %s%n", one.word(), one.words));
    if (ways.contains(Way.BACKFILL) || ways.contains(Way.EPOCH)) {
      System.out.println("what reading all rows costs:");
      execute("backfill", "source", "--table", table, "--dry-run");
    } else {
      System.out.println(
          "rows can be read from the database, too, if the pipeline file names it in 'database'");
    }
  }

  private static void print(Gap gap) {
    System.out.printf(
        "%s/%d: the lake has landed up to offset %d; %s%n",
        gap.topic(),
        gap.partition(),
        gap.next(),
        gap.records()
            .map(
                lost ->
                    "%,d records up to offset %d expired before they were landed"
                        .formatted(lost, gap.earliest() - 1))
            .orElse("the topic was deleted and created anew: land it into another lake"));
    if (gap.tables().size() > 1) {
      System.out.printf("  it feeds %s: each of them needs the same%n", gap.tables());
    }
  }

  private int carryOut(PipelineSpec spec, Found found) {
    if (way == Way.EPOCH) {
      return all(
          List.of(
              List.of("epoch", "advance", "--table", table, "--reason", reason),
              List.of("run", "--once"),
              List.of("backfill", "source", "--table", table, "--merge"),
              List.of("reconcile", "--table", table, "--run")));
    }
    letGo(spec, found.gaps());
    List<List<String>> then = new ArrayList<>();
    if (way == Way.SNAPSHOT) {
      then.add(List.of("snapshot", "--table", table));
    } else if (way == Way.BACKFILL) {
      then.add(List.of("backfill", "source", "--table", table, "--merge"));
    }
    then.add(List.of("run", "--once"));
    if (way != Way.RESUME) {
      then.add(List.of("reconcile", "--table", table, "--run"));
    }
    return all(then);
  }

  private void letGo(PipelineSpec spec, List<Gap> gaps) {
    Lake lake = PipelineOptions.lake(spec);
    try {
      RunContext context = PipelineRun.context(spec, Clock.systemUTC(), new StopSignal());
      for (StepRecord record :
          new KafkaGaps(spec, lake)
              .letGo(
                  gaps,
                  System.getProperty("user.name", ""),
                  reason,
                  context,
                  new RunLog(lake.spark(), lake.runs()))) {
        System.out.println(StepLine.of(record) + record.detail());
      }
    } finally {
      lake.spark().stop();
    }
  }

  /** Each as an operator would say it; the first that does not succeed ends it. */
  private int all(List<List<String>> commands) {
    for (List<String> command : commands) {
      int code = execute(command.toArray(String[]::new));
      if (code != ExitCode.DONE.code()) {
        return code;
      }
    }
    return ExitCode.DONE.code();
  }

  private int execute(String... command) {
    String[] whole =
        Stream.concat(Stream.of(command), Stream.of("--pipeline", options.file().toString()))
            .toArray(String[]::new);
    System.out.println("tidemark " + String.join(" ", whole));
    return TidemarkCommand.execute(environment.variables(), whole);
  }
}
