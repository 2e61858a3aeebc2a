package io.tidemark.cli.demo;

import io.tidemark.core.error.Errors;
import io.tidemark.core.error.ExitCode;
import io.tidemark.sandbox.Sandbox;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The whole path, once: a shop on the real stack, changed while the pipeline runs, the pipeline
 * killed in the middle and started again, and at the end the comparison of lake and source.
 */
public final class Demo {
  private static final String PIPELINE = "conf/pipelines/shop.yml";
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration PAUSE = Duration.ofMillis(200);

  // Steps of the workload, counted from its beginning.
  private static final int KILL_EARLIEST = 100;
  private static final int KILL_LATEST = 300;
  private static final int RESTART = 450;
  private static final int END = 900;
  private static final int STEPS_AT_ONCE = 15;
  private static final long REUSED_ORDER = 77;

  /** What is left behind. */
  public enum End {
    CLEAN_UP,
    KEEP
  }

  private final End end;
  private final long seed;
  private final Screen screen;
  private final Path folder = folder();
  private final Path lake = folder.resolve("lake");
  private final Path state = folder.resolve("sandbox");
  private final ChildRuns runs = new ChildRuns();

  /** A demo that prints to {@code out}. */
  public Demo(End end, long seed, PrintStream out) {
    this.end = end;
    this.seed = seed;
    this.screen = new Screen(out);
  }

  private static Path folder() {
    String home = System.getProperty("tidemark.home");
    if (home == null) {
      throw Errors.configuration(
          "Cannot run the demo: the system property tidemark.home is not set",
          "Start it with ./tidemark demo, from a checkout");
    }
    return Path.of(home, ".tidemark", "demo").toAbsolutePath().normalize();
  }

  /**
   * Runs it.
   *
   * @return {@link ExitCode#DONE} if the lake equals the source, else {@link ExitCode#QUALITY}
   */
  public ExitCode run() throws IOException, SQLException, InterruptedException {
    startFromNothing();
    // Also on Ctrl-C no process stays behind. Stopping twice does no harm.
    Thread cleanUp = new Thread(this::cleanUp, "demo clean-up");
    Runtime.getRuntime().addShutdownHook(cleanUp);
    boolean kept = false;
    try {
      DemoSandbox sandbox = DemoSandbox.start(state, lifetime(), screen);
      ExitCode result;
      try (ShopDatabase shop = new ShopDatabase(sandbox.addresses())) {
        result = play(sandbox, shop);
      }
      if (end == End.KEEP) {
        kept = Runtime.getRuntime().removeShutdownHook(cleanUp);
        screen.print(LookAround.text(sandbox, lake, state));
      }
      return result;
    } finally {
      if (!kept) {
        cleanUp();
      }
    }
  }

  private Sandbox.Lifetime lifetime() {
    return switch (end) {
      case KEEP -> Sandbox.Lifetime.DETACHED;
      case CLEAN_UP -> Sandbox.Lifetime.WITH_PARENT;
    };
  }

  private void cleanUp() {
    runs.killAll();
    Sandbox.stop(state);
  }

  private void startFromNothing() throws IOException {
    PipelineChild.killLeftovers(folder);
    Sandbox.stop(state);
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(folder);
  }

