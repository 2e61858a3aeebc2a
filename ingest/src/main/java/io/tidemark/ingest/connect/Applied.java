package io.tidemark.ingest.connect;

import java.util.List;

/**
 * What it took to make a connector have the settings it was asked to have.
 *
 * @param kind what was done
 * @param changed the keys that differ from before; none for a new connector
 */
public record Applied(Kind kind, List<String> changed) {
  /** What was done. */
  public enum Kind {
    /** There was no connector of this name. */
    CREATED,
    /** Its settings were others. */
    UPDATED,
    /** It had these settings; nothing was sent, so its tasks were not restarted. */
    UNCHANGED
  }

  /** Keeps a copy of the keys. */
  public Applied {
    changed = List.copyOf(changed);
  }
}
