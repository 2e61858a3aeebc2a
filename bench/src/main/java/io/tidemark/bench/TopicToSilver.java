package io.tidemark.bench;

import io.tidemark.sandbox.Sandbox;
import io.tidemark.sandbox.SandboxAddresses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Measures one {@code run --once} from a full topic to silver, as a user starts it: the time of the
 * whole process, Spark's start included.
 *
 * <p>Arguments: number of events (1,000,000), number of keys (200,000), {@code with-schema} or
 * {@code without-schema}, number of partitions (4).
 */
public final class TopicToSilver {
  private static final long SEED = 42;
  private static final String TOPIC = "bench.public.orders";

  private TopicToSilver() {}

  /** Prepares the topic, runs the pipeline in a process of its own, and prints what it took. */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    int events = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    int keys = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200_000;
    OrderEvents.Form form =
        arguments.length > 2 && arguments[2].equals("without-schema")
            ? OrderEvents.Form.WITHOUT_SCHEMA
            : OrderEvents.Form.WITH_SCHEMA;
    int partitions = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 4;
    Path work = Files.createTempDirectory("tidemark-bench");
    SandboxAddresses sandbox =
        Sandbox.start(work.resolve("sandbox"), System.out::println, Sandbox.Lifetime.WITH_PARENT);
    try {
      produce(sandbox, new OrderEvents(SEED, keys, form), events, partitions);
      measure(sandbox, work, events);
    } finally {
      Sandbox.stop(work.resolve("sandbox"));
    }
  }

  private static void produce(
      SandboxAddresses sandbox, OrderEvents source, int events, int partitions)
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

  private static void measure(SandboxAddresses sandbox, Path work, int events)
      throws IOException, InterruptedException {
    Path pipeline = work.resolve("bench.yml");
    Files.writeString(
        pipeline,
        """
        pipeline: bench
        lake: %s
        source: {type: debezium, bootstrap-servers: '%s', topics: bench.public.*}
        """
            .formatted(work.resolve("lake"), sandbox.bootstrapServers()));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + Path.of(System.getProperty("tidemark.home"), "conf/spark.jvmoptions"));
    command.addAll(List.of("-Xmx4g", "-cp", System.getProperty("java.class.path")));
    command.addAll(
        List.of("io.tidemark.Tidemark", "run", "--once", "--pipeline", pipeline.toString()));
    long started = System.nanoTime();
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    int exit = builder.start().waitFor();
    Duration took = Duration.ofNanos(System.nanoTime() - started);
    System.out.printf(
        "exit %d: %,d events from topic to silver in %.1f s: %,.0f events/s%n",
        exit, events, took.toMillis() / 1000.0, events * 1000.0 / took.toMillis());
  }
}
