package io.tidemark.ingest.signal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * The request for an incremental snapshot of one table, in the words of Debezium's signals
 * (documentation, "Sending signals to a Debezium connector", {@code execute-snapshot}).
 *
 * @param id identifies the signal; the connector's notifications about it carry it, too
 * @param collection the table as the connector names it, such as {@code public.orders}
 * @param condition an SQL condition for the rows to read; empty for all
 */
public record SnapshotSignal(String id, String collection, Optional<String> condition) {
  /** The signal's type. */
  public static final String TYPE = "execute-snapshot";

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** What is to be read: the column {@code data} of a signal table. */
  public String data() {
    return dataNode().toString();
  }

  /** The whole signal: the value of a record in a signal topic. */
  public String record() {
    ObjectNode record = NODES.objectNode();
    record.put("id", id);
    record.put("type", TYPE);
    record.set("data", dataNode());
    return record.toString();
  }

  private ObjectNode dataNode() {
    ObjectNode data = NODES.objectNode();
    data.put("type", "incremental");
    ArrayNode collections = data.putArray("data-collections");
    collections.add(asPattern());
    condition.ifPresent(
        filter -> {
          ObjectNode entry = data.putArray("additional-conditions").addObject();
          entry.put("data-collection", collection);
          entry.put("filter", filter);
        });
    return data;
  }

  /** Debezium reads the names of tables as regular expressions. */
  private String asPattern() {
    return collection.replaceAll("([\\\\.\\[\\]{}()*+?^$|])", "\\\\$1");
  }
}
