/** Decides what is not as it should be; no Spark in it. */
package io.tidemark.quality.alert.rule;
