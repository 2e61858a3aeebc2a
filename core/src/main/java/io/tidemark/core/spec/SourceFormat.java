package io.tidemark.core.spec;

/** How the keys and values of a source's records are written. */
public enum SourceFormat {
  /** JSON of Kafka Connect's JsonConverter, with or without schema blocks. */
  DEBEZIUM_JSON("debezium-json", Registry.UNUSED),
  /** Avro in the Confluent wire format; the schemas are in a registry. */
  DEBEZIUM_AVRO("debezium-avro", Registry.REQUIRED),
  /** Protobuf in the Confluent wire format; the schemas are in a registry. */
  DEBEZIUM_PROTOBUF("debezium-protobuf", Registry.REQUIRED);

  private enum Registry {
    UNUSED,
    REQUIRED
  }

  private final String word;
  private final Registry registry;

  SourceFormat(String word, Registry registry) {
    this.word = word;
    this.registry = registry;
  }

  /** The word for it in a pipeline file. */
  public String word() {
    return word;
  }

  /** Whether its records name schemas of a registry. */
  public boolean needsRegistry() {
    return registry == Registry.REQUIRED;
  }
}
