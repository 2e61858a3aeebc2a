package io.tidemark.quality.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.core.database.SourceDatabase;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.sandbox.SandboxAddresses;
import io.tidemark.sandbox.junit.WithSandbox;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A real MariaDB against a table that Spark wrote. */
@Tag("slow")
@WithSandbox(mariadb = true)
@ExtendWith(SharedSpark.class)
class MariaDbComparisonTest {
  private static final String COLUMNS =
      "id int, b1 bit(1), b9 bit(9), big bigint unsigned, f float, d double, price decimal(12,2),"
          + " wide decimal(65,30), name varchar(20), raw varbinary(9), mood enum('sad','a,b'),"
          + " tags set('a','b'), day date, at datetime(6), ts timestamp(6) null, tod time(6),"
          + " y year, u uuid, PRIMARY KEY (id)";
  private static final String IN_SOURCE =
      "(1, b'1', b'101010101', 18446744073709551615, 0.1, 0.1, 19.90, 1.5, 'Zoë', 0x00ff, 'a,b',"
          + " 'a,b', '2024-02-29', '2024-02-29 12:00:00.123456', '2024-02-29 12:00:00.5',"
          + " '-838:59:59.5', 2024, '6f1d3c0e-8f0a-4d4e-9a3b-0b9d8f7c6e5d')";
  private static final String IN_LAKE =
      "1 id, true b1, X'5501' b9, 18446744073709551615BD big, float(0.1) f, 0.1D d,"
          + " cast(19.90 as decimal(12,2)) price, '1.500000000000000000000000000000' wide,"
          + " 'Zoë' name, X'00FF' raw, 'a,b' mood, 'a,b' tags, date'2024-02-29' day,"
          + " timestamp_ntz'2024-02-29 12:00:00.123456' at,"
          + " timestamp'2024-02-29 12:00:00.5Z' ts, '-838:59:59.500000' tod, 2024 y,"
          + " '6f1d3c0e-8f0a-4d4e-9a3b-0b9d8f7c6e5d' u, 'x' _position";

  @TempDir Path folder;

  @Test
  void everyTypeComesThroughEqualAndADifferenceIsFound(SandboxAddresses sandbox, SparkSession spark)
      throws Exception {
    String table = folder.resolve("t").toString();
    spark.sql("CREATE TABLE delta.`%s` USING delta AS SELECT %s".formatted(table, IN_LAKE));
    SourceComparison comparison =
        new SourceComparison(new SourceDatabase(sandbox.mariadbUrl(), "tidemark", "tidemark"));
    try (Connection database = DriverManager.getConnection(sandbox.mariadbUrl());
        Statement statement = database.createStatement()) {
      statement.execute("CREATE TABLE compared (" + COLUMNS + ")");
      statement.execute("INSERT INTO compared VALUES " + IN_SOURCE);

      Comparison found = comparison.compare("shop", "compared", table);
      assertThat(found.examples()).isEmpty();
      assertThat(found.equal()).isTrue();
      assertThat(found.columns()).isEqualTo(18);

      statement.execute("UPDATE compared SET big = 18446744073709551614, tod = '-838:59:59.4'");
      statement.execute("INSERT INTO compared (id) VALUES (2)");
      Comparison other = comparison.compare("shop", "compared", table);
      assertThat(other.counts()).isEqualTo(new Comparison.Counts(2, 1, 1, 0, 0, 1));
      assertThat(other.examples())
          .contains(
              new Difference.Cell("id=1", "big", "18446744073709551614", "18446744073709551615"));
    }
    assertThatThrownBy(() -> comparison.compare("shop", "nowhere", table))
        .isInstanceOf(TidemarkException.class)
        .hasMessageContaining("Cannot read shop.nowhere");
  }
}
