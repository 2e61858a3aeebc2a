package io.tidemark.quality.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.core.database.SourceDatabase;
import io.tidemark.core.error.ExitCode;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.sandbox.SandboxAddresses;
import io.tidemark.sandbox.junit.WithSandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real PostgreSQL against tables that Spark wrote. */
@Tag("slow")
@WithSandbox
@ExtendWith(SharedSpark.class)
class SourceComparisonTest {
  private final SandboxAddresses sandbox;
  private final SparkSession spark;
  private Connection database;
  private SourceComparison comparison;
  @TempDir static Path everyTypeLake;
  @TempDir Path lake;

  SourceComparisonTest(SandboxAddresses sandbox, SparkSession spark) {
    this.sandbox = sandbox;
    this.spark = spark;
  }

  @BeforeEach
  void connect() throws SQLException {
    database = DriverManager.getConnection(sandbox.jdbcUrl(), sandbox.user(), sandbox.password());
    comparison =
        new SourceComparison(
            new SourceDatabase(sandbox.jdbcUrl(), sandbox.user(), sandbox.password()));
    source("CREATE SCHEMA compared");
  }

  @AfterEach
  void disconnect() throws SQLException {
    source("DROP SCHEMA compared CASCADE");
    database.close();
  }

  @Test
  void everyTypeComesThroughEqual() throws SQLException {
    everyType();

    Comparison found = compare();

    assertThat(found.examples()).isEmpty();
    assertThat(found.equal()).isTrue();
    assertThat(found.counts()).isEqualTo(new Comparison.Counts(3, 3, 0, 0, 0, 0));
    assertThat(found.columns()).isEqualTo(22);
    assertThat(found.summary()).isEqualTo("compared.t: equal, 3 rows, 22 columns");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          small    | 8                                | 7             | 8
          price    | 12.51                            | 12.5          | 12.51
          free     | 1.51                             | '1.5'         | '1.51'
          name     | 'Ann '                           | 'Ann'         | 'Ann '
          flag     | false                            | true          | false
          day      | date '2024-03-01'                | 2024-02-29    | 2024-03-01
          at       | timestamp '2024-02-29 12:00:00'  | 2024-02-29T12:00:00.123456 | 2024-02-29T12:00
          at_z     | timestamptz '2024-02-29 12:00+01' | 2024-02-29T12:00:00Z | 2024-02-29T11:00:00Z
          tod      | time '23:59:59.999998'           | '23:59:59.999999' | '23:59:59.999998'
          doc      | '{"a": 2}'                       | '{"a":1,"b":[1,2,],}' | '{"a":2,}'
          raw      | '\\xff'::bytea                   | 0x00ff        | 0xff
          numbers  | '{1,2,NULL}'                     | [1, NULL, 3]  | [1, 2, NULL]
          words    | '{}'                             | ['a', 'b c']  | []
          feeling  | 'sad'                            | 'glad'        | 'sad'
          span     | interval '1 day'                 | '14 months 3 days 14706500000 µs' | '0 months 1 days 0 µs'
          ratio    | 0.1::float8 + 0.2::float8        | 0.3           | 0.30000000000000004
          approx   | NULL                             | 1.5           | NULL
          """)
  void aDifferenceInAnyTypeIsFound(String column, String value, String inLake, String inSource)
      throws SQLException {
    everyType();
    source("UPDATE compared.t SET %s = %s WHERE id = 1 AND part = 1".formatted(column, value));

    Comparison found = compare();

    assertThat(found.equal()).isFalse();
    assertThat(found.counts().differing()).isEqualTo(1);
    assertThat(found.examples())
        .containsExactly(new Difference.Cell("part=1, id=1", column, inSource, inLake));
  }

  @Test
  void everyKindOfDifferenceIsCountedAndShown() throws SQLException {
    source("CREATE TABLE compared.t (id int PRIMARY KEY, name text, extra int)");
    source("INSERT INTO compared.t SELECT i, 'n' || i, 0 FROM generate_series(1, 3000) i");
    lakeTable("id INT, name STRING, older STRING, _position STRING", "");
    spark.sql(
        "INSERT INTO delta.`%s` SELECT id, 'n' || id, null, 'x' FROM range(51, 3101)"
            .formatted(table()));
    spark.sql("INSERT INTO delta.`%s` VALUES (60, 'n60', null, 'y')".formatted(table()));
    source("UPDATE compared.t SET name = 'changed' WHERE id % 100 = 0");

    Comparison found = compare();

    assertThat(found.counts()).isEqualTo(new Comparison.Counts(3000, 3051, 50, 100, 1, 30));
    assertThat(found.examples())
        .contains(
            new Difference.ColumnMissingInLake("extra"),
            new Difference.ColumnMissingInSource("older"),
            new Difference.MissingInLake("id=1"),
            new Difference.RepeatedInLake("id=60"),
            new Difference.Cell("id=100", "name", "'changed'", "'n100'"))
        .hasSizeLessThanOrEqualTo(100);
    assertThat(found.examples())
        .filteredOn(Difference.MissingInSource.class::isInstance)
        .hasSize(20);
    assertThat(found.summary())
        .isEqualTo(
            "compared.t: DIFFERS, 3,000 rows in the source, 3,051 in the lake; 50 only in the"
                + " source, 100 only in the lake, 1 repeated, 30 with other values, 2 columns in one"
                + " only");
    assertThat(new Difference.Cell("id=1", "name", "'a'", "NULL").text())
        .isEqualTo("row id=1, column name: 'a' in the source, NULL in the lake");
  }

  @Test
  void onlyAnExtraColumnIsADifferenceToo() throws SQLException {
    source("CREATE TABLE compared.t (id int PRIMARY KEY, extra int)");
    lakeTable("id INT", "");

    assertThat(compare().equal()).isFalse();
  }

  @Test
  void rowsBehindDeletionVectorsAreGone() throws Exception {
    source("CREATE TABLE compared.t (id int PRIMARY KEY, name text)");
    source("INSERT INTO compared.t SELECT i, 'n' || i FROM generate_series(0, 999) i");
    lakeTable("id INT, name STRING", "TBLPROPERTIES ('delta.enableDeletionVectors' = 'true')");
    spark.sql(
        "INSERT INTO delta.`%s` SELECT /*+ COALESCE(1) */ id, 'n' || id FROM range(1000)"
            .formatted(table()));
    spark.sql("DELETE FROM delta.`%s` WHERE id %% 10 = 3".formatted(table()));
    try (Stream<Path> files = Files.list(lake.resolve("t"))) {
      assertThat(files.filter(file -> file.getFileName().toString().startsWith("deletion_vector")))
          .as("Spark has used a deletion vector")
          .isNotEmpty();
    }

    assertThat(compare().counts()).isEqualTo(new Comparison.Counts(1000, 900, 100, 0, 0, 0));
    source("DELETE FROM compared.t WHERE id % 10 = 3");
    assertThat(compare().equal()).isTrue();
  }

  @Test
  void tablesThatCannotBeComparedAreNamed() throws SQLException {
    lakeTable("id INT", "");
    assertThatThrownBy(this::compare)
        .hasMessage("Cannot read compared.t: the database has no such table, or hides it");
    source("CREATE TABLE compared.t (id int)");
    assertThatThrownBy(this::compare)
        .hasMessage("Cannot compare compared.t: it has no primary key, so rows cannot be matched");
    assertThatThrownBy(() -> comparison.compare("compared", "t", lake + "/nowhere"))
        .isInstanceOfSatisfying(
            TidemarkException.class,
            error -> assertThat(error.exitCode()).isEqualTo(ExitCode.CONFIGURATION))
        .hasMessage("Cannot read " + lake + "/nowhere: there is no Delta table");
    SourceDatabase gone = new SourceDatabase("jdbc:postgresql://127.0.0.1:1/shop", "me", "hidden");
    assertThatThrownBy(() -> new SourceComparison(gone).compare("compared", "t", table()))
        .isInstanceOfSatisfying(
            TidemarkException.class,
            error -> assertThat(error.exitCode()).isEqualTo(ExitCode.UNAVAILABLE))
        .hasMessageStartingWith(
            "Cannot connect to jdbc:postgresql://127.0.0.1:1/shop as user 'me': ")
        .hasMessageNotContaining("hidden");
  }

  private void everyType() throws SQLException {
    source("CREATE TYPE compared.mood AS ENUM ('sad', 'glad')");
    source(
        """
        CREATE TABLE compared.t (
          id bigint, part int, PRIMARY KEY (part, id), small smallint, price numeric(12,2),
          free numeric, name text, code varchar(10), flag boolean, day date, at timestamp,
          at_z timestamptz, tod time, u uuid, doc jsonb, doc_text json, raw bytea, numbers int[],
          words text[], feeling compared.mood, span interval, ratio double precision, approx real)
        """);
    source(
        """
        INSERT INTO compared.t VALUES
        (1, 1, 7, 12.5, 1.50, 'Ann', 'c', true, '2024-02-29', '2024-02-29 12:00:00.123456',
         '2024-02-29 14:00+02', '23:59:59.999999', '0A0B0C0D-0000-0000-0000-000000000001',
         '{"b": [1, 2.0], "a": 1}', ' {"x" : 1e2} ', '\\x00ff', '{1,NULL,3}', '{a,"b c"}', 'glad',
         '1 year 2 mons 3 days 04:05:06.5', 0.3, 1.5),
        (2, 1, -32768, -9999999999.99, 'NaN', '', '', false, '0001-01-01', '9999-12-31 23:59:59.999999',
         '0001-01-01 00:00+00', '24:00', '00000000-0000-0000-0000-000000000000', 'null', '"a"', '',
         '{}', '{NULL,"NULL","\\"{},"}', 'sad', '-1 mon +1 day -00:00:00.000001', 'NaN', '-Infinity'),
        (1, 2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
         NULL, NULL, NULL, NULL, NULL, NULL)
        """);
    lake = everyTypeLake; // Spark writes it once, as no test changes it.
    if (!Files.exists(Path.of(table()))) {
      writeEveryType();
    }
  }

  private void writeEveryType() {
    lakeTable(
        "id BIGINT, part INT, small INT, price DECIMAL(12,2), free STRING, name STRING, code STRING,"
            + " flag BOOLEAN, day DATE, at TIMESTAMP_NTZ, at_z TIMESTAMP, tod STRING, u STRING,"
            + " doc STRING, doc_text STRING, raw BINARY, numbers ARRAY<INT>, words ARRAY<STRING>,"
            + " feeling STRING, span STRING, ratio DOUBLE, approx FLOAT, _position STRING",
        "");
    spark.sql(
        """
        INSERT INTO delta.`%s` VALUES
        (1, 1, 7, 12.50, '1.50', 'Ann', 'c', true, date '2024-02-29',
         timestamp_ntz '2024-02-29 12:00:00.123456', timestamp '2024-02-29 12:00:00Z',
         '23:59:59.999999', '0a0b0c0d-0000-0000-0000-000000000001', '{"a": 1, "b": [1, 2]}',
         '{"x":100}', X'00FF', array(1, NULL, 3), array('a', 'b c'), 'glad', 'P1Y2M3DT4H5M6.5S',
         double('0.3'), float('1.5'), '1'),
        (2, 1, -32768, -9999999999.99, 'NaN', '', '', false, date '0001-01-01',
         timestamp_ntz '9999-12-31 23:59:59.999999', timestamp '0001-01-01 00:00:00Z',
         '24:00:00.000000', '00000000-0000-0000-0000-000000000000', 'null', '"a"', X'',
         array(), array(NULL, 'NULL', '"{},'), 'sad', 'P0Y-1M1DT0H0M-0.000001S', double('NaN'),
         float('-Infinity'), '2'),
        (1, 2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
         NULL, NULL, NULL, NULL, NULL, NULL, '3')
        """
            .formatted(table()));
  }

  private Comparison compare() {
    return comparison.compare("compared", "t", table());
  }

  private String table() {
    return lake.resolve("t").toString();
  }

  private void lakeTable(String columns, String properties) {
    spark.sql(
        "CREATE TABLE delta.`%s` (%s) USING delta %s".formatted(table(), columns, properties));
  }

  private void source(String... statements) throws SQLException {
    try (var statement = database.createStatement()) {
      for (String sql : List.of(statements)) {
        statement.execute(sql);
      }
    }
  }
}
