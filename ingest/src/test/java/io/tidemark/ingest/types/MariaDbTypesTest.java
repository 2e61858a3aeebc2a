package io.tidemark.ingest.types;

import io.tidemark.ingest.fixture.MariaDb;
import io.tidemark.sandbox.SandboxAddresses;
import io.tidemark.sandbox.junit.WithSandbox;
import org.junit.jupiter.api.Test;

@WithSandbox(mariadb = true)
class MariaDbTypesTest {
  @Test
  void rule10EveryTypeUnderEveryModeIsWhatTheDatabaseSays(SandboxAddresses sandbox)
      throws Exception {
    try (MariaDb mariadb = new MariaDb(sandbox)) {
      TypesRun run =
          new TypesRun(
              sandbox,
              mariadb.database(),
              MariaDbTypes.columns(),
              MariaDbTypes.MODES,
              mode -> "mtypes_" + mode.name() + ".shop.types",
              mode -> mariadb.follow("mtypes_" + mode.name(), "shop.types", mode.settings()));
      try {
        run.compare().assertIsIn("MariaDB");
      } finally {
        MariaDbTypes.MODES.forEach(mode -> mariadb.unfollow("mtypes_" + mode.name()));
      }
    }
  }
}
