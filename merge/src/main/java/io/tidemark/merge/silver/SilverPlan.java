package io.tidemark.merge.silver;

import io.tidemark.core.schema.EventSchema;
import io.tidemark.core.schema.LakeField;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The columns a silver table must have before a batch can be applied to it, and how it gets them.
 * Pure.
 *
 * @param key the columns that identify a row
 * @param columns the source's columns, those of the table first, new ones behind them
 * @param added the new ones
 * @param widened those that the table has in a narrower type
 * @param renamed the table's columns that get another name first: the name now to the name then
 * @param unfit fingerprints of the schemas whose rows the table cannot take, and why
 */
public record SilverPlan(
    List<String> key,
    List<LakeField> columns,
    List<LakeField> added,
    List<LakeField> widened,
    Map<String, String> renamed,
    Map<String, String> unfit) {

  /** What a silver table has now. */
  public record Existing(List<String> key, List<LakeField> columns) {}

  /** A plan that only adds columns. */
  SilverPlan(List<String> key, List<LakeField> columns, List<LakeField> added) {
    this(key, columns, added, List.of(), Map.of(), Map.of());
  }

  /**
   * Plans for the schemas of a batch.
   *
   * @param existing the table, or empty if it is yet to be created
   * @param schemas by fingerprint, oldest first
   * @throws io.tidemark.core.error.TidemarkException with exit code 5 if the contract blocks a
   *     change, or the table cannot have a column
   */
  public static SilverPlan of(
      SchemaRules rules, Optional<Existing> existing, Map<String, EventSchema> schemas) {
    return new SchemaPlanning(rules, existing).plan(schemas);
  }
}
