/** Polls without a database. */
package io.tidemark.ingest.poll;
