/** Rule 10: every type of the real databases, through the real Debezium, value by value. */
package io.tidemark.ingest.types;
