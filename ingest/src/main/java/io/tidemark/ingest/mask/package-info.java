/** Masks declared columns before anything is written, and seals what cannot be masked. */
package io.tidemark.ingest.mask;
