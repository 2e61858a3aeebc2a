package io.tidemark.ingest.registry;

import io.tidemark.ingest.decode.WriterSchema;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What this JVM knows of registries, for all tasks in it: the registry is asked once for each id,
 * by one task at a time.
 */
final class SchemaCache {
  private static final int READERS = 4096;

  private static final Map<Id, WriterSchema> FETCHED = new ConcurrentHashMap<>();
  private static final Map<WriterSchema, MessageReader> COMPILED =
      Collections.synchronizedMap(new LeastRecentlyUsed<>());

  private SchemaCache() {}

  private record Id(RegistryAddress registry, int number) {}

  /** The schema of an id; empty if the registry has none, which is not remembered. */
  static Optional<WriterSchema> schema(RegistryAddress registry, int number) {
    Id id = new Id(registry, number);
    WriterSchema known = FETCHED.get(id);
    return known != null ? Optional.of(known) : fetch(id);
  }

  private static synchronized Optional<WriterSchema> fetch(Id id) {
    WriterSchema known = FETCHED.get(id);
    if (known != null) {
      return Optional.of(known); // Another task fetched it while this one waited.
    }
    Optional<WriterSchema> fetched = new RegistryClient(id.registry).schema(id.number);
    fetched.ifPresent(schema -> FETCHED.put(id, schema));
    return fetched;
  }

  /** The reader of a schema, made when it is first needed. */
  static MessageReader reader(WriterSchema schema, Function<WriterSchema, MessageReader> make) {
    MessageReader known = COMPILED.get(schema);
    if (known == null) {
      known = make.apply(schema);
      COMPILED.put(schema, known);
    }
    return known;
  }

  /** Forgets what registries said, as a new process would. */
  static void clear() {
    FETCHED.clear();
    COMPILED.clear();
  }

  private static final class LeastRecentlyUsed<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    LeastRecentlyUsed() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > READERS;
    }
  }
}
