/**
 * Deequ: its analyzers, their states, and its anomaly strategies, in our words. The only package
 * that knows Deequ and Scala's collections.
 */
package io.tidemark.quality.deequ;
