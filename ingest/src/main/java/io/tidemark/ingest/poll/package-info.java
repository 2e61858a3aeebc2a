/** Databases that are polled: what to ask for next, and change rows of the answers. */
package io.tidemark.ingest.poll;
