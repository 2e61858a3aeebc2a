package io.tidemark.cli;

/** Chooses the log configuration. */
final class LogSettings {
  private static final String PROPERTY = "log4j2.configurationFile";

  private LogSettings() {}

  /** Takes Tidemark's own, unless the operator or spark-submit brought one. */
  static void apply() {
    if (System.getProperty(PROPERTY) == null && System.getProperty("spark.master") == null) {
      System.setProperty(PROPERTY, "tidemark-log4j2.properties");
    }
  }
}
