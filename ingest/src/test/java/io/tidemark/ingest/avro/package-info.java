/** Tests of Avro. */
package io.tidemark.ingest.avro;
