package io.tidemark.ingest.connect;

import java.util.Map;
import java.util.TreeMap;

/**
 * A connector as Connect keeps it.
 *
 * @param name its name
 * @param config its settings as they were given, placeholders of config providers unresolved; may
 *     hold secrets
 * @param status how it is
 */
public record Connector(String name, Map<String, String> config, ConnectorStatus status) {
  /** Keeps a sorted copy of the settings. */
  public Connector {
    config = new TreeMap<>(config);
  }

  /** The settings for people: sorted, secrets redacted. */
  public Map<String, String> printableConfig() {
    return ConnectSecrets.printable(config);
  }

  /** The class that does its work; empty if none is set. */
  public String type() {
    return config.getOrDefault("connector.class", "");
  }

  /** Name, settings without secrets, and state. */
  @Override
  public String toString() {
    return name + " " + printableConfig() + " " + status.state();
  }
}
