/** Files as a source. */
package io.tidemark.ingest.files;
