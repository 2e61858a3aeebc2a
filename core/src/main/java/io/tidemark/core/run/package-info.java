/** Run records and counters: rows in equals rows accounted for. */
package io.tidemark.core.run;
