package io.tidemark.quality.reconcile;

/**
 * Which rows are compared: those whose key's hash falls into a share, the same ones on both sides
 * and in every run.
 *
 * @param share of 1,024 parts
 */
public record Sample(int share) {
  private static final int ALL_PARTS = 1024;

  /** All rows. */
  public static final Sample ALL = new Sample(ALL_PARTS);

  /** Refuses none and more than all. */
  public Sample {
    if (share < 1 || share > ALL_PARTS) {
      throw new IllegalArgumentException("Invalid share: " + share);
    }
  }

  /** About so many of a hundred, and at least a few. */
  public static Sample ofPercent(double percent) {
    return new Sample((int) Math.max(1, Math.min(ALL_PARTS, Math.round(percent * 10.24))));
  }

  /** Whether it is all rows. */
  public boolean isAll() {
    return share == ALL_PARTS;
  }

  /** Whether a row is in it, by its key's hash. */
  boolean contains(long hash) {
    return isAll() || (hash >> 53 & 1023) < share;
  }

  /** The database's SQL of "a row is in it"; other bits of the key's hash tell its bucket. */
  String sourceCondition(String hash) {
    return isAll() ? "1 = 1" : "((%s) >> 53 & 1023) < %d".formatted(hash, share);
  }

  /** The same in Spark's SQL. */
  String lakeCondition(String hash) {
    return isAll() ? "true" : "(shiftright(%s, 53) & 1023) < %d".formatted(hash, share);
  }
}
