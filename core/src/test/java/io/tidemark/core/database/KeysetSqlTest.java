package io.tidemark.core.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.database.KeysetSql.Filter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Pieces of tables are asked for by where they begin and end, never by counting rows. */
class KeysetSqlTest {
  private static final Dialect POSTGRES = Dialect.of("jdbc:postgresql://h/d");
  private static final Dialect MARIADB = Dialect.of("jdbc:mariadb://h/d");

  private static KeysetSql sql(Dialect dialect, DatabaseType first, List<Filter> filters) {
    Map<String, DatabaseType> columns = new LinkedHashMap<>();
    columns.put("a", first);
    columns.put("b", DatabaseType.base("text"));
    DatabaseTable table = new DatabaseTable("s", "t", columns, List.of("a", "b"), Set.of());
    return new KeysetSql(
        dialect,
        table,
        List.of(
            new Term(dialect.quote("a"), first),
            new Term(dialect.quote("b"), DatabaseType.base("text"))),
        filters);
  }

  @Test
  void postgresComparesRows() {
    KeysetSql sql =
        sql(
            POSTGRES,
            DatabaseType.base("int8", "bigint"),
            List.of(new Filter("a >= CAST(? AS bigint)", List.of("5"))));

    Query rows = sql.rows(List.of("b"), new Chunk(List.of("1", "x"), List.of("2", "y")));

    assertThat(rows.sql())
        .isEqualTo(
            "SELECT \"b\" FROM \"s\".\"t\" WHERE (a >= CAST(? AS bigint))"
                + " AND ((\"a\", \"b\") > (CAST(? AS bigint), CAST(? AS text)))"
                + " AND ((\"a\", \"b\") <= (CAST(? AS bigint), CAST(? AS text)))");
    assertThat(rows.parameters()).containsExactly("5", "1", "x", "2", "y");
  }

  @Test
  void mariadbComparesColumnByColumnInTheirOwnTypes() {
    KeysetSql sql = sql(MARIADB, DatabaseType.mariadb("bigint", "bigint(20) unsigned"), List.of());

    Query rows = sql.rows(List.of("a"), new Chunk(List.of("1", "x"), List.of("2", "y")));

    assertThat(rows.sql())
        .isEqualTo(
            "SELECT `a` FROM `s`.`t` WHERE (`a` >= CAST(? AS UNSIGNED) AND (`a` > CAST(? AS UNSIGNED)"
                + " OR (`a` = CAST(? AS UNSIGNED) AND (`b` > ?)))) AND (`a` <= CAST(? AS UNSIGNED)"
                + " AND (`a` < CAST(? AS UNSIGNED) OR (`a` = CAST(? AS UNSIGNED) AND (`b` <= ?))))");
    assertThat(rows.parameters()).containsExactly("1", "1", "1", "x", "2", "2", "2", "y");
  }

  @Test
  void aBoundaryIsTheLastOfSoManyRows() {
    Query boundary =
        sql(POSTGRES, DatabaseType.base("int8", "bigint"), List.of()).boundary(List.of(), 100);

    assertThat(boundary.sql())
        .isEqualTo(
            "SELECT t0, t1 FROM (SELECT \"a\" AS t0, \"b\" AS t1 FROM \"s\".\"t\""
                + " ORDER BY \"a\", \"b\" LIMIT 100) piece ORDER BY t0 DESC, t1 DESC LIMIT 1");
    assertThat(boundary.sql()).doesNotContain("OFFSET");
  }
}
