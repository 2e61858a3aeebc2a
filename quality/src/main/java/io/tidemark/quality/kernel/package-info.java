/**
 * Reads Delta tables without Spark, so that what is proven with it does not rest on the engine that
 * wrote them.
 */
package io.tidemark.quality.kernel;
