package io.tidemark.cli.check;

import io.tidemark.sandbox.SandboxAddresses;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/** Settings of a Debezium connector for the sandbox's database. */
final class PostgresConnector {
  private PostgresConnector() {}

  /** A connector whose topics, slot and only table, which need not exist, bear its name. */
  static Map<String, String> config(
      SandboxAddresses sandbox, String name, Map<String, String> settings) {
    URI database = URI.create(sandbox.jdbcUrl().substring("jdbc:".length()));
    Map<String, String> config = new TreeMap<>();
    config.put("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
    config.put("plugin.name", "pgoutput");
    config.put("database.hostname", database.getHost());
    config.put("database.port", Integer.toString(database.getPort()));
    config.put("database.dbname", "shop");
    config.put("database.user", sandbox.user());
    config.put("database.password", sandbox.password());
    config.put("topic.prefix", name);
    config.put("slot.name", name);
    config.put("table.include.list", "public." + name);
    config.putAll(settings);
    return config;
  }
}
