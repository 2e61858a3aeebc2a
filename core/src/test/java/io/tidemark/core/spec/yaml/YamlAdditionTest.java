package io.tidemark.core.spec.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.core.spec.yaml.YamlAddition.Entry;
import io.tidemark.core.spec.yaml.YamlAddition.Refused;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlAdditionTest {
  private static final List<String> PATH = List.of("tables", "silver.orders", "checks");
  private static final List<Entry> NEW = List.of(new Entry("new", "{type: size}", "why"));

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "# my checks\n", "---\n"})
  void startsATextThatHoldsNothing(String text) throws Refused {
    assertThat(add(text))
        .isEqualTo(
            text
                + """
                tables:
                  silver.orders:
                    checks:
                      # why
                      new: {type: size}
                """);
  }

  @Test
  void goesBehindTheLastCheckWithTheFilesOwnIndentation() throws Refused {
    assertThat(
            add(
                """
                # owners: checkout
                tables:
                    silver.orders:   # the heart
                        rules: {positive: "total > 0"}
                        checks:
                            # ids come from a sequence
                            first:   {type: size, at-least: 1} # never empty
                            # off: {type: size}

                            # also about orders
                    # people
                    silver.users:
                        checks: {}
                """))
        .isEqualTo(
            """
            # owners: checkout
            tables:
                silver.orders:   # the heart
                    rules: {positive: "total > 0"}
                    checks:
                        # ids come from a sequence
                        first:   {type: size, at-least: 1} # never empty
                        # off: {type: size}

                        # also about orders
                        # why
                        new: {type: size}
                # people
                silver.users:
                    checks: {}
            """);
  }

  @Test
  void aNewTableGoesToTheEndOfTheTablesNotOfTheFile() throws Refused {
    assertThat(add("tables:\n  gold.a:\n    checks:\n      b: {c: d}\n# end of tables\nother: 1\n"))
        .isEqualTo(
            "tables:\n  gold.a:\n    checks:\n      b: {c: d}\n"
                + "  silver.orders:\n    checks:\n      # why\n      new: {type: size}\n"
                + "# end of tables\nother: 1\n");
  }

  @Test
  void aTableWithoutChecksGetsThemBehindWhatItHas() throws Refused {
    assertThat(
            add("tables:\n  silver.orders:\n    rules:\n      a: |\n        total\n        > 0\n"))
        .isEqualTo(
            "tables:\n  silver.orders:\n    rules:\n      a: |\n        total\n        > 0\n"
                + "    checks:\n      # why\n      new: {type: size}\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tables:",
        "tables:\n",
        "tables:   # none yet\n",
        "other: 1\ntables:\n  # none yet\n",
        "tables:\n  silver.orders:\n",
        "tables:\n  silver.orders: # ours\n    checks:\n",
        "\"tables\":\n  'silver.orders':\n    checks:\n      old: {a: b}",
        "tables:\n  silver.orders: &orders\n    checks:\n      old: {a:\n        b}\n",
        "tables:\n  silver.orders:\n    checks:\n      old: &o {a: b}\n      too: *o\n",
        "tables:\n  silver.orders:\n    checks:\n      \ud83d\ude00: {a: \ud83d\ude00}\n    on: x\n",
        "tables:\n  silver.orders:\n    checks:\n      old: [a, b] #\ttab\t\n",
        "\uFEFFtables:\n  silver.orders:\n    checks:\n      old:\n        columns:\n        - a\n",
        "tables:\n silver.orders:\n  checks:\n   old: {a: b}\n...\n",
      })
  void keepsEveryCharacterThatStandsThere(String text) throws Refused {
    String added = add(text);

    assertThat(before(text, added) + behind(text, added)).isGreaterThanOrEqualTo(text.length());
    assertThat(added).contains("new: {type: size}\n");
  }

  /** How many characters both begin with. */
  private static int before(String text, String added) {
    int same = 0;
    while (same < text.length() && text.charAt(same) == added.charAt(same)) {
      same++;
    }
    return same;
  }

  /** How many characters both end with. */
  private static int behind(String text, String added) {
    return before(
        new StringBuilder(text).reverse().toString(),
        new StringBuilder(added).reverse().toString());
  }

  @Test
  void keepsTheLineEndsOfWindows() throws Refused {
    assertThat(add("tables:\r\n  silver.orders:\r\n    checks:\r\n      a: {b: c}\r\n"))
        .isEqualTo(
            "tables:\r\n  silver.orders:\r\n    checks:\r\n      a: {b: c}\r\n"
                + "      # why\r\n      new: {type: size}\r\n");
  }

  @Test
  void aLastLineWithoutItsEndGetsOne() throws Refused {
    assertThat(add("tables:\n  silver.orders:\n    checks:\n      a: {b: c}"))
        .endsWith("      a: {b: c}\n      # why\n      new: {type: size}\n");
  }

  @Test
  void refusesWhatItWouldHaveToRewrite() {
    refused("tables: {}\n", "'tables' (line 1) is written in brackets");
    refused("tables:\n  silver.orders: {checks: {a: b}}\n", "'tables.silver.orders' (line 2)");
    refused("tables:\n  silver.orders:\n    checks: []\n", "is written in brackets");
    refused("tables:\n  silver.orders:\n    checks: none\n", "is no map");
    refused("{tables: {}}\n", "the file (line 1) is written in brackets");
    refused(
        "tables:\n  gold.a: &a\n    checks:\n  silver.orders: *a\n",
        "'tables.silver.orders' (line 4) is an alias");
    refused(
        "tables:\n  silver.orders: &a\n    checks:\n      b: {c: d}\n  gold.a: *a\n",
        "other parts of it would change");
    refused("tables:\n  silver.orders: &a\n    checks:\n      b: *a\n", "*a contains itself");
    refused("tables:\n\tsilver.orders: {}\n", "not valid YAML");
    refused("tables:\n---\ntables:\n", "more than one YAML document");
    refused("tables:\n  gold.a: !mine x\n", "not plain YAML");
  }

  private static void refused(String text, String why) {
    assertThatThrownBy(() -> add(text)).isInstanceOf(Refused.class).hasMessageContaining(why);
  }

  @Test
  void theEntriesAloneAreAsInAnEmptyText() throws Refused {
    assertThat(YamlAddition.alone(PATH, NEW)).isEqualTo(add(""));
  }

  private static String add(String text) throws Refused {
    return YamlAddition.add(text, PATH, NEW);
  }
}
