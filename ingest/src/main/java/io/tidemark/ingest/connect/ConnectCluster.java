package io.tidemark.ingest.connect;

/**
 * What a Kafka Connect says about itself.
 *
 * @param version its version of Kafka, for example 4.1.1
 * @param kafkaClusterId the identity of the Kafka cluster its connectors write to
 */
public record ConnectCluster(String version, String kafkaClusterId) {}
