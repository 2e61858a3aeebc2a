/** Rule 14, without Spark: intervals are a function of the set of changes. */
package io.tidemark.merge.history;
