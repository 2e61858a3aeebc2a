/** Files as a source: which there are, which were taken, and the records in their lines. */
package io.tidemark.ingest.files;
