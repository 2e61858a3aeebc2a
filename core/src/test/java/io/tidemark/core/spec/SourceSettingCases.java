package io.tidemark.core.spec;

import static io.tidemark.core.spec.SettingCase.byDefault;
import static io.tidemark.core.spec.SettingCase.required;

import io.tidemark.core.database.SourceDatabase;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of a source and of its database. */
final class SourceSettingCases {
  static final List<SettingCase> ALL =
      List.of(
          required("source.type", "debezium", SourceType.DEBEZIUM, spec -> spec.source().type()),
          required(
              "source.bootstrap-servers",
              "\"a:1, [::1]:65535\"",
              "a:1,[::1]:65535",
              spec -> spec.source().kafka().bootstrapServers()),
          required(
              "source.topics",
              "[a.*, b]",
              List.of("a.*", "b"),
              spec -> spec.source().kafka().topics()),
          byDefault(
              "source.max-offsets-per-trigger",
              500000L,
              "9000000000",
              9000000000L,
              spec -> spec.source().kafka().maxOffsetsPerTrigger()),
          required(
              "source.path",
              "s3a://bucket/{a,b}/*.gz/",
              "s3a://bucket/{a,b}/*.gz",
              spec -> spec.source().files().path()),
          byDefault(
              "source.max-files-per-batch",
              1,
              "20",
              20,
              spec -> spec.source().files().maxFilesPerBatch()),
          byDefault(
              "source.unavailable-value",
              "__debezium_unavailable_value",
              "'[toast]'",
              "[toast]",
              spec -> spec.source().unavailableValue()),
          byDefault(
              "source.retry-timeout",
              Duration.ofMinutes(5),
              "2h",
              Duration.ofHours(2),
              spec -> spec.source().retryTimeout()),
          byDefault(
              "source.connect-url",
              Optional.empty(),
              "https://connect:8083/",
              Optional.of(URI.create("https://connect:8083")),
              spec -> spec.source().kafka().connectUrl()),
          byDefault(
              "source.kafka",
              Map.of(),
              "{security.protocol: SSL, ssl.endpoint.identification.algorithm: ''}",
              Map.of("security.protocol", "SSL", "ssl.endpoint.identification.algorithm", ""),
              spec -> spec.source().kafka().properties()),
          byDefault(
              "source.format",
              SourceFormat.DEBEZIUM_JSON,
              "debezium-protobuf",
              SourceFormat.DEBEZIUM_PROTOBUF,
              spec -> spec.source().format()),
          byDefault(
              "source.registry",
              Optional.empty(),
              "http://registry:8081/apis/ccompat/v7/",
              Optional.of(URI.create("http://registry:8081/apis/ccompat/v7")),
              spec -> spec.source().registry()),
          required(
              "source.url",
              "jdbc:mariadb://h:3306/shop",
              "jdbc:mariadb://h:3306/shop",
              spec -> spec.source().jdbc().database().url()),
          required(
              "source.user", "reader", "reader", spec -> spec.source().jdbc().database().user()),
          required(
              "source.password",
              "other",
              "other",
              spec -> spec.source().jdbc().database().password()),
          byDefault(
              "source.every",
              Duration.ofMinutes(15),
              "1h",
              Duration.ofHours(1),
              spec -> spec.source().jdbc().every()),
          byDefault(
              "source.chunk-rows", 100_000L, "500", 500L, spec -> spec.source().jdbc().chunkRows()),
          byDefault("source.connections", 4, "9", 9, spec -> spec.source().jdbc().connections()),
          byDefault(
              "source.pause",
              Duration.ZERO,
              "100ms",
              Duration.ofMillis(100),
              spec -> spec.source().jdbc().pause()),
          byDefault(
              "source.statement-timeout",
              Duration.ofMinutes(30),
              "0s",
              Duration.ZERO,
              spec -> spec.source().jdbc().statementTimeout()),
          byDefault(
              "database.url",
              Optional.empty(),
              "jdbc:postgresql://h/shop",
              Optional.of("jdbc:postgresql://h/shop"),
              spec -> spec.database().database().map(SourceDatabase::url)),
          byDefault(
              "database.user",
              Optional.empty(),
              "reader",
              Optional.of("reader"),
              spec -> spec.database().database().map(SourceDatabase::user)),
          byDefault(
              "database.password",
              Optional.empty(),
              "other",
              Optional.of("other"),
              spec -> spec.database().database().map(SourceDatabase::password)));

  private SourceSettingCases() {}
}
