/** Rule 16 without Spark. */
package io.tidemark.ingest.mask;
