/** Writes decoded records to the change logs, dead letters and schemas of bronze. */
package io.tidemark.ingest.bronze;
