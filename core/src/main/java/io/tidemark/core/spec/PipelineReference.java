package io.tidemark.core.spec;

import io.tidemark.core.spec.setting.Section;
import io.tidemark.core.spec.setting.SectionPage;

/** The reference page of the pipeline file, written from the declarations of its settings. */
public final class PipelineReference {
  private static final String INTRODUCTION =
      """
      # Pipeline file

      Generated from the settings' declarations; a test tells when this page is stale and how to
      write it anew. An example that runs: [conf/pipelines/shop.yml](../conf/pipelines/shop.yml).

      A pipeline is one YAML file. It is read once, at the start, and checked as a whole: all problems
      are reported together, each as `file:line:column: problem (remedy)`, and the process ends with
      exit code 2 before it does any work. A key that is not on this page is an error, so is a key
      that stands twice.

      ## Values from outside

      | Written | Stands for |
      |---|---|
      | `${NAME}` | the environment variable; an error if it is not set or empty |
      | `${NAME:default}` | the same, or the text after the first colon |
      | `${file:/path}` | the content of a UTF-8 file without the blanks around it; relative paths \
      are looked for as those of `sql` are |
      | `$${` | a plain `${` |

      They work in every value, also within a longer text, but not in keys, and they do not nest. In
      `{...}` and `[...]` put such a value between quotes.

      ## Secrets

      Printed as `[REDACTED]` in messages and in the configuration that a job prints when it starts:
      a value that came from `${file:...}`, or from a variable named like a secret; a Kafka property
      named like a secret (password, secret, token, jaas, credential, api key and the like); user and
      password in a URL; the `url` of a webhook.
      """;

  private PipelineReference() {}

  /** The whole page as Markdown. */
  public static String markdown() {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    page.append(SectionPage.markdown("Top of the file", Settings.PIPELINE));
    children(page, "", Settings.PIPELINE);
    return page.toString();
  }

  private static void children(StringBuilder page, String prefix, Section<?> parent) {
    for (Section<?> section : parent.children()) {
      String path = prefix + section.path();
      page.append(SectionPage.markdown("`" + path + "`", section));
      children(page, path + ".", section);
    }
  }
}
