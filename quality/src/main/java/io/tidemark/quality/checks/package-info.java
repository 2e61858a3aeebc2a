/** Measures the tables of the lake and judges what was measured by what is declared. */
package io.tidemark.quality.checks;
