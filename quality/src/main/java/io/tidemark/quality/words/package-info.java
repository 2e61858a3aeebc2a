/** Checks, rules and conditions in the words of people. Knows Spark's SQL, and starts no Spark. */
package io.tidemark.quality.words;
