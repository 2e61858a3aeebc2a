package io.tidemark.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.spark.SharedSpark;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The one jar, submitted to a Spark that has nothing but its own libraries. Runs after packaging.
 */
@Tag("slow")
@ExtendWith(SharedSpark.class)
final class SparkSubmitIT {
  private static final Path JAR = Path.of("target", "tidemark-spark.jar");

  // What our class path has and a distribution of Spark does not.
  private static final List<String> NOT_OF_SPARK =
      List.of(
          "tidemark-",
          "delta-",
          "spark-sql-kafka",
          "spark-token-provider",
          "kafka-clients",
          "commons-pool2",
          "picocli",
          "snakeyaml",
          "postgresql-",
          "junit",
          "assertj");

  @TempDir private Path folder;

  private record Result(int exit, String out) {}

  @Test
  void showsItsVerbs() throws Exception {
    Result help = submit("--help");

    assertThat(help.out()).contains("Usage: tidemark").contains("run").contains("sql");
    assertThat(help.exit()).isZero();
  }

  @Test
  void readsALake(SparkSession spark) throws Exception {
    spark.range(3).write().format("delta").save(folder + "/lake/silver/orders");

    Result sql =
        submit(
            "sql",
            "--pipeline",
            pipeline(),
            "--format",
            "json",
            "select count(*) as orders from silver.orders");

    assertThat(sql.out()).contains("{\"orders\":3}");
    assertThat(sql.exit()).isZero();
  }

  @Test
  void talksToKafka() throws Exception {
    Result run = submit("run", "--once", "--pipeline", pipeline());

    assertThat(run.out()).contains("Cannot reach Kafka at 127.0.0.1:1");
    assertThat(run.exit()).isEqualTo(4);
  }

  @Test
  void declaresBothOfItsSourcesAndLeavesSparksClassesOut() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      String sources =
          new String(
              jar.getInputStream(
                      jar.getEntry(
                          "META-INF/services/org.apache.spark.sql.sources.DataSourceRegister"))
                  .readAllBytes(),
              StandardCharsets.UTF_8);
      assertThat(sources).contains("KafkaSourceProvider").contains("DeltaDataSource");
      assertThat(jar.stream().map(entry -> entry.getName().toLowerCase(Locale.ROOT)))
          .noneMatch(name -> name.startsWith("org/apache/spark/sql/sparksession"))
          .noneMatch(name -> name.startsWith("scala/collection/"))
          .noneMatch(name -> name.startsWith("org/apache/hadoop/"))
          .noneMatch(name -> name.startsWith("org/slf4j/"))
          .noneMatch(name -> name.startsWith("com/fasterxml/"))
          .noneMatch(name -> name.startsWith("io/tidemark/sandbox/server/"));
    }
  }

  private String pipeline() throws IOException {
    Path file = folder.resolve("pipeline.yml");
    Files.writeString(
        file,
        """
        pipeline: submitted
        lake: %s
        source: {type: debezium, bootstrap-servers: '127.0.0.1:1', topics: 'a.b.*'}
        """
            .formatted(folder.resolve("lake")));
    return file.toString();
  }

  private Result submit(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + Path.of(System.getProperty("tidemark.home"), "conf", "spark.jvmoptions"));
    command.addAll(List.of("-Xmx1g", "org.apache.spark.deploy.SparkSubmit"));
    command.addAll(List.of("--master", "local[1]", "--conf", "spark.ui.enabled=false"));
    command.addAll(List.of("--class", "io.tidemark.Tidemark", JAR.toAbsolutePath().toString()));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out.txt");
    ProcessBuilder process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    process.environment().put("CLASSPATH", sparksOwn());
    process.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    int exit = process.start().waitFor();
    return new Result(exit, Files.readString(out));
  }

  private static String sparksOwn() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(library -> library.endsWith(".jar"))
        .filter(
            library -> {
              String name = Path.of(library).getFileName().toString();
              return NOT_OF_SPARK.stream().noneMatch(name::startsWith);
            })
        .collect(Collectors.joining(File.pathSeparator));
  }
}
