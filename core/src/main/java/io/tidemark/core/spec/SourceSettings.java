package io.tidemark.core.spec;

import io.tidemark.core.spec.setting.Setting;
import io.tidemark.core.spec.setting.ValueTypes;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of a source that are not those of a database, see {@link JdbcSettings}. */
final class SourceSettings {
  static final Setting<SourceSpec, SourceType> TYPE =
      Setting.required(
          "type",
          ValueTypes.oneOf(List.of(SourceType.values()), SourceType::word),
          SourceSpec::type,
          "The kind of source.");

  static final Setting<SourceSpec, List<String>> BOOTSTRAP_SERVERS =
      Setting.required(
              "bootstrap-servers",
              ValueTypes.nonEmptyList(PipelineTypes.servers()),
              (SourceSpec source) -> List.of(source.kafka().bootstrapServers().split(",", -1)),
              "The Kafka brokers to start from.")
          .onlyWhere(TYPE, SourceType.DEBEZIUM);

  static final Setting<SourceSpec, List<String>> TOPICS =
      Setting.required(
              "topics",
              ValueTypes.nonEmptyList(PipelineTypes.topic()),
              (SourceSpec source) -> source.kafka().topics(),
              "The topics to read; every character but * stands for itself.")
          .onlyWhere(TYPE, SourceType.DEBEZIUM);

  static final Setting<SourceSpec, Long> MAX_OFFSETS_PER_TRIGGER =
      Setting.withDefault(
              "max-offsets-per-trigger",
              ValueTypes.wholeNumber(1, Long.MAX_VALUE),
              "500000",
              (SourceSpec source) -> source.kafka().maxOffsetsPerTrigger(),
              "The most records one micro-batch reads.")
          .onlyWhere(TYPE, SourceType.DEBEZIUM);

  static final Setting<SourceSpec, Optional<URI>> CONNECT_URL =
      Setting.optional(
              "connect-url",
              PipelineTypes.restAddress(),
              (SourceSpec source) -> source.kafka().connectUrl(),
              "The REST address of the Kafka Connect whose connectors feed the topics; for the"
                  + " verbs that look at connectors.")
          .onlyWhere(TYPE, SourceType.DEBEZIUM);

  static final Setting<SourceSpec, Map<String, String>> KAFKA =
      Setting.withDefault(
              "kafka",
              ValueTypes.properties(
                  "properties",
                  "a map of Kafka client properties to texts",
                  PipelineTypes.kafkaProperty(),
                  ValueTypes.anyText("texts")),
              "{}",
              (SourceSpec source) -> source.kafka().properties(),
              "Further properties of the Kafka client, passed as they are, such as"
                  + " security.protocol and sasl.jaas.config.")
          .onlyWhere(TYPE, SourceType.DEBEZIUM);

  static final Setting<SourceSpec, String> PATH =
      Setting.required(
              "path",
              PipelineTypes.filesPath(),
              (SourceSpec source) -> source.files().path(),
              "The files to read, each line one record as JSON; files are taken in name order, those"
                  + " named `.x`, `_x`, `x.tmp` or `x.inprogress` not yet, and those named `x.gz`"
                  + " are unpacked.")
          .onlyWhere(TYPE, SourceType.FILES);

  static final Setting<SourceSpec, Long> MAX_FILES_PER_BATCH =
      Setting.withDefault(
              "max-files-per-batch",
              ValueTypes.wholeNumber(1, 100_000),
              "1",
              (SourceSpec source) -> (long) source.files().maxFilesPerBatch(),
              "The most files one micro-batch reads.")
          .onlyWhere(TYPE, SourceType.FILES);

  static final Setting<SourceSpec, SourceFormat> FORMAT =
      Setting.withDefault(
          "format",
          ValueTypes.oneOf(List.of(SourceFormat.values()), SourceFormat::word),
          "debezium-json",
          SourceSpec::format,
          "How the records are written: what the connector's converters are set to.");

  static final Setting<SourceSpec, Optional<URI>> REGISTRY =
      Setting.optional(
          "registry",
          PipelineTypes.restAddress(),
          SourceSpec::registry,
          "The Confluent-compatible REST address of the schema registry, which may hold user and"
              + " password; for the formats debezium-avro and debezium-protobuf.");

  static final Setting<SourceSpec, String> UNAVAILABLE_VALUE =
      Setting.withDefault(
          "unavailable-value",
          ValueTypes.text("the connector's unavailable.value.placeholder"),
          "__debezium_unavailable_value",
          SourceSpec::unavailableValue,
          "What the connector writes in place of a large value that an update did not change; the"
              + " lake keeps the value it has.");

  static final Setting<SourceSpec, Duration> RETRY_TIMEOUT =
      Setting.withDefault(
          "retry-timeout",
          ValueTypes.duration(),
          "5m",
          SourceSpec::retryTimeout,
          "How long a lost source is retried before the run ends with exit code 4.");

  /** In the order in which they are printed. */
  static final List<Setting<SourceSpec, ?>> ALL =
      List.of(
          TYPE,
          BOOTSTRAP_SERVERS,
          TOPICS,
          MAX_OFFSETS_PER_TRIGGER,
          CONNECT_URL,
          KAFKA,
          PATH,
          MAX_FILES_PER_BATCH,
          FORMAT,
          REGISTRY,
          UNAVAILABLE_VALUE,
          RETRY_TIMEOUT);

  private SourceSettings() {}
}
