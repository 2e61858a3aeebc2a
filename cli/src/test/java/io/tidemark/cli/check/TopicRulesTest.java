package io.tidemark.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.cli.check.Finding.Severity;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.ingest.kafka.TopicPartitionRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What names, settings and offsets of topics tell. */
class TopicRulesTest {
  private static final List<String> TOPICS =
      List.of("_connect_config", "dbserver1.public.users", "shop.public.orders", "web-clicks");

  @Test
  void noTopicAtAllIsAnErrorThatNamesSimilarOnes() {
    assertThat(TopicRules.missing(List.of("Shop.publik.*"), TOPICS))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.ERROR);
              assertThat(finding.what())
                  .isEqualTo("no topic matches 'Shop.publik.*'; similar: shop.public.orders");
              assertThat(finding.remedy()).contains("Correct 'source.topics'");
            });
  }

  @Test
  void withoutSimilarTopicsTheConnectorIsTheNextStep() {
    assertThat(TopicRules.missing(List.of("bank.*"), TOPICS))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.what()).isEqualTo("no topic matches 'bank.*'");
              assertThat(finding.remedy()).startsWith("Start the connector");
            });
  }

  @Test
  void oneOfSeveralPatternsWithoutTopicIsAWarning() {
    assertThat(TopicRules.missing(List.of("shop.*", "shop2.public.users"), TOPICS))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.WARNING);
              assertThat(finding.what()).contains("'shop2.public.users'");
            });
    assertThat(TopicRules.missing(List.of("shop.*", "web-clicks"), TOPICS)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "shop_public_orders, shop.public.orders;dbserver1.public.users",
    "orders, shop.public.orders",
    "dbserver.public.*, dbserver1.public.users;shop.public.orders",
    "connect_config, ''",
    "zzz, ''"
  })
  void similarIsWhatSharesWordsOrItsBeginning(String glob, String expected) {
    List<String> topics = expected.isEmpty() ? List.of() : List.of(expected.split(";", -1));
    assertThat(SimilarTopics.of(glob, TOPICS)).isEqualTo(topics);
  }

  @Test
  void anOutboxIsLookedForUnderItsOwnTopic() {
    TableSpec plain = TableSpec.withDefaults("order_events");
    TableSpec events =
        new TableSpec(
            plain.name(),
            plain.key(),
            plain.source(),
            plain.columns(),
            plain.mask(),
            Optional.of("outbox.event.*"),
            plain.sources(),
            plain.history(),
            plain.deletes(),
            plain.tombstoneRetention(),
            plain.appendOnly(),
            plain.schema(),
            plain.rename(),
            plain.poll(),
            plain.rules(),
            plain.redaction());

    assertThat(TopicRules.tablesWithoutTopic(List.of(events), List.of("outbox.event.order")))
        .isEmpty();
    assertThat(TopicRules.tablesWithoutTopic(List.of(events), List.of("shop.public.orders")))
        .singleElement()
        .satisfies(finding -> assertThat(finding.what()).contains("'outbox.event.*'"));
  }

  @Test
  void aTableWithoutTopicIsAWarning() {
    TableSpec renamed = TableSpec.withDefaults("people").from("public.users");
    List<TableSpec> tables =
        List.of(TableSpec.withDefaults("orders"), TableSpec.withDefaults("order"), renamed);

    assertThat(TopicRules.tablesWithoutTopic(tables, TOPICS))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.WARNING);
              assertThat(finding.where()).isEqualTo("table order");
              assertThat(finding.remedy()).contains("tables.order.source");
            });
    assertThat(TopicRules.tablesWithoutTopic(tables, List.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "delete, 604800000, 0",
    "delete, 86400000, 0",
    "delete, -1, 0",
    "delete, 86399999, 1",
    "compact, 1000, 1",
    "'compact,delete', 1000, 2",
    "'compact,delete', 604800000, 1"
  })
  void shortRetentionAndCompactionAreWarnings(String policy, String retention, int warnings) {
    List<Finding> findings =
        TopicRules.settings("t", Map.of("cleanup.policy", policy, "retention.ms", retention));

    assertThat(findings).hasSize(warnings).allMatch(f -> f.severity() == Severity.WARNING);
    assertThat(findings).allMatch(f -> f.where().equals("topic t"));
  }

  @Test
  void unknownSettingsAreNoFinding() {
    assertThat(TopicRules.settings("t", Map.of())).isEmpty();
  }

  @Test
  void expiredRecordsAreNamedByPartition() {
    List<TopicPartitionRange> ranges =
        List.of(
            new TopicPartitionRange("t", 0, 0, 9),
            new TopicPartitionRange("t", 1, 5, 9),
            new TopicPartitionRange("other", 0, 7, 9));

    assertThat(TopicRules.expired("t", ranges).orElseThrow().what())
        .contains("(partition 1 from 5)")
        .contains("missing unless a snapshot is still in the topic");
    assertThat(TopicRules.expired("t", ranges.subList(0, 1))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "shop, shop.public.*, true",
    "shop, shop.*, true",
    "shop, sh*, true",
    "shop, *, true",
    "shop, shop.public.orders, true",
    "shop, shop, false",
    "shop, shop2.*, false",
    "shop, bank.*, false",
    "'', *, false"
  })
  void aPrefixFeedsThePatternsItsTopicsCanMatch(String prefix, String glob, boolean feeds) {
    assertThat(ConnectCheck.mayFeed(prefix, List.of("x.y", glob))).isEqualTo(feeds);
  }
}
