/** Messages in the Confluent wire format, and the registry that has their schemas. */
package io.tidemark.ingest.registry;
