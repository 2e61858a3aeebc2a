/** Tends what feeds a pipeline: connectors, snapshots, epochs, triggers. */
package io.tidemark.cli.source;
