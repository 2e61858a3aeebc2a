package io.tidemark.ingest.bronze;

import io.tidemark.core.event.Origin;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.ManualClock;
import io.tidemark.core.schema.UnavailableValue;
import io.tidemark.ingest.decode.DecodeSettings;
import io.tidemark.ingest.decode.RawRecord;
import io.tidemark.ingest.fixture.DebeziumEvent;
import io.tidemark.ingest.fixture.KafkaRows;
import io.tidemark.ingest.mask.MaskSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;

/** A lake of one test, and batches for it without Kafka. */
record BatchLake(SparkSession spark, Lake lake) {
  static final String ORDERS = "shop.public.orders";
  static final String USERS = "shop.public.users";

  BatchLake(SparkSession spark, Path folder) {
    this(spark, Lake.at(spark, folder.toString()));
  }

  /** A writer of a pipeline that declares nothing, as a new process has it. */
  BronzeWriter writer(String pipeline) {
    DecodeSettings settings =
        new DecodeSettings(UnavailableValue.standard(), Map.of(), Map.of(), Map.of());
    return new BronzeWriter(pipeline, lake, settings, MaskSettings.NONE, 2, new ManualClock());
  }

  /** Lands one batch with a new writer of the pipeline shop. */
  BatchResult land(RawRecord... records) {
    return land(writer("shop"), records);
  }

  BatchResult land(BronzeWriter writer, RawRecord... records) {
    return writer.land(KafkaRows.of(spark, List.of(records)));
  }

  static RawRecord order(int id, long offset) {
    return DebeziumEvent.create("orders").row(id, "n").lsn(id).at(ORDERS, 0, offset).record();
  }

  static RawRecord user(int id, long offset) {
    return DebeziumEvent.create("users").row(id, "n").lsn(id).at(USERS, 1, offset).record();
  }

  /** A record that is no JSON. */
  static RawRecord broken(String topic, int partition, long offset) {
    return new RawRecord(
        DebeziumEvent.bytes("k"),
        DebeziumEvent.bytes("{broken"),
        new Origin(topic, partition, offset));
  }

  /** The offsets in a bronze table, by partition. */
  List<Long> offsets(String table) {
    return lake.bronze(table)
        .read()
        .select("offset")
        .orderBy("partition", "offset")
        .as(Encoders.LONG())
        .collectAsList();
  }
}
