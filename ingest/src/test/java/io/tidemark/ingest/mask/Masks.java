package io.tidemark.ingest.mask;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.mask.Mask;
import io.tidemark.core.schema.UnavailableValue;
import io.tidemark.ingest.decode.DecodeSettings;
import io.tidemark.ingest.decode.Decoded;
import io.tidemark.ingest.fixture.DebeziumEvent;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Short ways to masking decoders for the tests of this package. */
final class Masks {
  static final String SECRET = "a secret of thirty-two characters";

  private Masks() {}

  /** Keys with these ids, the newest last, each with a secret of its own. */
  static MaskKeys keys(String... ids) {
    Map<String, String> secrets = new LinkedHashMap<>();
    for (String id : ids) {
      secrets.put(id, SECRET + id);
    }
    return new MaskKeys(secrets);
  }

  /** Masks of one table, as pairs of column and mask, with the key k1. */
  static MaskSettings of(String table, String... masks) {
    return new MaskSettings(Map.of(table, parsed(masks)), keys("k1"), MaskedPast.NOTHING);
  }

  static Map<String, Mask> parsed(String... masks) {
    Map<String, Mask> parsed = new HashMap<>();
    for (int i = 0; i < masks.length; i += 2) {
      parsed.put(masks[i], Mask.parse(masks[i + 1]));
    }
    return parsed;
  }

  static MaskingDecoder decoder(MaskSettings masks) {
    return new MaskingDecoder(
        new DecodeSettings(UnavailableValue.standard(), Map.of(), Map.of(), Map.of()), masks);
  }

  static Decoded.Change change(MaskSettings masks, DebeziumEvent event) {
    Decoded decoded = decoder(masks).decode(event.record());
    assertThat(decoded).isInstanceOf(Decoded.Change.class);
    return (Decoded.Change) decoded;
  }

  static Decoded.DeadLetter letter(MaskSettings masks, DebeziumEvent event) {
    Decoded decoded = decoder(masks).decode(event.record());
    assertThat(decoded).isInstanceOf(Decoded.DeadLetter.class);
    return (Decoded.DeadLetter) decoded;
  }
}
