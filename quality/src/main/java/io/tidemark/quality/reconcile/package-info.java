/** Compares tables of the lake with their source, row by row and column by column. */
package io.tidemark.quality.reconcile;
