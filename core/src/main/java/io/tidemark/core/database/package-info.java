/** Databases that are read by SQL: their tables, types and snapshots, and pieces of tables. */
package io.tidemark.core.database;
