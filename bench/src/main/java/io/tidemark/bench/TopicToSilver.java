package io.tidemark.bench;

import io.tidemark.sandbox.Sandbox;
import io.tidemark.sandbox.SandboxAddresses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Measures {@code run --once} from a full topic to a new silver table, as a user starts it: the
 * time of the whole process, Spark's start included.
 *
 * <p>Arguments: number of events (1,000,000), number of keys (200,000), {@code with-schema} or
 * {@code without-schema}, number of partitions (4), number of rounds (1), and the folder of another
 * packaged build to compare with: each round then runs both on the same topic, one after the other,
 * and the medians are compared.
 */
public final class TopicToSilver {
  private static final long SEED = 42;
  private static final String TOPIC = "bench.public.orders";

  /** A packaged build. */
  private record Build(String name, Path home, String classPath) {
    static Build own() {
      return new Build(
          "this build",
          Path.of(System.getProperty("tidemark.home")),
          System.getProperty("java.class.path"));
    }

    static Build at(Path home) throws IOException {
      Path jars = home.resolve("bench/target/bench.classpath");
      return new Build(home.toString(), home, Files.readString(jars).strip());
    }
  }

  private final Path work;
  private final SandboxAddresses sandbox;
  private final int events;

  private TopicToSilver(Path work, SandboxAddresses sandbox, int events) {
    this.work = work;
    this.sandbox = sandbox;
    this.events = events;
  }

  /** Prepares the topic, runs the pipeline in processes of their own, and prints what it took. */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    List<String> given = List.of(arguments);
    int events = Integer.parseInt(argument(given, 0, "1000000"));
    int keys = Integer.parseInt(argument(given, 1, "200000"));
    OrderEvents.Form form =
        argument(given, 2, "with-schema").equals("without-schema")
            ? OrderEvents.Form.WITHOUT_SCHEMA
            : OrderEvents.Form.WITH_SCHEMA;
    List<Build> builds = new ArrayList<>();
    if (given.size() > 5) {
      builds.add(Build.at(Path.of(given.get(5))));
    }
    builds.add(Build.own());
    Path work = Files.createTempDirectory("tidemark-bench");
    SandboxAddresses sandbox =
        Sandbox.start(work.resolve("sandbox"), System.out::println, Sandbox.Lifetime.WITH_PARENT);
    try {
      TopicToSilver bench = new TopicToSilver(work, sandbox, events);
      bench.produce(new OrderEvents(SEED, keys, form), Integer.parseInt(argument(given, 3, "4")));
      bench.measure(builds, Integer.parseInt(argument(given, 4, "1")));
    } finally {
      Sandbox.stop(work.resolve("sandbox"));
    }
  }

  private static String argument(List<String> given, int place, String standard) {
    return given.size() > place ? given.get(place) : standard;
  }

  private void produce(OrderEvents source, int partitions)
      throws InterruptedException, ExecutionException {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", sandbox.bootstrapServers());
    settings.put("linger.ms", "50");
    settings.put("batch.size", "262144");
    settings.put("compression.type", "lz4");
    try (Admin admin = Admin.create(settings)) {
      admin.createTopics(List.of(new NewTopic(TOPIC, partitions, (short) 1))).all().get();
    }
    long bytes = 0;
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < events; i++) {
        OrderEvents.Event event = source.next();
        int partition = (int) (event.keyNumber() % partitions);
        producer.send(new ProducerRecord<>(TOPIC, partition, event.key(), event.value()));
        bytes += event.key().length + event.value().length;
      }
    }
    System.out.printf("%,d events prepared, %,d bytes each%n", events, bytes / events);
  }

  private void measure(List<Build> builds, int rounds) throws IOException, InterruptedException {
    Map<String, List<Double>> seconds = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Build build : builds) {
        double took = run(build, work.resolve("lake-" + round + "-" + builds.indexOf(build)));
        seconds.computeIfAbsent(build.name(), none -> new ArrayList<>()).add(took);
      }
    }
    seconds.forEach(
        (build, all) ->
            System.out.printf(
                "%s: %,d events from topic to silver in %.1f s (median of %s): %,.0f events/s%n",
                build, events, median(all), all, events / median(all)));
    if (builds.size() > 1) {
      double before = median(seconds.get(builds.get(0).name()));
      double after = median(seconds.get(builds.get(1).name()));
      System.out.printf("time of this build to that of the other: %.2f%n", after / before);
    }
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  private double run(Build build, Path lake) throws IOException, InterruptedException {
    Path pipeline = work.resolve("bench.yml");
    Files.writeString(
        pipeline,
        """
        pipeline: bench
        lake: %s
        source: {type: debezium, bootstrap-servers: '%s', topics: bench.public.*}
        """
            .formatted(lake, sandbox.bootstrapServers()));
    double took = VerbProcess.run(build.home(), build.classPath(), "4g", pipeline, "run", "--once");
    System.out.printf("%s: %.1f s%n", build.name(), took);
    return took;
  }
}
