package io.tidemark.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.core.lake.HistoryColumns;
import io.tidemark.core.lake.SilverColumns;
import io.tidemark.sandbox.SandboxAddresses;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Two tables in a real PostgreSQL that change in a seeded way, and what must come of them. */
final class KillSource implements AutoCloseable {
  static final String PREFIX = "killtest";
  static final List<String> TABLES = List.of("accounts", "transfers");

  private static final long SEED = 20_260_101L;
  private static final int KEYS = 200;

  private final SandboxAddresses sandbox;
  private final Connection connection;
  private final Random random = new Random(SEED);
  private long rowsChanged;

  KillSource(SandboxAddresses sandbox) throws SQLException {
    this.sandbox = sandbox;
    this.connection =
        DriverManager.getConnection(sandbox.jdbcUrl(), sandbox.user(), sandbox.password());
  }

  void create() throws SQLException, IOException, InterruptedException {
    execute(
        """
        CREATE SCHEMA kill;
        CREATE TABLE kill.accounts(id int PRIMARY KEY, owner text, balance numeric(12,2), note text);
        ALTER TABLE kill.accounts ALTER COLUMN note SET STORAGE EXTERNAL;
        CREATE TABLE kill.transfers(a int, b int, amount numeric(12,2), PRIMARY KEY (a, b));
        """);
    String config =
        """
        {"name": "killtest", "config": {
          "connector.class": "io.debezium.connector.postgresql.PostgresConnector",
          "database.hostname": "127.0.0.1", "database.port": "%d", "database.dbname": "shop",
          "database.user": "%s", "database.password": "%s", "topic.prefix": "%s",
          "schema.include.list": "kill", "plugin.name": "pgoutput", "slot.name": "killtest",
          "publication.name": "killtest", "publication.autocreate.mode": "filtered",
          "tombstones.on.delete": "false"}}
        """
            .formatted(port(), sandbox.user(), sandbox.password(), PREFIX);
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(sandbox.connectUrl() + "/connectors"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(config))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    // Only a change after this is sure to make an event of its own: before, a snapshot may read it.
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(streams()).as("the connector streams").isTrue());
  }

  private boolean streams() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet slot =
            statement.executeQuery(
                "SELECT active FROM pg_replication_slots WHERE slot_name = 'killtest'")) {
      return slot.next() && slot.getBoolean(1);
    }
  }

  private int port() {
    return URI.create(sandbox.jdbcUrl().substring("jdbc:".length())).getPort();
  }

  /**
   * Changes some rows, waits until all their events are in Kafka, and tells how many events these
   * changes made.
   */
  long change() throws SQLException {
    long before = rowsChanged;
    for (int i = 0; i < 40; i++) {
      int key = random.nextInt(KEYS);
      rowsChanged +=
          switch (random.nextInt(5)) {
            case 0 -> execute("DELETE FROM kill.accounts WHERE id = " + key);
            case 1 ->
                execute("UPDATE kill.accounts SET balance = balance + 1.25 WHERE id = " + key);
            case 2 ->
                execute(
                    "INSERT INTO kill.transfers VALUES (%d, %d, %d) ON CONFLICT DO NOTHING"
                        .formatted(key, random.nextInt(KEYS), i));
            case 3 -> execute("DELETE FROM kill.transfers WHERE a = " + key);
            default ->
                execute(
                    "INSERT INTO kill.accounts VALUES (%d, 'o%d', %d.5, repeat(md5('%d'), 200)) ON CONFLICT DO NOTHING"
                        .formatted(key, key, i, key));
          };
    }
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(recordsInKafka()).isEqualTo(rowsChanged));
    return rowsChanged - before;
  }

  private long execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return Math.max(0, statement.getUpdateCount());
    }
  }

  private long recordsInKafka() throws Exception {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", sandbox.bootstrapServers());
    try (Admin admin = Admin.create(settings)) {
      long records = 0;
      for (String topic : admin.listTopics().names().get()) {
        if (topic.startsWith(PREFIX + ".kill.")) {
          TopicPartition partition = new TopicPartition(topic, 0);
          records +=
              admin
                  .listOffsets(Map.of(partition, OffsetSpec.latest()))
                  .partitionResult(partition)
                  .get()
                  .offset();
        }
      }
      return records;
    }
  }

  /** The table's rows in PostgreSQL as text, by key. */
  Map<String, String> sourceRows(String table) throws SQLException {
    Map<String, String> rows = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT * FROM kill." + table)) {
      while (result.next()) {
        rows.put(
            key(table, result.getString(1), result.getString(2)),
            String.join("|", columns(result)));
      }
    }
    return rows;
  }

  private static List<String> columns(ResultSet result) throws SQLException {
    List<String> columns = new ArrayList<>();
    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
      columns.add(String.valueOf(result.getString(i)));
    }
    return columns;
  }

  /** The table's rows in silver as text, by key. */
  Map<String, String> silverRows(SparkSession spark, Path lake, String table) {
    return rows(
        table,
        spark
            .read()
            .format("delta")
            .load(lake.resolve("silver/" + table).toString())
            .drop(SilverColumns.ALL.toArray(String[]::new))
            .drop(SilverColumns.FILLED_FROM));
  }

  /** The table's rows in history that are current, as text, by key. */
  Map<String, String> currentRows(SparkSession spark, Path lake, String table) {
    return rows(
        table,
        spark
            .read()
            .format("delta")
            .load(lake.resolve("history/" + table).toString())
            .filter(HistoryColumns.IS_CURRENT)
            .drop(HistoryColumns.ALL.toArray(String[]::new)));
  }

  private static Map<String, String> rows(String table, Dataset<Row> current) {
    Map<String, String> rows = new TreeMap<>();
    for (Row row : current.collectAsList()) {
      List<String> columns = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        columns.add(String.valueOf(row.get(i)));
      }
      String previous =
          rows.put(key(table, columns.get(0), columns.get(1)), String.join("|", columns));
      assertThat(previous).as("%s has each key once", table).isNull();
    }
    return rows;
  }

  private static String key(String table, String first, String second) {
    return table.equals("transfers") ? first + "," + second : first;
  }

  /** Where each bronze row came from. */
  List<String> bronzeOffsets(SparkSession spark, Path lake) {
    List<String> offsets = new ArrayList<>();
    for (String table : TABLES) {
      for (Row row :
          spark
              .read()
              .format("delta")
              .load(lake.resolve("bronze/" + table).toString())
              .select("topic", "partition", "offset")
              .collectAsList()) {
        offsets.add(row.mkString("/"));
      }
    }
    return offsets;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
