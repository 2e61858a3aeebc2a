/** Remembers what checks measured, run by run. */
package io.tidemark.quality.metrics;
