/** Protobuf messages of schemas that are known only at run time, as Connect schema and JSON. */
package io.tidemark.ingest.protobuf;
