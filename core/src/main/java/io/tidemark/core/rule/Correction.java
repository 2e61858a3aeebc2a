package io.tidemark.core.rule;

/**
 * A value of one row that was corrected.
 *
 * @param place the column's place
 * @param column its name
 * @param value what it is now, of the class that the column's lake type names; null for NULL
 * @param original the text of what it was; null for NULL
 */
public record Correction(int place, String column, Object value, String original) {}
