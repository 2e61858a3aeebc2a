package io.tidemark.cli.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Random;

/**
 * Changes the shop as its users would, each step in a transaction of its own. The same seed makes
 * the same changes.
 */
final class Workload {
  private final Connection connection;
  private final Random random;
  private final int users;
  private final int products;
  private long nextOrder;
  private boolean columnAdded;
  private int steps;
  private long inserts;
  private long updates;
  private long deletes;

  Workload(Connection connection, long seed, int users, int products, int orders) {
    this.connection = connection;
    this.random = new Random(seed);
    this.users = users;
    this.products = products;
    this.nextOrder = orders + 1L;
  }

  /** How many steps it has made. */
  int steps() {
    return steps;
  }

  /** Makes one step: of ten, three change an order's status, two take from a product's stock. */
  void step() throws SQLException {
    steps++;
    connection.setAutoCommit(false);
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> changeStatus();
      case 3, 4 -> takeFromStock();
      case 5, 6, 7 -> placeOrder();
      case 8 -> deleteOrder(anyOrder());
      default -> changePrice();
    }
    connection.commit();
    connection.setAutoCommit(true);
  }

  /** A column appears; later orders use it. */
  void addColumn() throws SQLException {
    update("ALTER TABLE orders ADD COLUMN coupon text");
    columnAdded = true;
  }

  /** An order gets another number: a delete of the old key and a create of the new one. */
  void changeKey() throws SQLException {
    long order = nextOrder++;
    long renumbered = 1_000_000 + order;
    insertOrder(order);
    updates += update("UPDATE orders SET order_id = ? WHERE order_id = ?", renumbered, order);
    updates += update("UPDATE order_items SET order_id = ? WHERE order_id = ?", renumbered, order);
  }

  /** An order goes, together with its items. */
  void deleteOrder(long order) throws SQLException {
    deletes += update("DELETE FROM order_items WHERE order_id = ?", order);
    deletes += update("DELETE FROM orders WHERE order_id = ?", order);
  }

  /** An order of which the number has been used. */
  void insertAgain(long order) throws SQLException {
    insertOrder(order);
  }

  private void changeStatus() throws SQLException {
    String[] statuses = {"processing", "completed", "completed", "cancelled"};
    updates +=
        update(
            "UPDATE orders SET status = ?::order_status, updated_at = clock_timestamp() WHERE order_id = ?",
            statuses[random.nextInt(statuses.length)],
            anyOrder());
  }

  private void takeFromStock() throws SQLException {
    updates +=
        update(
            "UPDATE products SET stock_quantity = greatest(0, stock_quantity - ?) WHERE product_id = ?",
            1 + random.nextInt(10),
            // Some sell better than others, and run out.
            1 + (int) (products * Math.pow(random.nextDouble(), 3)));
  }

  private void changePrice() throws SQLException {
    updates +=
        update(
            "UPDATE products SET price = price + 0.10, attributes = attributes || '{\"sale\": true}' WHERE product_id = ?",
            1 + random.nextInt(products));
  }

  private void placeOrder() throws SQLException {
    insertOrder(nextOrder++);
  }

  private void insertOrder(long order) throws SQLException {
    inserts +=
        update(
            "INSERT INTO orders (order_id, user_id, total_amount, status, created_at, updated_at"
                + (columnAdded ? ", coupon" : "")
                + ") VALUES (?, ?, ?::numeric / 100, 'pending', clock_timestamp() AT TIME ZONE 'UTC', clock_timestamp()"
                + (columnAdded ? ", 'C' || ?::text" : "")
                + ")",
            columnAdded
                ? new Object[] {order, anyUser(), amount(), random.nextInt(100)}
                : new Object[] {order, anyUser(), amount()});
    for (int i = 0; i <= random.nextInt(3); i++) {
      inserts +=
          update(
              "INSERT INTO order_items VALUES (?, ?, ?, 9.99) ON CONFLICT DO NOTHING",
              order,
              1 + random.nextInt(products),
              1 + random.nextInt(5));
    }
  }

  private long anyOrder() {
    return 1 + (long) (random.nextDouble() * (nextOrder - 1));
  }

  private long anyUser() {
    return 1L + random.nextInt(users);
  }

  private int amount() {
    return 100 + random.nextInt(50_000);
  }

  private long update(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }

  long changes() {
    return inserts + updates + deletes;
  }

  @Override
  public String toString() {
    return "%,d inserts, %,d updates, %,d deletes".formatted(inserts, updates, deletes);
  }
}
