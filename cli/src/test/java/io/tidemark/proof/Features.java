package io.tidemark.proof;

/** What the generated histories contain of that which the product has learned step by step. */
final class Features {
  static final boolean WIDENING = true;
  static final boolean RESNAPSHOT = true;

  /** Unavailable values may come in any order. */
  static final boolean ANY_ORDER = true;

  static final boolean HISTORY = true;
  static final boolean MASKING = true;

  private Features() {}

  /** Whether histories contain what a rule is about. */
  static boolean tries(Rule rule) {
    return switch (rule) {
      case VANISHED -> RESNAPSHOT;
      case COLUMN_WIDENED -> WIDENING;
      default -> true;
    };
  }

  static String placeholder(int table) {
    return "__debezium_unavailable_value";
  }
}
