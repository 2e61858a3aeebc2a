/** Brings a table's past in again, or makes silver and history of it anew. */
package io.tidemark.cli.backfill;
