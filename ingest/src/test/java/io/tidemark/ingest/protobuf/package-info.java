/** Tests of Protobuf. */
package io.tidemark.ingest.protobuf;
