package io.tidemark.quality.gate;

import io.tidemark.core.check.TableRef;
import io.tidemark.core.check.TableVerdict;
import java.util.List;

/** Looks at the newest version of tables. */
@FunctionalInterface
public interface Judge {
  /** One verdict for each table, in the same order; what was measured is kept. */
  List<TableVerdict> run(List<TableRef> tables);
}
