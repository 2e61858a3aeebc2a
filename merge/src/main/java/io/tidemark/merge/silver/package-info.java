/** Applies folded changes to a table of current rows, guarded by position. */
package io.tidemark.merge.silver;
