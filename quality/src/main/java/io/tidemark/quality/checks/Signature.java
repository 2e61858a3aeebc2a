package io.tidemark.quality.checks;

import io.tidemark.core.lake.Lake;

/**
 * What kept states depend on besides the rows, as a text: states whose signature is another were
 * made of something else.
 */
final class Signature {
  private Signature() {}

  /** What was asked, and what the session's settings make of it. */
  static String of(Lake lake, String... asked) {
    return String.join(
        "\n",
        String.join("\n", asked),
        lake.spark().conf().get("spark.sql.session.timeZone"),
        lake.spark().conf().get("spark.sql.ansi.enabled"));
  }
}
