/**
 * Judges rows by declared predicates, one by one, so that a predicate may fail on one row alone.
 */
package io.tidemark.core.rule;
