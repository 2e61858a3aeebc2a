package io.tidemark.ingest.bronze;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.mask.Mask;
import io.tidemark.core.schema.UnavailableValue;
import io.tidemark.ingest.decode.DecodeSettings;
import io.tidemark.ingest.mask.MaskKeys;
import io.tidemark.ingest.mask.MaskSettings;
import io.tidemark.ingest.mask.MaskedPast;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

/** What is compared of rows that are dead letters: all but when and where they were read. */
class LetterReadingsTest {
  private static final String KEY_FIELDS = "{'type':'int32','optional':false,'field':'id'}";
  private static final String ROW =
      "{'type':'struct','optional':true,'field':'after','fields':["
          + KEY_FIELDS
          + ",{'type':'int32','optional':true,'field':'day'}]}";

  private static Row polled(long offset, int place, String id, String day) {
    return RowFactory.create(
        json(block(KEY_FIELDS) + "{'id':%s}}".formatted(id)),
        json(
            block(ROW)
                + "{'op':'r','after':{'id':%s,'day':%s},'source':{'connector':'tidemark-poll',"
                    .formatted(id, day)
                + "'db':'shop','schema':'public','table':'bad','place':%d,'ts_us':%d}}}"
                    .formatted(place, 1000 + place)),
        null,
        "shop.public.bad",
        0,
        offset,
        null);
  }

  private static String block(String fields) {
    return "{'schema':{'type':'struct','optional':true,'fields':[" + fields + "]},'payload':";
  }

  private static byte[] json(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  private static List<Row> read(MaskSettings masks, Row... records) {
    DecodeSettings settings =
        new DecodeSettings(UnavailableValue.standard(), Map.of(), Map.of(), Map.of());
    List<Row> readings = new ArrayList<>();
    Iterator<Row> read = new LetterReadings(settings, masks).call(List.of(records).iterator());
    read.forEachRemaining(readings::add);
    return readings;
  }

  @Test
  void aRowThatIsReadAgainSaysTheSameAtALaterPlace() {
    List<Row> readings =
        read(
            MaskSettings.NONE,
            polled(1, 100, "1", "'x'"),
            polled(2, 205, "1", "'x'"),
            polled(3, 205, "1", "'y'"));
    assertThat(readings).extracting(row -> row.getLong(2)).containsExactly(1L, 2L, 3L);
    assertThat(readings).extracting(row -> row.getString(3)).containsOnly("{\"id\":1}");
    assertThat(readings).extracting(row -> row.getString(4)).isSorted().doesNotHaveDuplicates();
    assertThat(readings.get(1).getString(5)).isEqualTo(readings.get(0).getString(5));
    assertThat(readings.get(2).getString(5)).isNotEqualTo(readings.get(0).getString(5));
  }

  @Test
  void theKeyIsMaskedAsBronzeHasIt() {
    MaskSettings masks =
        new MaskSettings(
            Map.of("bad", Map.of("id", Mask.parse("hash"), "day", Mask.parse("hash"))),
            new MaskKeys(Map.of("k1", "a secret of thirty-two characters")),
            MaskedPast.NOTHING);
    assertThat(read(masks, polled(1, 100, "1", "'x'"), polled(2, 205, "1", "'x'")))
        .extracting(row -> row.getString(3))
        .doesNotContain("{\"id\":1}")
        .hasSize(2)
        .satisfies(keys -> assertThat(keys.get(0)).isEqualTo(keys.get(1)));
  }

  @Test
  void whatHasNoRightKeyIsNotCompared() {
    Row noJson = RowFactory.create(json("{"), json("{"), null, "shop.public.bad", 0, 2L, null);
    assertThat(read(MaskSettings.NONE, polled(1, 100, "'one'", "1"), noJson)).isEmpty();
  }
}
