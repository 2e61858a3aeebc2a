/** Checks of tables: their verdicts, history, contract pages and suggestions. */
package io.tidemark.cli.quality;
