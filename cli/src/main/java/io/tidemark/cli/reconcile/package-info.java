/** Compares silver with its source, row by row, and repairs what differs. */
package io.tidemark.cli.reconcile;
