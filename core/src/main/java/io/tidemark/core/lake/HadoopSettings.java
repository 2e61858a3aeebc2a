package io.tidemark.core.lake;

import org.apache.hadoop.conf.Configuration;

/** Hadoop's settings where there is no Spark session. */
public final class HadoopSettings {
  private static final String SPARK_HADOOP = "spark.hadoop.";

  private HadoopSettings() {}

  /** What Spark would use: Hadoop's own files, and the settings handed to spark-submit. */
  public static Configuration ofProcess() {
    Configuration configuration = new Configuration();
    System.getProperties()
        .stringPropertyNames()
        .forEach(
            name -> {
              if (name.startsWith(SPARK_HADOOP)) {
                configuration.set(name.substring(SPARK_HADOOP.length()), System.getProperty(name));
              }
            });
    return configuration;
  }
}
