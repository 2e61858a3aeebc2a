package io.tidemark.quality.alert.rule;

import io.tidemark.core.check.Severity;

/**
 * Something that is not as it should be now.
 *
 * @param message what is wrong, with its numbers
 * @param remedy the next step for the reader
 */
public record Condition(AlertKey key, Severity severity, String message, String remedy) {}
