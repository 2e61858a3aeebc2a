package io.tidemark.core.spec;

import static io.tidemark.core.spec.SettingCase.byDefault;
import static io.tidemark.core.spec.SettingCase.required;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.tidemark.core.check.Layer;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.spec.setting.Section;
import io.tidemark.core.spec.setting.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every declared setting, at its default and at another value; a setting without a case fails. */
class SettingsTest {
  private static final String MASKING_KEYS =
      "{k1: 0123456789abcdef0123456789abcdef, k0: zyxwvutsrqponmlkzyxwvutsrqponmlk}";

  private static final List<SettingCase> OTHERS =
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
          byDefault(
              "masking.keys",
              List.of(),
              MASKING_KEYS,
              List.of("k1=0123456789abcdef0123456789abcdef", "k0=zyxwvutsrqponmlkzyxwvutsrqponmlk"),
              spec -> spec.masking().keys().entrySet().stream().map(Object::toString).toList()),
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
              spec -> spec.alerts().repeat()),
          byDefault(
              "reports.retention",
              Duration.ofDays(30),
              "90d",
              Duration.ofDays(90),
              spec -> spec.reports().retention()),
          byDefault(
              "reports.every",
              Duration.ofHours(1),
              "0s",
              Duration.ZERO,
              spec -> spec.reports().every()));

  private static final List<SettingCase> CASES =
      Stream.of(OTHERS, SourceSettingCases.ALL, TableSettingCases.ALL)
          .flatMap(List::stream)
          .toList();

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
          Map.entry("alerts.repeat", CHANNEL),
          Map.entry("reports.retention", Map.of("checks", "../checks.yml")),
          Map.entry("reports.every", Map.of("checks", "../checks.yml")));

  @TempDir Path folder;

  @Test
  void everyDeclaredSettingHasACaseHere() {
    assertThat(CASES.stream().map(SettingCase::key))
        .as("add a case for each setting that is declared")
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

  private void assertDefault(SettingCase one) {
    String text = minimal(one).without(one.written()).text();
    String orders = one.isOf(SourceType.JDBC) ? "  orders: {watermark: w}\n" : "  orders:\n";
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

  private void assertOther(SettingCase one) throws Exception {
    Path below = Files.createDirectories(folder.resolve("below"));
    Files.writeString(folder.resolve("gold.sql"), "SELECT 2");
    Files.writeString(folder.resolve("checks.yml"), "tables: {silver.orders: {}}");
    boolean polled = one.isOf(SourceType.JDBC) || one.isOfPolledTable();
    PipelineText base =
        polled ? PipelineText.jdbc().with("tables.orders.watermark", "w") : minimal(one);
    PipelineText text = base.with(one.written(), one.yaml());
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

  private static PipelineText minimal(SettingCase one) {
    if (one.isOf(SourceType.JDBC)) {
      return PipelineText.jdbc();
    }
    return one.isOf(SourceType.FILES) ? PipelineText.files() : PipelineText.minimal();
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
