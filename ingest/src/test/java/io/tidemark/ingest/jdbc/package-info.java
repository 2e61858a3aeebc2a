/** Polls without a database. */
package io.tidemark.ingest.jdbc;
