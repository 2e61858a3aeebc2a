/** What is declared to be good data, and what a look at the data said. No Spark in it. */
package io.tidemark.core.check;
