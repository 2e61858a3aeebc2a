/** Folds all changes of a key into one; pure but for the thin class that Spark runs. */
package io.tidemark.merge.fold;
