package io.tidemark.merge.rebuild;

import io.tidemark.core.table.TableSize;
import java.util.OptionalLong;

/**
 * What building a table anew would read, and what is there now.
 *
 * @param bronze its change log; partitions are landing dates
 * @param silver its rows now; empty if there is no such table
 * @param history its intervals now; empty if there is no such table
 */
public record RebuildPreview(TableSize bronze, OptionalLong silver, OptionalLong history) {}
