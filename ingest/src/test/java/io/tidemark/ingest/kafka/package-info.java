/** Tests of where a stream starts. */
package io.tidemark.ingest.kafka;
