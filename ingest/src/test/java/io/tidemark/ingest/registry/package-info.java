/** Tests of messages with schemas in a registry. */
package io.tidemark.ingest.registry;
