package io.tidemark.cli.demo;

import io.tidemark.sandbox.SandboxAddresses;
import java.nio.file.Path;

/** Says how to look at what the demo has left up. */
final class LookAround {
  private LookAround() {}

  static String text(DemoSandbox sandbox, Path lake, Path state) {
    SandboxAddresses addresses = sandbox.addresses();
    return """
        Everything is still up. To look around:
          psql '%s'
          export KAFKA=%s CONNECT=%s DATABASE='%s' TIDEMARK_LAKE=%s
          ./tidemark sql --pipeline conf/pipelines/shop.yml "select * from gold.inventory_alerts"
          ./tidemark sql --pipeline conf/pipelines/shop.yml "select reason, message, offset from bronze._dead_letters"
          ./tidemark quality --pipeline conf/pipelines/shop.yml
          ./tidemark status --pipeline conf/pipelines/shop.yml
          ./tidemark sandbox stop --state %s"""
        .formatted(
            addresses.psqlUrl(),
            addresses.bootstrapServers(),
            addresses.connectUrl(),
            addresses.jdbcUrl(),
            lake,
            state);
  }
}
