package io.tidemark.quality.checks;

import static io.tidemark.quality.checks.CheckedLake.check;
import static io.tidemark.quality.checks.CheckedLake.silver;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.check.Bounds;
import io.tidemark.core.check.CheckResult;
import io.tidemark.core.check.Subject;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.check.Verdict;
import io.tidemark.core.database.SourceDatabase;
import io.tidemark.core.spec.DatabaseSpec;
import io.tidemark.core.spec.yaml.Redaction;
import io.tidemark.sandbox.SandboxAddresses;
import io.tidemark.sandbox.junit.WithSandbox;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@WithSandbox
final class SourceCountTest {
  private static final TableRef TABLE = silver("counted");

  @TempDir Path folder;

  @Test
  void rowsAreComparedWithThoseOfTheSource(SandboxAddresses sandbox) throws SQLException {
    CheckedLake lake = new CheckedLake(folder);
    lake.table(TABLE, "SELECT id FROM range(3)");
    lake.declare(
        TABLE,
        check(
            "as many",
            new Subject.SourceCount(),
            new Bounds(Optional.of(1.0), Optional.of(1.0), 0.1)));
    try (Connection database =
            DriverManager.getConnection(sandbox.jdbcUrl(), sandbox.user(), sandbox.password());
        Statement statement = database.createStatement()) {
      statement.execute("CREATE TABLE counted (id int); INSERT INTO counted VALUES (1), (2), (3)");
      lake.reading(
          new DatabaseSpec(
              Optional.of(
                  new SourceDatabase(sandbox.jdbcUrl(), sandbox.user(), sandbox.password())),
              Redaction.NONE));
      assertThat(lake.results(TABLE).get("as many").verdict()).isEqualTo(Verdict.PASS);

      statement.execute("INSERT INTO counted VALUES (4)");
      CheckResult result = lake.results(TABLE).get("as many");
      assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
      assertThat(result.value()).hasValue(0.75);
      assertThat(result.message()).isEqualTo("is 0.75: the source has 4 rows, the lake 3");

      statement.execute("DROP TABLE counted");
      assertThat(lake.results(TABLE).get("as many").message())
          .startsWith("could not be computed: Cannot read public.counted");
    }
  }
}
