/** The checks file: what is declared to be good data, read, checked and explained. */
package io.tidemark.core.spec.checks;
