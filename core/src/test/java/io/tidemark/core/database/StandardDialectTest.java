package io.tidemark.core.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.core.error.ExitCode;
import io.tidemark.core.error.TidemarkException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a database can do of which nothing is known but its driver: here, a real H2. */
class StandardDialectTest {
  private static final SourceDatabase DATABASE =
      new SourceDatabase("jdbc:h2:mem:standard;DB_CLOSE_DELAY=-1", "sa", "secret");
  private static final List<List<String>> WIDE =
      List.of(
          List.of("ID", "int", "INTEGER", "1"),
          List.of("TRUTH", "bool", "BOOLEAN", "1"),
          List.of("TINY", "tinyint", "TINYINT", "-1"),
          List.of("BIG", "bigint", "BIGINT", "9223372036854775807"),
          List.of("PRICE", "decimal", "NUMERIC(12, 2)", "10.50"),
          List.of("F", "real", "REAL", "0.1"),
          List.of("D", "double", "DOUBLE PRECISION", "1.0E300"),
          List.of("C", "text", "CHARACTER(5)", "ab   "),
          List.of("V", "text", "CHARACTER VARYING(20)", "it's ü"),
          List.of("LONG_TEXT", "text", "CHARACTER LARGE OBJECT", "long"),
          List.of("B", "binary", "BINARY VARYING(9)", "00ff"),
          List.of("BORN", "date", "DATE", "2026-02-28"),
          List.of("CLOCK", "time", "TIME(6)", "12:30:00.5"),
          List.of("LOCAL", "timestamp", "TIMESTAMP(9)", "2026-01-01 00:00:00.123456789"),
          List.of("AT", "timestamptz", "TIMESTAMP(6) WITH TIME ZONE", "2025-12-31 22:00:00.5+00"),
          List.of("U", "uuid", "UUID", "123e4567-e89b-12d3-a456-426655440000"),
          List.of("E", "other", "ENUM('a', 'b')", "b"),
          List.of("ARR", "other", "INTEGER ARRAY", "[1, 2]"));

  private Connection connection;

  @BeforeEach
  void connect() throws SQLException {
    connection = DriverManager.getConnection(DATABASE.url(), DATABASE.user(), DATABASE.password());
  }

  @AfterEach
  void shutDown() throws SQLException {
    execute("SHUTDOWN");
  }

