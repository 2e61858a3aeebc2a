/** The Spark that tests share. */
package io.tidemark.core.spark;
