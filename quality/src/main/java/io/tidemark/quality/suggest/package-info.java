/** Checks that a table's own rows suggest, added to a checks file that people write, too. */
package io.tidemark.quality.suggest;
