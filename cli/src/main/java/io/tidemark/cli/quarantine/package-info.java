/** What becomes of changes that were not accepted. */
package io.tidemark.cli.quarantine;
