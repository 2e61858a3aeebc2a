package io.tidemark.core.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds between the settings of a table: its sources, and what they exclude. */
class TableChecksTest {
  @TempDir Path folder;

  @Test
  void rule15EachSourceGetsATableOfItsOwnWithTheSameSettings() throws IOException {
    PipelineSpec spec =
        read(
            """
            orders:
              key: [id]
              sources: {eu: shop_eu/public.orders, us: shop_us/shop.public.orders}
              conflicts: sum
              counters: [clicks]
            """);

    SourcesSpec sources = spec.tables().get("orders").sources();
    assertThat(sources.several()).isTrue();
    assertThat(sources.tables().keySet()).containsExactly("eu", "us");
    assertThat(sources.column()).isEqualTo("source");
    assertThat(sources.conflicts()).contains(ConflictPolicy.SUM);
    TableSpec eu = spec.tables().get("orders__eu");
    assertThat(eu.key()).isEqualTo(List.of("id"));
    assertThat(eu.source()).isEqualTo(Optional.of("shop_eu/public.orders"));
    assertThat(eu.sources().several()).isFalse();
  }

  @Test
  void rule14EventsHaveNoHistory() {
    refused(
        "orders: {append-only: true, history: true}",
        "tables.orders.history: stands beside 'append-only'");
  }

  @Test
  void rule15WhatDoesNotFitTogetherIsRefused() {
    refused("orders: {conflicts: sum}", "tables.orders.conflicts: needs 'sources'");
    refused("orders: {source-column: s}", "tables.orders.source-column: needs 'sources'");
    refused(
        "orders: {sources: {eu: a.b}, source: a.c}",
        "tables.orders.source: stands beside 'sources'");
    refused(
        "orders: {sources: {eu: a.b}, conflicts: sum}", "tables.orders.conflicts: sums no columns");
    refused(
        "orders: {sources: {eu: a.b}, conflicts: source-time, counters: [c]}",
        "tables.orders.counters: needs 'conflicts: sum'");
    refused(
        "orders: {sources: {eu: a.b}}\norders__eu: {}",
        "tables.orders.eu: needs the table orders__eu");
    refused(
        "orders: {sources: {eu: a.b, us: a.b}}",
        "tables.orders.sources.us: 'a.b' already feeds orders__eu");
  }

  private void refused(String tables, String problem) {
    assertThatThrownBy(() -> read(tables)).hasMessageContaining(problem);
  }

  private PipelineSpec read(String tables) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("p.yml"),
            """
            pipeline: p
            lake: /tmp/lake
            source: {type: debezium, bootstrap-servers: 'k:1', topics: 'a.*'}
            tables:
            """
                + tables.indent(2));
    return PipelineFile.read(file, Map.of());
  }
}
