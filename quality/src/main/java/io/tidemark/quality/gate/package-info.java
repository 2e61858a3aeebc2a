/** When tables are judged, and what their verdicts mean for a run. */
package io.tidemark.quality.gate;
