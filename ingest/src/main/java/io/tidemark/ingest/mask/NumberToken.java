package io.tidemark.ingest.mask;

import java.nio.ByteBuffer;

/**
 * Replaces whole numbers by whole numbers, one to one.
 *
 * <p>A Feistel network over the 64 bits of a number, with a keyed hash as its round function: a
 * permutation whatever the round function is (Luby and Rackoff), so that different numbers never
 * meet. It is walked until the number has the sign it began with, which keeps positive ids positive
 * and is still one to one. Not thread-safe: one per task.
 */
final class NumberToken {
  private static final int ROUNDS = 8;

  private final Hmac hmac;

  NumberToken(byte[] key) {
    this.hmac = new Hmac(key);
  }

  long of(long number) {
    long token = number;
    do {
      token = permuted(token);
    } while (token < 0 != number < 0);
    return token;
  }

  private long permuted(long number) {
    int left = (int) (number >>> Integer.SIZE);
    int right = (int) number;
    for (int round = 0; round < ROUNDS; round++) {
      int mixed = left ^ roundValue(round, right);
      left = right;
      right = mixed;
    }
    return (long) left << Integer.SIZE | Integer.toUnsignedLong(right);
  }

  private int roundValue(int round, int half) {
    byte[] input = ByteBuffer.allocate(2 * Integer.BYTES).putInt(round).putInt(half).array();
    return ByteBuffer.wrap(hmac.of(input)).getInt();
  }
}
