package io.tidemark.core.spec;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What becomes of a table when its source's schema changes, by kind of change.
 *
 * @param actions what to do about the kinds that the pipeline file names
 */
public record SchemaContract(Map<Change, Action> actions) implements Serializable {
  /** What happens where the pipeline file says nothing. */
  public static final SchemaContract DEFAULT = new SchemaContract(Map.of());

  /** What can be done about a change. */
  public enum Action {
    /** The table gets the column. */
    ADD("add"),
    /** The column's values are left out. */
    IGNORE("ignore"),
    /** The table's column becomes as wide. */
    WIDEN("widen"),
    /** The column stays, and is null in rows from then on. */
    KEEP("keep"),
    /** The rows written with the new schema become dead letters, and others go on. */
    DEAD_LETTER("dead-letter"),
    /** The table stops at its last good state, and other tables go on. */
    BLOCK("block");

    private final String word;

    Action(String word) {
      this.word = word;
    }

    /** The word in the pipeline file. */
    public String word() {
      return word;
    }
  }

  /** A kind of change; the first action is the default. */
  public enum Change {
    ADDED("added", Action.ADD, Action.IGNORE, Action.BLOCK),
    /** To a type that holds all values of the table's, and more. */
    WIDENED("widened", Action.WIDEN, Action.BLOCK),
    DROPPED("dropped", Action.KEEP, Action.BLOCK),
    /** To a type with values that no common type holds. */
    INCOMPATIBLE("incompatible", Action.DEAD_LETTER, Action.BLOCK),
    /** Of the columns that identify a row. */
    KEY("key", Action.BLOCK);

    private final String word;
    private final List<Action> actions;

    Change(String word, Action... actions) {
      this.word = word;
      this.actions = List.of(actions);
    }

    /** The word in the pipeline file. */
    public String word() {
      return word;
    }

    /** What can be done about it; the default first. */
    public List<Action> actions() {
      return actions;
    }
  }

  /** Keeps a copy. */
  public SchemaContract {
    EnumMap<Change, Action> copy = new EnumMap<>(Change.class);
    copy.putAll(actions);
    actions = copy;
  }

  /** What to do about a kind of change. */
  public Action on(Change change) {
    return actions.getOrDefault(change, change.actions().get(0));
  }

  /** Whether a kind of change stops the table. */
  public boolean blocks(Change change) {
    return on(change) == Action.BLOCK;
  }
}
