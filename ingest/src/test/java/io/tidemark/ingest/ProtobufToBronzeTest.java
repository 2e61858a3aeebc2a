package io.tidemark.ingest;

import static io.tidemark.ingest.fixture.Accounts.assertCounts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Message;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.ingest.fixture.AvroBytes;
import io.tidemark.ingest.fixture.ProtobufKinds;
import io.tidemark.ingest.fixture.TestPipeline;
import io.tidemark.ingest.fixture.Topics;
import io.tidemark.sandbox.SandboxAddresses;
import io.tidemark.sandbox.junit.WithSandbox;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Protobuf events with a schema that a real registry has. No converter of Connect that writes them
 * is on Maven Central: Google's own library writes the messages here.
 */
@Tag("slow")
@WithSandbox(registry = true)
@ExtendWith(SharedSpark.class)
class ProtobufToBronzeTest {
  private static final String TOPIC = "pb.public.kinds_pb";

  @TempDir private Path folder;

  @Test
  void protobufLandsAndTheLakeKeepsItsSchema(SandboxAddresses sandbox, SparkSession spark)
      throws Exception {
    int id = registered(sandbox);
    try (Topics topics = new Topics(sandbox)) {
      topics.create(TOPIC, 1);
      send(topics, id, ProtobufKinds.typical(1), 1);
      topics.send(TOPIC, AvroBytes.framed(id, ProtobufKinds.key(9)), new byte[] {'{'}, Map.of());
      TestPipeline pipeline = pipeline(sandbox, spark, sandbox.registryUrl());

      assertCounts(
          pipeline.once().counts(),
          Map.of(Count.READ, 2L, Count.LANDED, 1L, Count.DEAD_LETTERED, 1L));
      send(topics, id, ProtobufKinds.onlyId(2), 2);
      TestPipeline withoutRegistry = pipeline(sandbox, spark, "http://127.0.0.1:1");

      assertThat(withoutRegistry.once().counts().of(Count.LANDED)).isEqualTo(1);
      assertThat(pipeline.bronze("kinds_pb"))
          .extracting(row -> row.<String>getAs("key"))
          .containsExactly("{\"id\":1}", "{\"id\":2}");
      assertThat(pipeline.bronze("kinds_pb").get(0).<String>getAs("after"))
          .contains("\"big\":9223372036854775807")
          .contains("\"mood\":\"HAPPY\"");
      assertThat(pipeline.lake().deadLetters().read().select("reason").first().getString(0))
          .isEqualTo("NOT_FRAMED");
    }
  }

  private TestPipeline pipeline(SandboxAddresses sandbox, SparkSession spark, String registry) {
    return new TestPipeline(
        spark,
        folder,
        sandbox.bootstrapServers(),
        "pb.public.*",
        "  format: debezium-protobuf",
        "  registry: " + registry,
        "  retry-timeout: 3s");
  }

  private static void send(Topics topics, int id, Message row, long key) {
    topics.send(
        TOPIC,
        AvroBytes.framed(id, ProtobufKinds.key(key)),
        AvroBytes.framed(id, ProtobufKinds.created(row, "kinds_pb", key)),
        Map.of());
  }

  private static int registered(SandboxAddresses sandbox) throws Exception {
    ObjectMapper json = new ObjectMapper();
    String body =
        json.writeValueAsString(Map.of("schemaType", "PROTOBUF", "schema", ProtobufKinds.SCHEMA));
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create(sandbox.registryUrl() + "/subjects/kinds_pb-value/versions"))
                    .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json.readTree(answer.body()).get("id").asInt();
  }
}
