package io.tidemark.ingest.bronze;

import static io.tidemark.ingest.bronze.BatchLake.ORDERS;
import static io.tidemark.ingest.bronze.BatchLake.broken;
import static io.tidemark.ingest.bronze.BatchLake.order;
import static io.tidemark.ingest.bronze.BatchLake.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.core.error.ExitCode;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.ingest.decode.RawRecord;
import io.tidemark.ingest.fixture.DebeziumEvent;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tables that a batch must not write to. */
@ExtendWith(SharedSpark.class)
class BronzeRefusalsTest {
  @TempDir private Path folder;
  private BatchLake bronze;

  @BeforeEach
  void openLake(SparkSession spark) {
    bronze = new BatchLake(spark, folder);
  }

  @Test
  void twoSourceTablesOfOneNameLandNothingOfTheirBatch() {
    RawRecord other =
        DebeziumEvent.create("orders").source("schema", "\"old\"").at("o", 0, 0).record();

    TidemarkException error =
        catchThrowableOfType(
            TidemarkException.class, () -> bronze.land(order(1, 0), other, user(1, 0)));

    assertThat(error.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(error)
        .hasMessage(
            "Cannot land table 'orders': it would get the rows of several source tables:"
                + " shop/shop.old.orders, shop/shop.public.orders");
    assertThat(error.remedy()).contains("tables: {other_name: {source: schema.table}}");
    assertThat(bronze.lake().bronzeTables()).isEmpty();
    assertThat(bronze.lake().schemas().read().count()).isZero();
  }

  @Test
  void aSourceTableThatComesLaterUnderTheSameNameIsRefusedToo() {
    bronze.land(order(1, 0));
    RawRecord other =
        DebeziumEvent.create("orders").source("schema", "\"old\"").at("o", 0, 0).record();

    TidemarkException error =
        catchThrowableOfType(TidemarkException.class, () -> bronze.land(other));

    assertThat(error).hasMessageContaining("shop/shop.old.orders, shop/shop.public.orders");
    assertThat(bronze.offsets("orders")).containsExactly(0L);
  }

  @Test
  void anotherPipelinesTableIsRefused() {
    bronze.land(order(1, 0));

    TidemarkException error =
        catchThrowableOfType(
            TidemarkException.class,
            () -> bronze.land(bronze.writer("billing"), order(2, 0), user(1, 0)));

    assertThat(error.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(error)
        .hasMessage(
            "Cannot write "
                + bronze.lake().bronze("orders").path()
                + ": it belongs to pipeline 'shop', this is 'billing'");
    assertThat(bronze.offsets("orders")).containsExactly(0L);
    assertThat(bronze.lake().bronzeTables()).containsExactly("orders");
  }

  @Test
  void pipelinesShareTheDeadLetterTable() {
    bronze.land(broken(ORDERS, 0, 7));

    BatchResult result = bronze.land(bronze.writer("billing"), broken(ORDERS, 0, 7));

    assertThat(result.counts().of(Count.DEAD_LETTERED)).isEqualTo(1);
    assertThat(bronze.lake().deadLetters().read().count()).isEqualTo(2);
  }
}
