/** Builds silver and history anew from all of bronze, beside the tables that are read. */
package io.tidemark.merge.rebuild;
