package io.tidemark.core.spec.checks;

import io.tidemark.core.check.Bounds;
import io.tidemark.core.check.TextFormat;
import io.tidemark.core.spec.setting.SectionPage;
import io.tidemark.core.spec.setting.Setting;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The reference page of the checks file, written from the declarations of its settings. */
public final class ChecksReference {
  /** A file that uses most of it. */
  static final String EXAMPLE =
      """
      tables:
        silver.orders:
          description: Orders of the shop; owned by the checkout team.
          on-quarantine: keep-last-good
          corrections: {email: lower(trim(email))}
          rules:
            positive_amount: {rule: "total_amount > 0", action: quarantine}
            known_status: "status IN ('pending', 'completed')"
          checks:
            order_id_unique: {type: uniqueness, columns: [order_id]}
            email_complete: {type: completeness, column: email, at-least: 95%, severity: warn}
            items_refer: {type: references, columns: [user_id], table: silver.users, their-columns: [id]}
            fresh: {type: freshness, column: updated_at, at-most: 1h}
            size_since_yesterday: {type: size, anomaly: {kind: relative-change, max-decrease: 0.1}}
            revenue_by_weekday: {type: sum, column: total_amount, anomaly: {kind: weekday}}
      """;

  private static final String INTRODUCTION =
      """
      # Checks file

      Generated from the settings' declarations; a test tells when this page is stale and how to
      write it anew.

      A checks file declares what good data is, table by table. The pipeline file names it: `checks:
      conf/checks/shop.yml`. It is read with the pipeline file and checked in the same way: unknown
      keys are errors, all problems of both files are reported together as `file:line:column: problem
      (remedy)`, and values from outside (`${NAME}`) work as they do there; only secrets are refused,
      because reports show what was checked. Before anything runs, columns, functions and types are
      compared with the tables that exist, and the grammar of all conditions with Spark's.

      ```yaml
      """;

  private static final String NAMES =
      """

      Tables are named with their layer: `bronze.<table>`, `silver.<table>` or `gold.<mart>`. Rules
      and corrections of a table with several `sources` hold for the rows of each of them.

      Conditions (`rule`, `where`) and corrections are Spark SQL over the columns of the table. A row counts where
      its condition is true, neither false nor NULL. They have no subqueries, aggregates or window
      functions and do not depend on chance; row rules and corrections do not depend on the time of
      the run either, and do not see Tidemark's own columns, so that a rebuild makes the same of every
      row. Rules of masked columns see the masked value; a masked column is not corrected, nor one of
      the key, of an append-only table, or of a type that no text keeps exactly (binary, arrays, maps,
      structs).
      """;

  private ChecksReference() {}

  /** The whole page as Markdown. */
  public static String markdown() {
    return INTRODUCTION
        + EXAMPLE
        + "```\n"
        + NAMES
        + SectionPage.markdown("`tables.<name>`", ChecksSettings.TABLES)
        + SectionPage.markdown("`tables.<name>.rules.<name>`", ChecksSettings.RULES)
        + types()
        + SectionPage.markdown("`tables.<name>.checks.<name>`", CheckSettings.CHECKS)
        + formats()
        + SectionPage.markdown("`tables.<name>.checks.<name>.anomaly`", LimitSettings.ANOMALY);
  }

  private static String types() {
    return Arrays.stream(CheckType.values())
        .map(ChecksReference::row)
        .collect(
            Collectors.joining(
                "\n",
                "\n## Types of checks\n\n"
                    + "Where neither a bound nor an anomaly is written, the bound of the type holds;"
                    + " a type without one needs one of the two.\n\n"
                    + "| Type | Measure | Keys | Bound | Dimension |\n|---|---|---|---|---|\n",
                "\n"));
  }

  private static String row(CheckType type) {
    String keys =
        CheckSettings.CHECKS.settings().stream()
            .filter(setting -> isOf(setting, type))
            .map(setting -> "`" + setting.key() + "`")
            .collect(Collectors.joining(", "));
    return "| `%s` | %s | %s | %s | %s |"
        .formatted(
            type,
            type.help(),
            keys.isEmpty() ? "none" : keys,
            type.defaultBounds().map(ChecksReference::shown).orElse("**required**"),
            type.dimension().word());
  }

  private static boolean isOf(Setting<?, ?> setting, CheckType type) {
    return setting.choice().filter(choice -> choice.values().contains(type)).isPresent();
  }

  private static String shown(Bounds bounds) {
    return bounds.atMost().isPresent() ? "`equals: 1`" : "`at-least: 1`";
  }

  private static String formats() {
    return Arrays.stream(TextFormat.values())
        .map(format -> "- `%s`: `%s`".formatted(format.word(), format.regex()))
        .collect(Collectors.joining("\n", "\nThe formats, as regular expressions:\n\n", "\n"));
  }
}
