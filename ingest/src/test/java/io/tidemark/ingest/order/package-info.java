/** Tests of the order that events do not tell. */
package io.tidemark.ingest.order;
