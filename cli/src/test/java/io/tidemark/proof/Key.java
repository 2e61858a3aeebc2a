package io.tidemark.proof;

/**
 * The key of a generated row.
 *
 * @param history whose key space it belongs to
 * @param number its number there
 */
record Key(int history, int number) {}
