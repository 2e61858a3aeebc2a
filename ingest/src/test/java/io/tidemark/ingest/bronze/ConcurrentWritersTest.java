package io.tidemark.ingest.bronze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.core.error.ExitCode;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.ManualClock;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.schema.UnavailableValue;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.core.table.Meanwhile;
import io.tidemark.ingest.decode.DecodeSettings;
import io.tidemark.ingest.decode.RawRecord;
import io.tidemark.ingest.fixture.DebeziumEvent;
import io.tidemark.ingest.fixture.KafkaRows;
import io.tidemark.ingest.mask.MaskSettings;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two processes run one pipeline: the second to commit is refused, and nothing is doubled. */
@ExtendWith(SharedSpark.class)
class ConcurrentWritersTest {
  private static final String TOPIC = "shop.public.orders";
  private static final DecodeSettings SETTINGS =
      new DecodeSettings(UnavailableValue.standard(), Map.of(), Map.of(), Map.of());

  @TempDir private Path folder;

  private static RawRecord order(int id, long offset) {
    return DebeziumEvent.create("orders").row(id, "n").at(TOPIC, 0, offset).record();
  }

  @Test
  void theSecondWithTheSamePlanIsRefused(SparkSession spark) {
    Lake lake = Lake.at(spark, folder.toString());
    BronzeWriter first =
        new BronzeWriter("shop", lake, SETTINGS, MaskSettings.NONE, 1, new ManualClock());
    first.land(KafkaRows.of(spark, List.of(order(1, 0))));
    Dataset<Row> batch = KafkaRows.of(spark, List.of(order(2, 1), order(3, 2)));
    Dataset<Row> decoded =
        RecordColumns.of(batch)
            .mapPartitions(
                new DecodeRecords(
                    SETTINGS, MaskSettings.NONE, new SchemaStore(lake, MaskSettings.NONE).known()),
                Encoders.row(DecodedColumns.TYPE));
    // The second has planned its commit and writes its rows when the first lands them.
    Dataset<Row> slow =
        Meanwhile.reading(
            decoded
                .withColumn("landed_at", functions.lit(new ManualClock().instant()))
                .withColumn("landed_date", functions.lit(LocalDate.of(2026, 3, 1))),
            () -> first.land(batch));
    BronzeAppend second = new BronzeAppend(new ProgressByOffsets("shop"), lake.bronze("orders"));

    TidemarkException error =
        catchThrowableOfType(
            TidemarkException.class,
            () -> second.append(slow, BatchContent.of(decoded).changesOf("orders"), Count.LANDED));

    assertThat(error.exitCode()).isEqualTo(ExitCode.DATA_LOSS);
    assertThat(error)
        .hasMessage(
            "Cannot commit to "
                + lake.bronze("orders").path()
                + ": its token ingest/shop/shop.public.orders/0 moved from 1 to 3, so another"
                + " writer was there");
    assertThat(error.remedy()).contains("only one process runs this pipeline");
    assertThat(
            lake.bronze("orders")
                .read()
                .select("offset")
                .orderBy("offset")
                .as(Encoders.LONG())
                .collectAsList())
        .containsExactly(0L, 1L, 2L);
  }
}
