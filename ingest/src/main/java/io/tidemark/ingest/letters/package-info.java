/** Dead letters after they were written: listed, shown, replayed, discarded. */
package io.tidemark.ingest.letters;
