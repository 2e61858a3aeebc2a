package io.tidemark.quality.reconcile;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The first 128 bits of a SHA-256: two rows that differ have the same one with a chance that no
 * number of rows makes worth a thought.
 *
 * @param high the first half
 * @param low the second half
 */
record Digest(long high, long low) {

  /** Makes digests; not thread-safe. */
  static final class Maker {
    private final MessageDigest sha256;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    Maker() {
      try {
        sha256 = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("Every Java has SHA-256", e);
      }
    }

    /** The digest of all values of a row. */
    Digest row(Object[] row) {
      bytes.reset();
      for (Object value : row) {
        Canonical.write(out, value);
      }
      return digest();
    }

    /** The digest of some values of a row. */
    Digest places(Object[] row, int[] places) {
      bytes.reset();
      for (int place : places) {
        Canonical.write(out, row[place]);
      }
      return digest();
    }

    private Digest digest() {
      ByteBuffer digest = ByteBuffer.wrap(sha256.digest(bytes.toByteArray()));
      return new Digest(digest.getLong(), digest.getLong());
    }
  }
}
