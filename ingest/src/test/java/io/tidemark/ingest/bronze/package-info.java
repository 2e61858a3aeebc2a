/** Tests of landing batches, on a real Spark. */
package io.tidemark.ingest.bronze;
