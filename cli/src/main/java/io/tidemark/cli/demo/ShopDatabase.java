package io.tidemark.cli.demo;

import io.tidemark.core.error.Errors;
import io.tidemark.sandbox.SandboxAddresses;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The shop's PostgreSQL: its tables, its first rows, and where its log stands. */
final class ShopDatabase implements AutoCloseable {
  static final String SLOT = "tidemark_demo";

  private static final int USERS = 300;
  private static final int PRODUCTS = 200;
  private static final int ORDERS = 2_000;

  private final Connection connection;

  ShopDatabase(SandboxAddresses sandbox) throws SQLException {
    connection = DriverManager.getConnection(sandbox.jdbcUrl(), sandbox.user(), sandbox.password());
  }

  /** Creates and fills the tables; tells how many rows they have. */
  long create() throws SQLException {
    execute(resource("/demo/shop.sql"));
    execute(
        """
        INSERT INTO users SELECT i, 'user' || i || '@example.com', 'First' || i, 'Last' || i, 'active',
            i %% 3 = 0, md5('user' || i)::uuid, timestamptz '2026-01-01 00:00:00.123456+00' + i * interval '1 hour'
          FROM generate_series(1, %1$d) i;
        INSERT INTO products SELECT i, 'Product ' || i, (array['books','food','toys'])[1 + i %% 3], i * 1.25,
            40 + i %% 60, 20, (SELECT string_agg(md5(i || '-' || n), '') FROM generate_series(1, 200) n),
            jsonb_build_object('colour', (array['red','blue'])[1 + i %% 2], 'sizes', jsonb_build_array(i, i + 0.50)),
            array['tag' || i %% 7, NULL, 'a "quoted" tag'], i / 7.0
          FROM generate_series(1, %2$d) i;
        INSERT INTO orders SELECT i, 1 + i %% %1$d, (i %% 400) + 0.99,
            (array['pending','processing','completed'])[1 + i %% 3]::order_status,
            timestamp '2026-03-01 08:00:00' + i * interval '7.5 seconds', now()
          FROM generate_series(1, %3$d) i;
        INSERT INTO order_items SELECT i, 1 + (i * p) %% %2$d, p, 9.99
          FROM generate_series(1, %3$d) i, generate_series(1, 2) p ON CONFLICT DO NOTHING;
        """
            .formatted(USERS, PRODUCTS, ORDERS));
    return number(
        """
        SELECT (SELECT count(*) FROM users) + (SELECT count(*) FROM products)
             + (SELECT count(*) FROM orders) + (SELECT count(*) FROM order_items)
        """);
  }

  Workload workload(long seed) {
    return new Workload(connection, seed, USERS, PRODUCTS, ORDERS);
  }

  /** Whether the connector has read the first rows and follows the log. */
  boolean isStreamed() throws SQLException {
    return number(
            "SELECT count(*) FROM pg_replication_slots WHERE active AND slot_name = '" + SLOT + "'")
        == 1;
  }

  /**
   * Where the log stands after all changes so far. A change that changes nothing follows, because
   * the connector confirms a place only once it has delivered something behind it.
   */
  String position() throws SQLException {
    String position;
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_current_wal_lsn()")) {
      row.next();
      position = row.getString(1);
    }
    execute("UPDATE users SET status = status WHERE user_id = 1");
    return position;
  }

  /** Whether the connector has delivered everything before a position to Kafka. */
  boolean hasDelivered(String position) throws SQLException {
    return number(
            "SELECT count(*) FROM pg_replication_slots WHERE slot_name = '%s' AND confirmed_flush_lsn > '%s'::pg_lsn"
                .formatted(SLOT, position))
        == 1;
  }

  /**
   * Two orders without a price, an item without a quantity, a price below nothing, no address; and
   * an address that only needs to be spelled as others are.
   */
  void plantBadRows() throws SQLException {
    execute(
        """
        UPDATE orders SET total_amount = -1 WHERE order_id = (SELECT max(order_id) FROM orders);
        INSERT INTO orders VALUES (9000001, 1, 0, 'pending', now() AT TIME ZONE 'UTC', now());
        INSERT INTO order_items VALUES (9000001, 1, 0, 9.99);
        UPDATE products SET price = -price WHERE product_id = 7;
        UPDATE users SET email = 'admin@intranet' WHERE user_id = 9;
        UPDATE users SET email = ' Shouting@Example.COM' WHERE user_id = 8;
        """);
  }

  /** Puts four of them right; the fifth was right all along, and the rule was not. */
  void correctBadRows() throws SQLException {
    execute(
        """
        UPDATE orders SET total_amount = 12.50 WHERE total_amount <= 0;
        UPDATE order_items SET quantity = 1 WHERE quantity = 0;
        UPDATE products SET price = -price WHERE price < 0;
        """);
  }

  /** Orders that nobody placed, each a thousand times as large as others. */
  void plantFalseRevenue() throws SQLException {
    execute(
        """
        INSERT INTO orders SELECT 9100000 + i, 1, 90000, 'completed', now() AT TIME ZONE 'UTC', now()
          FROM generate_series(1, 300) i
        """);
  }

  void removeFalseRevenue() throws SQLException {
    execute("DELETE FROM orders WHERE order_id > 9100000");
  }

  /** Loses three of four orders, and remembers them elsewhere. */
  void loseOrders() throws SQLException {
    execute(
        """
        CREATE SCHEMA IF NOT EXISTS backup;
        CREATE TABLE backup.orders AS SELECT * FROM orders WHERE order_id % 4 <> 0;
        DELETE FROM orders WHERE order_id % 4 <> 0;
        """);
  }

  void restoreOrders() throws SQLException {
    execute("INSERT INTO orders SELECT * FROM backup.orders");
  }

  private long number(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String resource(String name) {
    try (InputStream in = ShopDatabase.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw Errors.unavailable("Cannot read " + name + " of the program", "Build it again", e);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
