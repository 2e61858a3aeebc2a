package io.tidemark.cli.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A pipeline that reads orders from files, checks them, and has a mart of them. */
record CheckedPipeline(Path folder) {
  /** Writes its files. */
  static CheckedPipeline in(Path folder, String checks, String alerts) throws IOException {
    CheckedPipeline pipeline = new CheckedPipeline(folder);
    Files.createDirectories(folder.resolve("events"));
    Files.writeString(
        folder.resolve("revenue.sql"),
        "select coalesce(sum(cast(amount as int)), 0) as total from silver.orders");
    pipeline.checks(checks);
    Files.writeString(
        pipeline.file(),
        """
        pipeline: shop
        lake: %s
        trigger: 1s
        source: {type: files, path: '%s/events'}
        database: {url: 'jdbc:h2:mem:nothing', user: sa}
        tables: {orders: {source: PUBLIC.ORDERS}}
        gold: {revenue: {sql: revenue.sql, key: [total]}}
        checks: checks.yml
        alerts: {%s}
        """
            .formatted(folder.resolve("lake"), folder, alerts));
    return pipeline;
  }

  Path file() {
    return folder.resolve("shop.yml");
  }

  /** Declares other checks of orders than before. */
  void checks(String checks) throws IOException {
    Files.writeString(
        folder.resolve("checks.yml"),
        """
        tables:
          silver.orders: {checks: {%s}}
          gold.revenue: {checks: {plausible: {type: max, column: total, at-most: 100}}}
        """
            .formatted(checks));
  }

  /** One more file, with the change of one order; the order of the numbers is that of the log. */
  void change(int number, int id, String amount) throws IOException {
    Path unfinished = folder.resolve("event");
    Files.writeString(
        unfinished,
        ("{\"topic\":\"t\",\"partition\":0,\"offset\":%d,\"key\":{\"id\":%d},\"value\":{\"op\":\"u\","
                + "\"after\":{\"id\":%d,\"amount\":%s},\"source\":{\"connector\":\"postgresql\",\"db\":\"shop\","
                + "\"schema\":\"PUBLIC\",\"table\":\"ORDERS\",\"lsn\":%d,\"ts_ms\":1767225600000}}}\n")
            .formatted(number, id, id, amount, number));
    Files.move(unfinished, folder.resolve("events/" + number + ".ndjson"));
  }

  Console run(String... verb) {
    List<String> pipeline = List.of("--pipeline", file().toString());
    return Console.run(Stream.concat(Stream.of(verb), pipeline.stream()).toArray(String[]::new));
  }

  /** The files with pages, by name. */
  List<Path> pages() throws IOException {
    Path reports = folder.resolve("lake/_tidemark/reports");
    if (!Files.exists(reports)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(reports)) {
      return files.filter(file -> file.toString().endsWith(".html")).sorted().toList();
    }
  }
}
