package io.tidemark.ingest.types;

import io.tidemark.ingest.fixture.Postgres;
import io.tidemark.sandbox.SandboxAddresses;
import io.tidemark.sandbox.junit.WithSandbox;
import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;

@WithSandbox
class PostgresTypesTest {
  @Test
  void rule10EveryTypeUnderEveryModeIsWhatTheDatabaseSays(SandboxAddresses sandbox)
      throws Exception {
    try (Postgres postgres = new Postgres(sandbox);
        Connection database =
            DriverManager.getConnection(sandbox.jdbcUrl(), sandbox.user(), sandbox.password())) {
      postgres.execute(PostgresTypes.SETUP.toArray(new String[0]));
      TypesRun run =
          new TypesRun(
              sandbox,
              database,
              PostgresTypes.columns(),
              PostgresTypes.MODES,
              mode -> "types_" + mode.name() + ".public.types",
              mode -> postgres.follow("types_" + mode.name(), "public.types", mode.settings()));
      try {
        run.compare().assertIsIn("PostgreSQL");
      } finally {
        PostgresTypes.MODES.forEach(mode -> postgres.unfollow("types_" + mode.name()));
      }
    }
  }
}
