package io.tidemark.cli.e2e;

import io.tidemark.core.database.SourceDatabase;
import io.tidemark.sandbox.SandboxAddresses;
import io.tidemark.sandbox.StateFolder;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** PostgreSQL, in a schema of its own. */
final class HostilePostgres extends HostileSource {
  private static final String SLOT = "hostile";

  @Override
  String name() {
    return "hostilepg";
  }

  @Override
  String marksTopic() {
    return name() + ".hostile.marks";
  }

  @Override
  String namespace() {
    return "hostile";
  }

  @Override
  String jdbcUrl(SandboxAddresses sandbox) {
    return sandbox.jdbcUrl() + "?user=" + sandbox.user() + "&password=" + sandbox.password();
  }

  @Override
  Path pidFile(StateFolder sandbox) {
    return sandbox.postgresData().resolve("postmaster.pid");
  }

  @Override
  SourceDatabase database(SandboxAddresses sandbox) {
    return new SourceDatabase(sandbox.jdbcUrl(), sandbox.user(), sandbox.password());
  }

  @Override
  void dropLog() throws SQLException {
    execute("SELECT pg_drop_replication_slot('" + SLOT + "')");
  }

  @Override
  boolean hasLog() throws SQLException {
    return number("SELECT count(*) FROM pg_replication_slots") > 0;
  }

  @Override
  String[] session() {
    return new String[] {"CREATE SCHEMA IF NOT EXISTS hostile", "SET search_path TO hostile"};
  }

  @Override
  boolean findsLostLog() {
    return true;
  }

  @Override
  String[] schema() {
    return new String[] {
      "CREATE TABLE items (id bigint PRIMARY KEY, n int, amount numeric(12,2), body text)",
      "ALTER TABLE items ALTER COLUMN body SET STORAGE EXTERNAL",
      "CREATE TABLE hot (id int PRIMARY KEY, n bigint)",
      "CREATE TABLE emptied (id int PRIMARY KEY, name text)",
      "CREATE TABLE marks (id bigint PRIMARY KEY)"
    };
  }

  @Override
  Map<String, String> connector(SandboxAddresses sandbox) {
    URI database = URI.create(sandbox.jdbcUrl().substring("jdbc:".length()));
    Map<String, String> config = new TreeMap<>();
    config.put("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
    config.put("plugin.name", "pgoutput");
    config.put("database.hostname", database.getHost());
    config.put("database.port", Integer.toString(database.getPort()));
    config.put("database.dbname", "shop");
    config.put("database.user", sandbox.user());
    config.put("database.password", sandbox.password());
    config.put("topic.prefix", name());
    config.put("schema.include.list", "hostile");
    config.put("slot.name", SLOT);
    config.put("publication.name", SLOT);
    config.put("publication.autocreate.mode", "filtered");
    config.put("snapshot.mode", "when_needed");
    config.put("skipped.operations", "none");
    config.put("event.converting.failure.handling.mode", "fail");
    config.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    config.put("value.converter.replace.null.with.default", "false");
    return config;
  }

  @Override
  String bulkInsert(long rows) {
    return "INSERT INTO items SELECT 2000000000 + i, i % 1000, i / 100.0, 'bulk ' || i FROM"
        + " generate_series(1, "
        + rows
        + ") i";
  }

  @Override
  String widen() {
    return "ALTER TABLE items ALTER COLUMN n TYPE bigint";
  }
}
