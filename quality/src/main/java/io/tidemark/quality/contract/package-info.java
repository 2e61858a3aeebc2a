/** What is expected of a table, as a page for the people who own its source. */
package io.tidemark.quality.contract;
