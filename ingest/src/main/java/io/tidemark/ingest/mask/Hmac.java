package io.tidemark.ingest.mask;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 with one key. Not thread-safe: one per task. */
final class Hmac {
  private static final String ALGORITHM = "HmacSHA256";

  private final Mac mac;

  Hmac(byte[] key) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Cannot mask: this Java has no " + ALGORITHM, e);
    }
  }

  /** 32 bytes that only a holder of the key can tell for a text. */
  byte[] of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  byte[] of(byte[] bytes) {
    return mac.doFinal(bytes);
  }
}
