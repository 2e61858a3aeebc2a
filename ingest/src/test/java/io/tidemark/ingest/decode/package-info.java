/** Tests of decoding: every kind of record that Debezium sends, and everything it does not. */
package io.tidemark.ingest.decode;
