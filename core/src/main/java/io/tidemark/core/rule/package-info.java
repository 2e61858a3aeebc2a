/**
 * Corrects and judges rows by declared expressions, one by one, so that one may fail on one row
 * alone.
 */
package io.tidemark.core.rule;
