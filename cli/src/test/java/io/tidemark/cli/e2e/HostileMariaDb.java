package io.tidemark.cli.e2e;

import io.tidemark.core.database.SourceDatabase;
import io.tidemark.sandbox.SandboxAddresses;
import io.tidemark.sandbox.StateFolder;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** MariaDB, in its database {@code shop}. */
final class HostileMariaDb extends HostileSource {
  @Override
  String name() {
    return "hostilemaria";
  }

  @Override
  String marksTopic() {
    return name() + ".shop.marks";
  }

  @Override
  String namespace() {
    return "shop";
  }

  @Override
  String jdbcUrl(SandboxAddresses sandbox) {
    return sandbox.mariadbUrl();
  }

  @Override
  Path pidFile(StateFolder sandbox) {
    return sandbox.mariadbData().resolve("mariadb.pid");
  }

  @Override
  SourceDatabase database(SandboxAddresses sandbox) {
    return new SourceDatabase(sandbox.mariadbUrl(), "tidemark", "tidemark");
  }

  @Override
  void dropLog() throws SQLException {
    execute("FLUSH BINARY LOGS");
    execute("PURGE BINARY LOGS BEFORE now() + INTERVAL 1 DAY");
  }

  @Override
  boolean hasLog() throws SQLException {
    return count("SHOW BINARY LOGS") > 1;
  }

  @Override
  boolean findsLostLog() {
    // With GTIDs it asks for those it lacks, whatever snapshot.mode says, and the server refuses.
    return false;
  }

  @Override
  String[] schema() {
    return new String[] {
      "CREATE TABLE items (id bigint PRIMARY KEY, n int, amount decimal(12,2), body longtext)"
          + " CHARACTER SET utf8mb4",
      "CREATE TABLE hot (id int PRIMARY KEY, n bigint)",
      "CREATE TABLE emptied (id int PRIMARY KEY, name text)",
      "CREATE TABLE marks (id bigint PRIMARY KEY)"
    };
  }

  @Override
  Map<String, String> connector(SandboxAddresses sandbox) {
    URI database = URI.create(sandbox.mariadbUrl().substring("jdbc:".length()));
    Map<String, String> config = new TreeMap<>();
    config.put("connector.class", "io.debezium.connector.mariadb.MariaDbConnector");
    config.put("database.hostname", database.getHost());
    config.put("database.port", Integer.toString(database.getPort()));
    config.put("database.user", "tidemark");
    config.put("database.password", "tidemark");
    config.put("database.server.id", "4711");
    config.put("topic.prefix", name());
    config.put("database.include.list", "shop");
    config.put("snapshot.mode", "when_needed");
    config.put("schema.history.internal.kafka.bootstrap.servers", sandbox.bootstrapServers());
    config.put("schema.history.internal.kafka.topic", "_history." + name());
    config.put("skipped.operations", "none");
    config.put("event.converting.failure.handling.mode", "fail");
    config.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    config.put("value.converter.replace.null.with.default", "false");
    return config;
  }

  @Override
  String bulkInsert(long rows) {
    return "INSERT INTO items (id, n, amount, body) SELECT 2000000000 + seq, seq % 1000, seq / 100,"
        + " concat('bulk ', seq) FROM seq_1_to_"
        + rows;
  }

  @Override
  String widen() {
    return "ALTER TABLE items MODIFY n bigint";
  }
}
