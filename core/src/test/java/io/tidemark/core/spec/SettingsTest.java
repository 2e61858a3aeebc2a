package io.tidemark.core.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.tidemark.core.check.Layer;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.database.SourceDatabase;
import io.tidemark.core.mask.Mask;
import io.tidemark.core.spec.setting.Section;
import io.tidemark.core.spec.setting.Setting;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every declared setting, at its default and at another value; a setting without a case fails. */
class SettingsTest {
  /**
   * A setting's case.
   *
   * @param byDefault what holds when the key is not written; empty when it must be written
   * @param yaml another value, as written
   * @param read what that must become
   */
  private record Case(
      String key,
      Optional<Object> byDefault,
      String yaml,
      Object read,
      Function<PipelineSpec, Object> value) {}

  private static final String MASKING_KEYS =
      "{k1: 0123456789abcdef0123456789abcdef, k0: zyxwvutsrqponmlkzyxwvutsrqponmlk}";

  private static final List<Case> CASES =
      List.of(
          required("pipeline", "other-shop_2", "other-shop_2", PipelineSpec::name),
          required("lake", "s3a://bucket/lake/", "s3a://bucket/lake", PipelineSpec::lake),
          byDefault(
              "trigger",
              Duration.ofSeconds(5),
              "500ms",
              Duration.ofMillis(500),
              PipelineSpec::trigger),
          byDefault("max-bad-share", "1%", "0.025", "2.5%", spec -> spec.maxBadShare().toString()),
          byDefault("parallel-tables", 4, "64", 64, PipelineSpec::parallelTables),
          byDefault(
              "checks",
              Set.of(),
              "../checks.yml",
              Set.of(new TableRef(Layer.SILVER, "orders")),
              spec -> spec.checks().tables().keySet()),
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
              spec -> spec.database().database().map(SourceDatabase::password)),
          byDefault(
              "tables.<name>.watermark",
              Optional.empty(),
              "xmin",
              Optional.of("xmin"),
              spec -> spec.tables().get("orders").poll().watermark()),
          byDefault(
              "tables.<name>.lag",
              new Lag(Duration.ofMinutes(10), 0),
              "500",
              new Lag(Duration.ZERO, 500),
              spec -> spec.tables().get("orders").poll().lag()),
          byDefault(
              "tables.<name>.soft-delete",
              Optional.empty(),
              "gone_at",
              Optional.of("gone_at"),
              spec -> spec.tables().get("orders").poll().softDelete()),
          byDefault(
              "tables.<name>.delete-log",
              Optional.empty(),
              "public.orders_deletes",
              Optional.of("public.orders_deletes"),
              spec -> spec.tables().get("orders").poll().deleteLog()),
          byDefault(
              "tables.<name>.sweep",
              Duration.ofDays(1),
              "0s",
              Duration.ZERO,
              spec -> spec.tables().get("orders").poll().sweep()),
          byDefault(
              "tables.<name>.key",
              List.of(),
              "[order_id, product_id]",
              List.of("order_id", "product_id"),
              spec -> spec.tables().get("orders").key()),
          byDefault(
              "tables.<name>.source",
              Optional.empty(),
              "public.Orders",
              Optional.of("public.Orders"),
              spec -> spec.tables().get("orders").source()),
          byDefault(
              "tables.<name>.columns",
              Map.of(),
              "{order_id: bigint, total: 'decimal(12,2)'}",
              Map.of("order_id", "bigint", "total", "decimal(12,2)"),
              spec -> spec.tables().get("orders").columns()),
          byDefault(
              "tables.<name>.mask",
              Map.of(),
              "{phone: last(4), born: year, note: 'fixed(***)'}",
              Map.of(
                  "phone",
                  new Mask.Last(4),
                  "born",
                  new Mask.Year(),
                  "note",
                  new Mask.Fixed("***")),
              spec -> spec.tables().get("orders").mask()),
          byDefault(
              "masking.keys",
              List.of(),
              MASKING_KEYS,
              List.of("k1=0123456789abcdef0123456789abcdef", "k0=zyxwvutsrqponmlkzyxwvutsrqponmlk"),
              spec -> spec.masking().keys().entrySet().stream().map(Object::toString).toList()),
          byDefault(
              "tables.<name>.outbox",
              Optional.empty(),
              "outbox.event.order",
              Optional.of("outbox.event.order"),
              spec -> spec.tables().get("orders").outbox()),
          byDefault(
              "tables.<name>.sources",
              Map.of(),
              "{eu: shop_eu/public.orders}",
              Map.of("eu", "shop_eu/public.orders"),
              spec -> spec.tables().get("orders").sources().tables()),
          byDefault(
              "tables.<name>.source-column",
              "source",
              "region",
              "region",
              spec -> spec.tables().get("orders").sources().column()),
          byDefault(
              "tables.<name>.conflicts",
              Optional.empty(),
              "source-time",
              Optional.of(ConflictPolicy.SOURCE_TIME),
              spec -> spec.tables().get("orders").sources().conflicts()),
          byDefault(
              "tables.<name>.counters",
              List.of(),
              "[clicks]",
              List.of("clicks"),
              spec -> spec.tables().get("orders").sources().counters()),
          byDefault(
              "tables.<name>.history",
              false,
              "true",
              true,
              spec -> spec.tables().get("orders").history()),
          byDefault(
              "tables.<name>.deletes",
              Deletes.HARD,
              "soft",
              Deletes.SOFT,
              spec -> spec.tables().get("orders").deletes()),
          byDefault(
              "tables.<name>.schema",
              SchemaContract.DEFAULT,
              "{added: ignore, incompatible: block}",
              new SchemaContract(
                  Map.of(
                      SchemaContract.Change.ADDED,
                      SchemaContract.Action.IGNORE,
                      SchemaContract.Change.INCOMPATIBLE,
                      SchemaContract.Action.BLOCK)),
              spec -> spec.tables().get("orders").schema()),
          byDefault(
              "tables.<name>.rename",
              Map.of(),
              "{old: new}",
              Map.of("old", "new"),
              spec -> spec.tables().get("orders").rename()),
          byDefault(
              "tables.<name>.append-only",
              false,
              "true",
              true,
              spec -> spec.tables().get("orders").appendOnly()),
          byDefault(
              "tables.<name>.tombstone-retention",
              Duration.ofDays(7),
              "12h",
              Duration.ofHours(12),
              spec -> spec.tables().get("orders").tombstoneRetention()),
          required(
              "gold.<name>.sql",
              "../gold.sql",
              "SELECT 2",
              spec -> spec.gold().get("revenue").sqlText()),
          required(
              "gold.<name>.key",
              "product_id",
              List.of("product_id"),
              spec -> spec.gold().get("revenue").key()),
          byDefault(
              "alerts.freshness",
              Optional.empty(),
              "2h",
              Optional.of(Duration.ofHours(2)),
              spec -> spec.alerts().freshness()),
          byDefault(
              "alerts.table-freshness",
              Map.of(),
              "{orders: 10m, countries: 0s}",
              Map.of("orders", Duration.ofMinutes(10), "countries", Duration.ZERO),
              spec -> spec.alerts().tableFreshness()),
          byDefault(
              "alerts.dead-letters",
              Optional.empty(),
              "0%",
              Optional.of("0%"),
              spec -> spec.alerts().deadLetters().map(Share::toString)),
          byDefault(
              "alerts.quarantine",
              Optional.empty(),
              "0.5%",
              Optional.of("0.5%"),
              spec -> spec.alerts().quarantine().map(Share::toString)),
          byDefault(
              "alerts.window",
              Duration.ofHours(1),
              "1d",
              Duration.ofDays(1),
              spec -> spec.alerts().window()),
          byDefault(
              "alerts.repeat",
              Duration.ZERO,
              "24h",
              Duration.ofDays(1),
              spec -> spec.alerts().repeat()));

  private static final Map<String, String> CHANNEL =
      Map.of("alerts.channels", "{log: {type: file, path: alerts.jsonl}}");

  /** What must stand beside a setting for it to be allowed. */
  private static final Map<String, Map<String, String>> COMPANIONS =
      Map.ofEntries(
          Map.entry("database.url", Map.of("database.user", "u")),
          Map.entry("database.user", Map.of("database.url", "jdbc:postgresql://h/shop")),
          Map.entry(
              "database.password",
              Map.of("database.url", "jdbc:postgresql://h/shop", "database.user", "u")),
          Map.entry("source.format", Map.of("source.registry", "http://registry:8081")),
          Map.entry("source.registry", Map.of("source.format", "debezium-avro")),
          Map.entry("tables.<name>.mask", Map.of("masking.keys", MASKING_KEYS)),
          Map.entry("tables.<name>.source-column", Map.of("tables.orders.sources", "{eu: a.b}")),
          Map.entry("tables.<name>.conflicts", Map.of("tables.orders.sources", "{eu: a.b}")),
          Map.entry(
              "tables.<name>.counters",
              Map.of("tables.orders.sources", "{eu: a.b}", "tables.orders.conflicts", "sum")),
          Map.entry("alerts.freshness", CHANNEL),
          Map.entry("alerts.table-freshness", CHANNEL),
          Map.entry("alerts.dead-letters", CHANNEL),
          Map.entry("alerts.quarantine", CHANNEL),
          Map.entry("alerts.window", CHANNEL),
          Map.entry("alerts.repeat", CHANNEL));

  @TempDir Path folder;

  private static Case required(
      String key, String yaml, Object read, Function<PipelineSpec, Object> value) {
    return new Case(key, Optional.empty(), yaml, read, value);
  }

  private static Case byDefault(
      String key,
      Object byDefault,
      String yaml,
      Object read,
      Function<PipelineSpec, Object> value) {
    return new Case(key, Optional.of(byDefault), yaml, read, value);
  }

  @Test
  void everyDeclaredSettingHasACaseHere() {
    assertThat(CASES.stream().map(Case::key))
        .as("add a case to SettingsTest.CASES for each setting declared in Settings")
        .containsExactlyInAnyOrderElementsOf(
            declared(Settings.PIPELINE, "").stream()
                .filter(key -> !key.startsWith("alerts.channels.")) // AlertSettingsTest has them.
                .toList());
  }

  private static List<String> declared(Section<?> section, String parent) {
    String prefix = section.key().isEmpty() ? "" : parent + section.path() + ".";
    List<String> keys = new ArrayList<>();
    section.settings().forEach(setting -> keys.add(prefix + setting.key()));
    section.children().forEach(child -> keys.addAll(declared(child, prefix)));
    return keys;
  }

  @Test
  void everySettingIsExplainedInASentence() {
    Stream.concat(Stream.of(Settings.PIPELINE), Settings.PIPELINE.children().stream())
        .flatMap(section -> section.settings().stream())
        .forEach(
            setting ->
                assertThat(setting.help()).as(setting.key()).endsWith(".").hasSizeGreaterThan(15));
  }

  @TestFactory
  Stream<DynamicTest> defaultHoldsWhenTheKeyIsNotWritten() {
    return CASES.stream().map(one -> dynamicTest(one.key(), () -> assertDefault(one)));
  }

  private void assertDefault(Case one) {
    String text = minimal(one).without(written(one)).text();
    String orders = isOf(one, SourceType.JDBC) ? "  orders: {watermark: w}\n" : "  orders:\n";
    Path file = PipelineText.write(folder, text + "tables:\n" + orders);
    if (one.byDefault().isPresent()) {
      PipelineSpec spec = PipelineFile.read(file, Map.of());
      assertThat(one.value().apply(spec)).isEqualTo(one.byDefault().get());
    } else {
      String leaf = one.key().substring(one.key().lastIndexOf('.') + 1);
      assertThatThrownBy(() -> PipelineFile.read(file, Map.of()))
          .hasMessageContaining("1 problem")
          .hasMessageContaining(
              "required key '" + leaf + "' is missing (add '" + leaf + ":' with ");
    }
  }

  @TestFactory
  Stream<DynamicTest> anotherValueIsRead() {
    return CASES.stream().map(one -> dynamicTest(one.key(), () -> assertOther(one)));
  }

  private void assertOther(Case one) throws Exception {
    Path below = Files.createDirectories(folder.resolve("below"));
    Files.writeString(folder.resolve("gold.sql"), "SELECT 2");
    Files.writeString(folder.resolve("checks.yml"), "tables: {silver.orders: {}}");
    boolean polled = isOf(one, SourceType.JDBC) || isOfPolledTable(one);
    PipelineText base =
        polled ? PipelineText.jdbc().with("tables.orders.watermark", "w") : minimal(one);
    PipelineText text = base.with(written(one), one.yaml());
    COMPANIONS.getOrDefault(one.key(), Map.of()).forEach(text::with);
    Path file = text.in(below);
    PipelineSpec spec = PipelineFile.read(file, Map.of());
    assertThat(one.value().apply(spec)).isEqualTo(one.read());
    assertThat(one.byDefault())
        .as("a value other than the default")
        .isNotEqualTo(Optional.of(one.read()));
    if (!spec.masking().keys().isEmpty()) {
      assertThat(spec.effectiveConfig())
          .contains("keys: {k1: \"[REDACTED]\", k0: \"[REDACTED]\"}")
          .doesNotContain("0123456789abcdef");
      return; // What is not printed cannot be read back.
    }
    if (polled || spec.database().database().isPresent()) {
      assertThat(spec.effectiveConfig()).contains("password: [REDACTED]");
      return;
    }
    assertThat(PipelineFile.read(PipelineText.write(below, spec.effectiveConfig()), Map.of()))
        .as("the printed configuration reads back as the same pipeline")
        .isEqualTo(spec);
  }

  private static PipelineText minimal(Case one) {
    if (isOf(one, SourceType.JDBC)) {
      return PipelineText.jdbc();
    }
    return isOf(one, SourceType.FILES) ? PipelineText.files() : PipelineText.minimal();
  }

  private static boolean isOf(Case one, SourceType type) {
    return Settings.SOURCE.settings().stream()
        .filter(setting -> one.key().equals("source." + setting.key()))
        .flatMap(setting -> setting.choice().stream())
        .anyMatch(choice -> choice.values().contains(type));
  }

  private static boolean isOfPolledTable(Case one) {
    return JdbcSettings.OF_TABLE.stream()
        .anyMatch(setting -> one.key().equals("tables.<name>." + setting.key()));
  }

  private static String written(Case one) {
    return one.key()
        .replace("tables.<name>", "tables.orders")
        .replace("gold.<name>", "gold.revenue");
  }

  @Test
  void aTableWithDefaultsIsTheOneAnEmptyEntryMakes() {
    Path file =
        PipelineText.write(folder, PipelineText.minimal().text() + "tables:\n  orders: {}\n");
    assertThat(PipelineFile.read(file, Map.of()).tables())
        .containsExactly(Map.entry("orders", TableSpec.withDefaults("orders")));
  }

  @Test
  void aSettingWithoutDefaultSaysSo() {
    Setting<PipelineSpec, String> lake = Settings.LAKE;
    assertThatThrownBy(lake::defaultValue)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("lake has no default");
  }
}