  private void execute(String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Test
  void typesAndValuesAreReadByJdbc() throws SQLException {
    execute(
        """
        CREATE TABLE wide (id int PRIMARY KEY, truth boolean, tiny tinyint, big bigint,
          price numeric(12,2), f real, d double precision, c char(5), v varchar(20),
          long_text clob, b varbinary(9), born date, clock time(6), local timestamp(9),
          at timestamp(6) with time zone, u uuid, e enum('a', 'b'), arr int array)""",
        """
        INSERT INTO wide VALUES (1, true, -1, 9223372036854775807, 10.5, 0.1, 1e300, 'ab',
          'it''s ü', 'long', x'00ff', '2026-02-28', '12:30:00.5', '2026-01-01 00:00:00.123456789',
          '2026-01-01 00:00:00.5+02:00', '123e4567-e89b-12d3-a456-426655440000', 'b',
          array[1, 2])""",
        "INSERT INTO wide (id) VALUES (2)");
    try (Snapshot snapshot = DATABASE.snapshot()) {
      DatabaseTable table = snapshot.table("wide");
      List<List<String>> rows = rows(snapshot, table, Chunk.ALL);
      List<List<String>> seen = new ArrayList<>();
      int place = 0;
      for (Map.Entry<String, DatabaseType> column : table.columns().entrySet()) {
        seen.add(
            List.of(
                column.getKey(),
                column.getValue().name(),
                column.getValue().declared(),
                rows.get(0).get(place++)));
      }
      assertThat(seen).containsExactlyElementsOf(WIDE);
      assertThat(rows.get(1).subList(1, rows.get(1).size())).containsOnlyNulls();
      assertThat(table.key()).containsExactly("ID");
      assertThat(table.nullable()).hasSize(WIDE.size() - 1).doesNotContain("ID");
      assertThat(table.type("PRICE"))
          .returns(12, type -> type.precision().orElseThrow())
          .returns(2, DatabaseType::scale);
    }
  }

  /** Every type but bytes: what a row says is found again by what it says. */
  @Test
  void valuesAreFoundByTheirTexts() throws SQLException {
    typesAndValuesAreReadByJdbc();
    try (Snapshot snapshot = DATABASE.snapshot()) {
      DatabaseTable table = snapshot.table("wide");
      for (List<String> column : WIDE) {
        String name = column.get(0);
        if (!Set.of("B", "LONG_TEXT", "ARR").contains(name)) {
          KeyLookup lookup = new KeyLookup(snapshot.dialect(), table, List.of(name));
          assertThat(snapshot.rows(lookup.rows(List.of("ID"), List.of(List.of(column.get(3))))))
              .as(name)
              .containsExactly(List.of("1"));
        }
      }
      DatabaseType bytes = table.type("B");
      assertThatThrownBy(() -> snapshot.dialect().parameter(bytes))
          .isInstanceOf(TidemarkException.class)
          .hasMessageStartingWith("Cannot compare values of the type BINARY VARYING(9)");
    }
  }

  @Test
  void piecesHaveEveryRowOnce() throws SQLException {
    execute(
        "CREATE SCHEMA \"odd_%\"",
        "CREATE TABLE \"odd_%\".\"a_b\" (b varchar(9), a int, PRIMARY KEY (b, a))",
        "CREATE TABLE \"odd_%\".\"axb\" (wrong int)",
        "INSERT INTO \"odd_%\".\"a_b\" SELECT 'k' || MOD(x, 7), x FROM SYSTEM_RANGE(1, 250)");
    try (Snapshot snapshot = DATABASE.snapshot()) {
      DatabaseTable table = snapshot.table("odd_%", "a_b");
      KeysetSql sql = keyset(snapshot, table);
      List<List<String>> read = new ArrayList<>();
      List<String> after = List.of();
      for (int piece = 0; piece < 4; piece++) {
        List<List<String>> end = snapshot.rows(sql.boundary(after, 100));
        List<String> upTo = piece == 2 ? List.of() : end.isEmpty() ? after : end.get(0);
        read.addAll(rows(snapshot, table, new Chunk(after, upTo)));
        if (upTo.isEmpty()) {
          break;
        }
        after = upTo;
      }
      assertThat(read).hasSize(250).doesNotHaveDuplicates();
    }
  }

  @Test
  void aViewSeesOneStateAndLaterOnesHaveHigherPlaces() throws SQLException {
    execute("CREATE TABLE t (id int PRIMARY KEY)", "CREATE TABLE other (id int PRIMARY KEY)");
    try (Snapshot first = DATABASE.snapshot()) {
      execute("INSERT INTO t VALUES (1)", "INSERT INTO other VALUES (1)");
      try (Snapshot second = DATABASE.snapshot()) {
        assertThat(second.moment().place()).isGreaterThan(first.moment().place());
        assertThat(second.approximateRows(second.table("other"))).isEqualTo(1);
      }
      assertThat(first.approximateRows(first.table("t"))).isZero();
      assertThat(first.approximateRows(first.table("PUBLIC", "OTHER"))).isZero();
    }
  }

  @Test
  void whatCannotBeDoneIsSaid() throws SQLException {
    execute("CREATE TABLE t (id int PRIMARY KEY, n int)");
    SourceDatabase unknown = new SourceDatabase("jdbc:nothing://h/d", "me", "hidden");
    assertThatThrownBy(unknown::snapshot)
        .isInstanceOfSatisfying(
            TidemarkException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
              assertThat(e.remedy()).contains("TIDEMARK_CLASSPATH=");
            })
        .hasMessage(
            "Cannot connect to jdbc:nothing://h/d: no JDBC driver on the class path knows addresses"
                + " 'jdbc:nothing:'");
    SourceDatabase denied = new SourceDatabase(DATABASE.url(), "sa", "wrong-word");
    assertThatThrownBy(denied::snapshot)
        .isInstanceOfSatisfying(
            TidemarkException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE))
        .hasMessageNotContaining("wrong-word");
    try (Snapshot snapshot = DATABASE.snapshot(Duration.ofSeconds(1))) {
      DatabaseTable table = snapshot.table("t");
      assertThatThrownBy(() -> new DeleteLog(snapshot.dialect(), table, List.of("ID")).sql())
          .hasMessageContaining("they are known for PostgreSQL, MariaDB and MySQL only");
      assertThatThrownBy(() -> snapshot.dialect().logPlace(snapshot))
          .hasMessageStartingWith("Cannot tell the place in the log of jdbc:h2:mem:standard");
      Query wrong = new Query("t", "SELECT nothing FROM t", List.of());
      assertThatThrownBy(() -> snapshot.rows(wrong))
          .isInstanceOfSatisfying(
              TidemarkException.class,
              e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIGURATION));
      Query slow =
          new Query(
              "t",
              "SELECT count(*) FROM SYSTEM_RANGE(1, 1000000) a, SYSTEM_RANGE(1, 1000000) b"
                  + " WHERE MOD(a.x * b.x, 3) = 1",
              List.of());
      assertThatThrownBy(() -> snapshot.rows(slow))
          .isInstanceOfSatisfying(
              TidemarkException.class,
              e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE));
    }
  }

  @Test
  void indexesAreTold() throws SQLException {
    execute("CREATE TABLE t (id int PRIMARY KEY, m int, n int)", "CREATE INDEX i ON t (m, n)");
    try (Snapshot snapshot = DATABASE.snapshot()) {
      DatabaseTable table = snapshot.table("t");
      Dialect dialect = snapshot.dialect();
      Query any = new Query("t", "SELECT 1", List.of());
      assertThat(dialect.wholeRead(snapshot, table, new Term("\"M\"", table.type("M")), any))
          .isEmpty();
      assertThat(dialect.wholeRead(snapshot, table, new Term("\"N\"", table.type("N")), any))
          .contains("no index of PUBLIC.T begins with \"N\"");
    }
  }

  /** No SQL Server is at hand: this is what it would be asked. */
  @Test
  void sqlServerIsAskedInItsWords() {
    Dialect dialect = Dialect.of("jdbc:sqlserver://h:1433;databaseName=shop");
    Map<String, DatabaseType> columns = new LinkedHashMap<>();
    columns.put("id", StandardTypes.of(java.sql.Types.INTEGER, "int identity", 10, 0));
    columns.put("at", StandardTypes.of(-155, "datetimeoffset", 34, 7));
    columns.put("local", StandardTypes.of(java.sql.Types.TIMESTAMP, "datetime2", 27, 7));
    DatabaseTable table = new DatabaseTable("dbo", "t", columns, List.of("id"), Set.of());
    KeysetSql sql =
        new KeysetSql(
            dialect,
            table,
            List.of(new Term("\"at\"", table.type("at")), new Term("\"id\"", table.type("id"))),
            List.of());
    assertThat(sql.boundary(List.of("2026-01-01 00:00:00+00", "7"), 100).sql())
        .isEqualTo(
            "SELECT t0, t1 FROM (SELECT \"at\" AS t0, \"id\" AS t1 FROM \"dbo\".\"t\" WHERE"
                + " (\"at\" >= CAST(? + ':00' AS datetimeoffset(7)) AND"
                + " (\"at\" > CAST(? + ':00' AS datetimeoffset(7)) OR"
                + " (\"at\" = CAST(? + ':00' AS datetimeoffset(7)) AND (\"id\" > CAST(? AS int)))))"
                + " ORDER BY \"at\", \"id\" OFFSET 0 ROWS FETCH NEXT 100 ROWS ONLY) piece"
                + " ORDER BY t0 DESC, t1 DESC OFFSET 0 ROWS FETCH NEXT 1 ROWS ONLY");
    assertThat(dialect.parameter(table.type("local"))).isEqualTo("CAST(? AS datetime2(7))");
  }

  private static KeysetSql keyset(Snapshot snapshot, DatabaseTable table) {
    Dialect dialect = snapshot.dialect();
    List<Term> order =
        table.key().stream().map(c -> new Term(dialect.quote(c), table.type(c))).toList();
    return new KeysetSql(dialect, table, order, List.of());
  }

  private static List<List<String>> rows(Snapshot snapshot, DatabaseTable table, Chunk chunk) {
    return snapshot.rows(
        keyset(snapshot, table).rows(List.copyOf(table.columns().keySet()), chunk));
  }
}
