package io.tidemark.proof;

/**
 * An event on its way to the lake.
 *
 * @param event what the source logged
 * @param partition of the table's topic
 * @param portion with which part of the delivery it comes; the lake is merged only between portions
 */
record Arrival(SourceEvent event, int partition, int portion) {}
