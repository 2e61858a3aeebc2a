/** What surrounds a pipeline, looked at before it runs: Kafka, its topics, the lake, connectors. */
package io.tidemark.cli.check;
