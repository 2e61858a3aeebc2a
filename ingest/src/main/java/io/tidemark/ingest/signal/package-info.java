/** Asks a running connector for an incremental snapshot, and follows what it tells about it. */
package io.tidemark.ingest.signal;
