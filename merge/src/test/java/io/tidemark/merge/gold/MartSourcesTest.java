package io.tidemark.merge.gold;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MartSourcesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "select * from silver.orders; orders",
        "SELECT * FROM SILVER.Orders; orders",
        "select * from `silver`.`orders`; orders",
        "select * from silver . `orders`; orders",
        "select * from silver.order_items2; order_items2",
        "select * from spark_catalog.silver.orders; orders",
        "with o as (select 1 from silver.orders) select * from o; orders",
      })
  void aTableIsFoundHoweverItIsWritten(String sql, String table) {
    assertThat(MartSources.of(sql)).containsExactly(table);
  }

  @Test
  void allTablesAreFoundOnceAndInOrder() {
    String sql =
        """
        select * from silver.users u
        join silver.orders o on o.user_id = u.id
        left join (select * from silver.users) x on true
        """;

    assertThat(MartSources.of(sql)).containsExactly("orders", "users");
  }

  @Test
  void commentsAreNotTheQuery() {
    String sql =
        """
        -- once read silver.products
        select * from silver.orders /* not
        silver.users */ -- silver.users
        """;

    assertThat(MartSources.of(sql)).containsExactly("orders");
  }

  @Test
  void otherLayersAreNoSources() {
    assertThat(MartSources.of("select * from bronze.orders join gold.silver_ones")).isEmpty();
    assertThat(MartSources.of("select 1")).isEmpty();
    assertThat(MartSources.of("select * from quicksilver.orders")).isEmpty();
  }
}
