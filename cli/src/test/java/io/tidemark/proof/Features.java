package io.tidemark.proof;

/** What the generated histories contain of that which the product has learned step by step. */
final class Features {
  static final boolean WIDENING = false;
  static final boolean RESNAPSHOT = false;

  private Features() {}

  static String placeholder(int table) {
    return "__debezium_unavailable_value";
  }
}
