package io.tidemark.ingest.decode;

import static io.tidemark.ingest.decode.Decoders.change;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.event.SourceTable;
import io.tidemark.core.schema.JsonText;
import io.tidemark.ingest.fixture.DebeziumEvent;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SourceBlockTest {
  private static Instant time(DebeziumEvent event) {
    return change(event).sourceTime();
  }

  @Test
  void theFinestTimeOfTheSourceCounts() {
    DebeziumEvent event = DebeziumEvent.create("orders");

    assertThat(time(event)).isEqualTo(Instant.parse("2026-01-01T00:00:00.000001Z"));
    assertThat(time(event.withoutSource("ts_us"))).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Test
  void theConnectorsTimeCountsWhereTheSourceHasNone() {
    DebeziumEvent event =
        DebeziumEvent.create("orders").source("ts_us", "null").source("ts_ms", "null");

    assertThat(time(event)).isEqualTo(Instant.parse("2026-01-01T00:00:01.000002Z"));
    assertThat(time(event.without("ts_us"))).isEqualTo(Instant.parse("2026-01-01T00:00:01Z"));
    assertThat(time(event.without("ts_ms"))).isNull();
  }

  @Test
  void timesFromBeforeTheEpochKeepTheirMicroseconds() {
    assertThat(time(DebeziumEvent.create("orders").source("ts_us", "-1")))
        .isEqualTo(Instant.parse("1969-12-31T23:59:59.999999Z"));
  }

  @Test
  void connectorsWithoutDatabaseOrSchemaLeaveThemEmpty() {
    assertThat(SourceBlock.of(JsonText.parse("{\"table\":\"t\",\"db\":\"d\"}")).table())
        .isEqualTo(new SourceTable("d", "", "t"));
  }
}