  private ExitCode play(DemoSandbox sandbox, ShopDatabase shop)
      throws SQLException, InterruptedException, IOException {
    screen.say("sandbox is up: PostgreSQL, Kafka, Kafka Connect with Debezium");
    long rows = shop.create();
    sandbox.createConnector();
    await("the connector's snapshot", shop::isStreamed);
    screen.say("shop created: %,d rows in 4 tables; Debezium follows them", rows);

    PipelineChild first = start(sandbox, "--continuous");
    await("the first merges", () -> alive(first).finished("merge") >= 4);
    screen.say("pipeline runs: the first rows are in bronze and silver");

    Workload workload = shop.workload(seed);
    killWhileItWorks(first, workload, sandbox);
    workload.deleteOrder(REUSED_ORDER);
    changeUntil(workload, RESTART);
    screen.say("changes went on while it was down; starting it again");

    PipelineChild second = start(sandbox, "--continuous");
    workload.addColumn();
    workload.changeKey();
    workload.insertAgain(REUSED_ORDER);
    changeUntil(workload, END);
    screen.say(
        "workload ended, seed %d: %s; a column added, a key changed, a deleted key used again",
        seed, workload);
    awaitDelivery(shop);
    await("the pipeline to catch up", () -> alive(second).finished("merge") >= 4);
    screen.progress("waiting for the pipeline to stop after its batch");
    requireDone("continuous run", second.stop(PATIENCE), second);
    PipelineChild last = start(sandbox, "--once");
    requireDone("last run --once", last.await(PATIENCE), last);
    screen.say("drained: the pipeline was stopped in order, and run --once applied the rest");
    new BadData(shop, lake, screen, (arguments, more) -> verb(sandbox, shop, arguments, more))
        .play();
    return new Proof(sandbox, lake, screen).show(runs, second);
  }

  private PipelineChild start(DemoSandbox sandbox, String until) {
    return runs.start(
        folder,
        List.of("run", until, "--pipeline", PIPELINE, "--format", "json"),
        sandbox.environment(lake));
  }

  /** Runs a verb on the shop's pipeline once all changes so far are in Kafka; its exit code. */
  private int verb(
      DemoSandbox sandbox, ShopDatabase shop, List<String> arguments, Map<String, String> more)
      throws SQLException, InterruptedException {
    awaitDelivery(shop);
    screen.progress("tidemark %s", String.join(" ", arguments));
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of("--pipeline", PIPELINE, "--format", "json"));
    Map<String, String> environment = new HashMap<>(sandbox.environment(lake));
    environment.putAll(more);
    return runs.start(folder, all, environment).await(PATIENCE.multipliedBy(2));
  }

  private static PipelineChild alive(PipelineChild child) {
    child.requireAlive();
    return child;
  }

  private static void requireDone(String run, int exitCode, PipelineChild child) {
    if (exitCode != ExitCode.DONE.code()) {
      throw child.failure("The pipeline's " + run, exitCode);
    }
  }

  /** Kills the pipeline just after a batch has landed, while that batch is being merged. */
  private void killWhileItWorks(PipelineChild child, Workload workload, DemoSandbox sandbox)
      throws SQLException, InterruptedException {
    sandbox.produceBrokenRecord();
    changeUntil(workload, KILL_EARLIEST);
    long landed = child.finished("ingest");
    await(
        "a batch to land",
        () -> {
          if (workload.steps() < KILL_LATEST) {
            change(workload);
          }
          return alive(child).finished("ingest") > landed;
        });
    child.kill();
    screen.say(
        "pipeline killed (kill -9) between bronze and silver, after %,d changes",
        workload.changes());
  }

  private void changeUntil(Workload workload, int steps) throws SQLException, InterruptedException {
    await(
        "the workload",
        () -> {
          change(workload);
          screen.progress("%,d changes so far", workload.changes());
          return workload.steps() >= steps;
        });
  }

  private static void change(Workload workload) throws SQLException {
    for (int i = 0; i < STEPS_AT_ONCE; i++) {
      workload.step();
    }
  }

  private void awaitDelivery(ShopDatabase shop) throws SQLException, InterruptedException {
    String position = shop.position();
    await("Debezium to deliver the last change", () -> shop.hasDelivered(position));
  }

  private interface Condition {
    boolean holds() throws SQLException;
  }

  private void await(String what, Condition condition) throws SQLException, InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!condition.holds()) {
      requireInTime(what, deadline);
      screen.progress("waiting for %s", what);
      TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
    }
  }

  private void requireInTime(String what, Instant deadline) {
    if (Instant.now().isAfter(deadline)) {
      throw Errors.unavailable(
          "Waited %d s for %s in vain".formatted(PATIENCE.toSeconds(), what),
          "Read the logs in " + folder + " and " + state,
          null);
    }
  }
}
