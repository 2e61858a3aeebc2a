/** Tests of tables and their commits, on a real Spark. */
package io.tidemark.core.table;
