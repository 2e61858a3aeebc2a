package io.tidemark.cli.demo;

import io.tidemark.core.error.Errors;
import io.tidemark.core.error.ExitCode;
import io.tidemark.core.lake.SilverColumns;
import io.tidemark.quality.kernel.KernelTable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What bad data does: five bad rows that wait in quarantine, one that is corrected, a batch that
 * gold's own check refuses, a batch that silver's check refuses; then all of it is put right, one
 * row by a better rule.
 */
final class BadData {
  private static final List<String> RUN = List.of("run", "--once");

  /** Needs a host with a dot, which addresses within a company lack. */
  private static final String STRICT = "'^[^@ ]+@[^@ ]+[.][a-z]+$'";

  private static final String RIGHT = "'^[^@ ]+@[^@ ]+$'";

  /**
   * Runs a verb on the demo's pipeline with some more environment, once the source's changes so far
   * can be read; returns its exit code.
   */
  interface Verb {
    int run(List<String> arguments, Map<String, String> environment)
        throws SQLException, InterruptedException;
  }

  private final ShopDatabase shop;
  private final Path lake;
  private final Screen screen;
  private final Verb verb;

  BadData(ShopDatabase shop, Path lake, Screen screen, Verb verb) {
    this.shop = shop;
    this.lake = lake;
    this.screen = screen;
    this.verb = verb;
  }

  void play() throws SQLException, InterruptedException, IOException {
    String gold = revenue();
    shop.plantBadRows();
    shop.plantFalseRevenue();
    run(RUN, Map.of(), ExitCode.QUALITY);
    screen.say("five bad rows and 300 false orders came: run --once ended with exit code 3");
    quarantined();
    corrected();
    requireSame(gold, "300 false orders");
    screen.say("gold.revenue_5m was computed, refused by its check, and stays as it was: %s", gold);

    shop.removeFalseRevenue();
    shop.loseOrders();
    run(RUN, Map.of(), ExitCode.QUALITY);
    requireSame(gold, "a loss of orders");
    screen.say("most orders were lost at the source: silver.orders fails its check, gold waits");

    shop.restoreOrders();
    shop.correctBadRows();
    Path corrected = withBetterRule();
    Map<String, String> better = Map.of("CHECKS", corrected.toString());
    run(
        List.of("quarantine", "release", "--table", "users", "--rule", "email_form"),
        better,
        ExitCode.DONE);
    run(RUN, better, ExitCode.DONE);
    screen.say(
        "source put right, one rule corrected and its row released: run --once is good again");
  }

  private void run(List<String> arguments, Map<String, String> environment, ExitCode expected)
      throws SQLException, InterruptedException {
    int code = verb.run(arguments, environment);
    if (code != expected.code()) {
      throw Errors.unavailable(
          "'tidemark %s' ended with exit code %d, not %d"
              .formatted(String.join(" ", arguments), code, expected.code()),
          "Read the newest log in " + lake.getParent(),
          null);
    }
  }

  private void quarantined() {
    for (String table : List.of("orders", "order_items", "products", "users")) {
      KernelTable.newest(lake.resolve("silver/_quarantine/" + table).toString())
          .forEachRow(
              List.of("key", "message"),
              row -> screen.print("waits     %s %s: %s".formatted(table, row[0], row[1])));
    }
  }

  private void corrected() {
    KernelTable.newest(lake.resolve("silver/users").toString())
        .forEachRow(
            List.of("email", SilverColumns.ORIGINAL),
            row -> {
              if (row[1] != null) {
                screen.print("corrected users email is '%s', was %s".formatted(row[0], row[1]));
              }
            });
  }

  /** The mart as readers see it: its rows and their sum. */
  private String revenue() {
    List<BigDecimal> rows = new ArrayList<>();
    KernelTable.newest(lake.resolve("gold/revenue_5m").toString())
        .forEachRow(List.of("revenue"), row -> rows.add((BigDecimal) row[0]));
    return "%,d windows with %,.2f"
        .formatted(rows.size(), rows.stream().reduce(BigDecimal.ZERO, BigDecimal::add));
  }

  private void requireSame(String gold, String after) {
    if (!revenue().equals(gold)) {
      throw Errors.quality(
          "gold.revenue_5m was to stay at %s after %s, and is %s".formatted(gold, after, revenue()),
          "Read the newest log in " + lake.getParent());
    }
  }

  private Path withBetterRule() throws IOException {
    Path file = Path.of(System.getProperty("tidemark.home"), "conf/checks/shop.yml");
    String text = Files.readString(file);
    if (!text.contains(STRICT)) {
      throw Errors.configuration(
          "Cannot find the rule 'email_form' in " + file, "Restore the file as it was delivered");
    }
    return Files.writeString(
        lake.resolveSibling("checks-corrected.yml"), text.replace(STRICT, RIGHT));
  }
}
