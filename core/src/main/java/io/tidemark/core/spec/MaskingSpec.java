package io.tidemark.core.spec;

import static java.util.Objects.requireNonNull;

import io.tidemark.core.spec.yaml.Redaction;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The secrets that masks are made with.
 *
 * @param keys secret by the key's id, the oldest first
 * @param redaction which values must not be printed
 */
public record MaskingSpec(Map<String, String> keys, Redaction redaction) {
  /** No keys: nothing can be hashed or tokenised. */
  public static final MaskingSpec NONE = new MaskingSpec(Map.of(), Redaction.NONE);

  /** Copies the keys. */
  public MaskingSpec {
    keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
    requireNonNull(redaction, "redaction");
  }

  /** The ids of the keys on one line, without their secrets. */
  @Override
  public String toString() {
    return Settings.MASKING.describe(this);
  }
}
