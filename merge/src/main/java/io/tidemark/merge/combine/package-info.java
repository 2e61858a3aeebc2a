/** Computes a table of several sources from the rows that each source has of its own. */
package io.tidemark.merge.combine;
