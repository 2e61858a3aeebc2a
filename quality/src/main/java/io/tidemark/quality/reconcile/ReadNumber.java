package io.tidemark.quality.reconcile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * Makes here, of a row that was read, the number that {@link RowNumber} makes in SQL. Pure.
 *
 * @param places where the values stand in a row
 * @param texts for each of them
 * @param isNumber whether the one value is the number itself
 */
record ReadNumber(int[] places, List<ReadText> texts, boolean isNumber) {

  /** The number of a row of texts. */
  long of(String[] row) {
    if (isNumber) {
      return Long.parseLong(row[places[0]]);
    }
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < places.length; i++) {
      append(all, texts.get(i), row[places[i]]);
    }
    return ByteBuffer.wrap(md5(all.toString().getBytes(StandardCharsets.UTF_8))).getLong();
  }

  private static void append(StringBuilder all, ReadText text, String value) {
    if (value == null) {
      all.append('-');
      return;
    }
    String common = text.common().apply(value);
    all.append('+');
    if (text.isFree()) {
      all.append(common.getBytes(StandardCharsets.UTF_8).length).append(':');
    }
    all.append(common);
  }

  private static byte[] md5(byte[] bytes) {
    try {
      return MessageDigest.getInstance("MD5").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has MD5", e);
    }
  }
}
