package io.tidemark.ingest.mask;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts the bytes of records that cannot be masked, so that they can be replayed and not read.
 *
 * <p>AES-256 in GCM mode with a random nonce of 12 bytes in front and a tag of 16 bytes behind
 * (NIST SP 800-38D). The place is authenticated with the bytes: they cannot be moved to another
 * letter.
 */
public final class Seal {
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String keyId;
  private final SecretKeySpec key;

  private Seal(String keyId, byte[] key) {
    this.keyId = keyId;
    this.key = new SecretKeySpec(key, "AES");
  }

  /** The seal of the newest key. */
  public static Seal newest(MaskKeys keys) {
    return of(keys, keys.current());
  }

  /** The seal of one key. */
  public static Seal of(MaskKeys keys, String id) {
    return new Seal(id, keys.derived(id, MaskKeys.Purpose.SEAL));
  }

  /** The id of its key. */
  public String keyId() {
    return keyId;
  }

  /** The bytes sealed; null for null. */
  public byte[] close(byte[] clear, String place) {
    if (clear == null) {
      return null;
    }
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, place).doFinal(clear);
      return ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Cannot seal a record: " + e.getMessage(), e);
    }
  }

  /**
   * The bytes as they were; null for null.
   *
   * @throws IllegalArgumentException if the key, the place or a byte is another one
   */
  public byte[] open(byte[] sealed, String place) {
    if (sealed == null) {
      return null;
    }
    try {
      byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
      return cipher(Cipher.DECRYPT_MODE, nonce, place)
          .doFinal(sealed, NONCE_BYTES, Math.max(0, sealed.length - NONCE_BYTES));
    } catch (AEADBadTagException e) {
      throw new IllegalArgumentException(
          "Cannot open the sealed record at %s with the masking key '%s'".formatted(place, keyId),
          e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Cannot open a sealed record: " + e.getMessage(), e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String place) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
