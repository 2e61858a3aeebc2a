/**
 * Rows of databases, read by SQL over JDBC: what a poll or a backfill asks for next, and change
 * rows of the answers.
 */
package io.tidemark.ingest.jdbc;
