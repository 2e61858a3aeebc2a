package io.tidemark.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.SandboxAddresses;
import io.tidemark.sandbox.junit.WithSandbox;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The shop's database and what the workload does to it; each test has a database of its own. */
@Tag("slow")
@WithSandbox
final class WorkloadTest {
  private static final String STATE =
      """
      SELECT md5(string_agg(t::text, ';' ORDER BY t::text)) FROM (
        SELECT order_id, user_id, total_amount, status::text, coupon FROM orders
        UNION ALL SELECT order_id, product_id, unit_price, quantity::text, '' FROM order_items
        UNION ALL SELECT product_id, stock_quantity, price, attributes::text, '' FROM products) t
      """;

  private final SandboxAddresses sandbox;

  WorkloadTest(SandboxAddresses sandbox) {
    this.sandbox = sandbox;
  }

  @Test
  void theSameSeedMakesTheSameChanges() throws SQLException {
    String one = stateAfter("same_seed_one", 7);

    assertThat(stateAfter("same_seed_two", 7)).isEqualTo(one);
    assertThat(stateAfter("another_seed", 8)).isNotEqualTo(one);
  }

  private String stateAfter(String database, long seed) throws SQLException {
    SandboxAddresses own = create(database);
    try (ShopDatabase shop = new ShopDatabase(own)) {
      shop.create();
      Workload workload = shop.workload(seed);
      play(workload, 100);
      assertThat(workload.steps()).isEqualTo(100);
    }
    return text(own, STATE);
  }

  @Test
  void makesEveryKindOfChange() throws SQLException {
    SandboxAddresses own = create("every_kind");
    try (ShopDatabase shop = new ShopDatabase(own)) {
      assertThat(shop.create()).isGreaterThan(6_000);
      play(shop.workload(1), 200);
    }

    assertThat(number(own, "SELECT count(*) FROM orders WHERE order_id = 77")).isEqualTo(1);
    assertThat(number(own, "SELECT count(*) FROM order_items WHERE order_id = 77")).isPositive();
    assertThat(number(own, "SELECT count(*) FROM orders WHERE order_id > 1000000")).isEqualTo(1);
    assertThat(number(own, "SELECT count(*) FROM orders WHERE coupon IS NOT NULL")).isPositive();
    assertThat(number(own, "SELECT count(*) FROM orders WHERE order_id <= 2000")).isLessThan(2000);
    assertThat(number(own, "SELECT count(*) FROM products WHERE attributes ? 'sale'")).isPositive();
    // Stored outside of the row: only then do updates leave it out of the log.
    assertThat(
            number(
                own,
                "SELECT pg_relation_size(reltoastrelid) FROM pg_class WHERE relname = 'products'"))
        .isPositive();
  }

  private static void play(Workload workload, int steps) throws SQLException {
    workload.deleteOrder(77);
    for (int i = 0; i < steps / 2; i++) {
      workload.step();
    }
    workload.addColumn();
    workload.changeKey();
    workload.insertAgain(77);
    for (int i = 0; i < steps / 2; i++) {
      workload.step();
    }
  }

  private SandboxAddresses create(String database) throws SQLException {
    try (Connection connection = connect(sandbox);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + database);
    }
    return new SandboxAddresses(
        sandbox.jdbcUrl().replaceFirst("/shop$", "/" + database),
        sandbox.user(),
        sandbox.password(),
        sandbox.bootstrapServers(),
        sandbox.connectUrl(),
        sandbox.pid());
  }

  private static long number(SandboxAddresses database, String query) throws SQLException {
    return Long.parseLong(text(database, query));
  }

  private static String text(SandboxAddresses database, String query) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  private static Connection connect(SandboxAddresses database) throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
  }
}
