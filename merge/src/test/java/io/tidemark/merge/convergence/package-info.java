/** Random histories of a table, how they may be delivered, and what must come of them. */
package io.tidemark.merge.convergence;
