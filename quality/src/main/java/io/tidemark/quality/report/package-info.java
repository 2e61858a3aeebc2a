/** The page that tells of one run what the checks said, how it was before, and which rows. */
package io.tidemark.quality.report;
