package io.tidemark.merge.fold;

/** Folds the changes of one key, which it is handed from the newest to the oldest. */
sealed interface ChangeFold permits KeyFold, JudgedFold {
  /** Whether a change is one of this key's. */
  boolean isSameKey(BronzeChange change);

  /** Takes the next older change of the same key, or a truncate of its table. */
  void older(BronzeChange change);

  /** What came of all. */
  FoldedChange result();

  /** A fold that begins with a key's newest change, or a later truncate. */
  static ChangeFold of(RowDecoders decoders, FoldRules rules, BronzeChange newest) {
    return rules.judging() == null
        ? new KeyFold(decoders, rules, newest)
        : new JudgedFold(decoders, rules, newest);
  }
}
