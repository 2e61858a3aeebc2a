package io.tidemark.core.spec.yaml;

/** The kinds of files that people write, as errors call them. */
public enum FileKind {
  PIPELINE("pipeline file", "docs/pipeline-reference.md"),
  CHECKS("checks file", "docs/checks-reference.md");

  private final String words;
  private final String reference;

  FileKind(String words, String reference) {
    this.words = words;
    this.reference = reference;
  }

  /** What it is called. */
  public String words() {
    return words;
  }

  /** The page that explains every key. */
  public String reference() {
    return reference;
  }
}
