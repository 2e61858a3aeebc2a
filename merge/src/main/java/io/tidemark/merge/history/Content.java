package io.tidemark.merge.history;

import io.tidemark.merge.history.Element.Change;
import io.tidemark.merge.history.Element.Stored;
import java.util.BitSet;

/**
 * What an upsert says of its row.
 *
 * @param values one for each column of the table
 * @param unlogged columns of which it says nothing, whatever is among the values
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by SameValues only.
record Content(Object[] values, BitSet unlogged) {

  static Content of(Element element) {
    if (element instanceof Change change) {
      return new Content(change.values(), change.unlogged());
    }
    if (element instanceof Stored stored) {
      return new Content(stored.interval().values(), stored.interval().unlogged());
    }
    throw new IllegalArgumentException("Invalid element without content: " + element);
  }
}
