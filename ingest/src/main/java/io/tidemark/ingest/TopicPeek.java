package io.tidemark.ingest;

import io.tidemark.core.error.Errors;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.ingest.decode.RawRecord;
import io.tidemark.ingest.kafka.NewestRecords;
import io.tidemark.ingest.kafka.TopicPartitionRange;
import io.tidemark.ingest.mask.MaskingDecoder;
import io.tidemark.ingest.registry.RegistryUnreachableException;
import java.time.Duration;
import java.util.List;

/** Decodes a few of the newest records as the ingest would, and lands none. */
public final class TopicPeek {
  private static final int RECORDS = 5;
  private static final Duration AT_MOST = Duration.ofSeconds(10);

  private TopicPeek() {}

  /**
   * The newest records of each partition; none of a partition without any, or whose broker does not
   * answer in time.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 4 if Kafka or the registry does
   *     not answer
   */
  public static List<Peeked> newest(PipelineSpec spec, List<TopicPartitionRange> ranges) {
    MaskingDecoder decoder =
        new MaskingDecoder(SourceSettings.decoding(spec), SourceSettings.masks(spec));
    List<RawRecord> records = new NewestRecords(spec.source().kafka(), RECORDS, AT_MOST).of(ranges);
    try {
      return records.stream().map(record -> new Peeked(record, decoder.decode(record))).toList();
    } catch (RegistryUnreachableException e) {
      throw Errors.registryUnreachable(e.getMessage(), e);
    }
  }
}
