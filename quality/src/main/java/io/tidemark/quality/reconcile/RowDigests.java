package io.tidemark.quality.reconcile;

import java.util.Arrays;
import java.util.BitSet;

/**
 * For each key of the lake's table the digest of its row, in 43 to 86 bytes. A hash table with open
 * addressing.
 */
final class RowDigests {
  private static final int WORDS = 4;
  private static final int INITIAL = 1 << 10;
  private static final int LARGEST = 1 << 28;

  private long[] slots = new long[INITIAL * WORDS];
  private BitSet used = new BitSet(INITIAL);
  private BitSet seen = new BitSet(INITIAL);
  private int size;

  /** What the lake has under a key. */
  enum Found {
    NO_ROW,
    EQUAL_ROW,
    OTHER_ROW
  }

  /** Adds a row; false if its key is there already, whose row then stays. */
  boolean add(Digest key, Digest row) {
    if (size >= capacity() / 4 * 3) {
      grow();
    }
    int slot = slot(key);
    if (used.get(slot)) {
      return false;
    }
    put(slot, key.high(), key.low(), row.high(), row.low());
    size++;
    return true;
  }

  /** Compares a row of the source with what was added, and remembers that its key was asked for. */
  Found match(Digest key, Digest row) {
    int slot = slot(key);
    if (!used.get(slot)) {
      return Found.NO_ROW;
    }
    seen.set(slot);
    int word = slot * WORDS;
    return slots[word + 2] == row.high() && slots[word + 3] == row.low()
        ? Found.EQUAL_ROW
        : Found.OTHER_ROW;
  }

  /** How many keys were added that {@link #match} was not asked for. */
  long unmatched() {
    return size - seen.cardinality();
  }

  /** Whether a key was added that {@link #match} was not asked for. */
  boolean isUnmatched(Digest key) {
    int slot = slot(key);
    return used.get(slot) && !seen.get(slot);
  }

  private int capacity() {
    return slots.length / WORDS;
  }

  /** The slot with the key, or the free one where it would be. Digests need no hashing. */
  private int slot(Digest key) {
    int mask = capacity() - 1;
    int slot = (int) key.high() & mask;
    while (used.get(slot)
        && (slots[slot * WORDS] != key.high() || slots[slot * WORDS + 1] != key.low())) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void put(int slot, long keyHigh, long keyLow, long rowHigh, long rowLow) {
    int word = slot * WORDS;
    slots[word] = keyHigh;
    slots[word + 1] = keyLow;
    slots[word + 2] = rowHigh;
    slots[word + 3] = rowLow;
    used.set(slot);
  }

  private void grow() {
    if (capacity() >= LARGEST) {
      throw new IllegalStateException("Cannot compare tables of more than 200 million rows");
    }
    long[] old = slots;
    BitSet oldUsed = used;
    slots = new long[Math.multiplyExact(old.length, 2)];
    used = new BitSet(capacity());
    seen = new BitSet(capacity());
    for (int i = oldUsed.nextSetBit(0); i >= 0; i = oldUsed.nextSetBit(i + 1)) {
      long[] entry = Arrays.copyOfRange(old, i * WORDS, i * WORDS + WORDS);
      put(slot(new Digest(entry[0], entry[1])), entry[0], entry[1], entry[2], entry[3]);
    }
  }
}
