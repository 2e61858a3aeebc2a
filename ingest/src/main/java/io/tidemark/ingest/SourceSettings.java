package io.tidemark.ingest;

import io.tidemark.core.mask.Mask;
import io.tidemark.core.schema.ColumnDeclaration;
import io.tidemark.core.schema.UnavailableValue;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.ingest.decode.DecodeSettings;
import io.tidemark.ingest.mask.MaskKeys;
import io.tidemark.ingest.mask.MaskSettings;
import io.tidemark.ingest.mask.MaskedPast;
import io.tidemark.ingest.order.OrderMaps;
import io.tidemark.ingest.registry.RegistryFormat;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Carries the pipeline file's words to where they are used. */
final class SourceSettings {
  private SourceSettings() {}

  static DecodeSettings decoding(PipelineSpec spec) {
    Map<String, List<String>> keys = new HashMap<>();
    Map<String, Map<String, ColumnDeclaration>> columns = new HashMap<>();
    Map<String, String> renamed = new HashMap<>();
    Set<String> appendOnly = new HashSet<>();
    Map<String, String> outboxes = new HashMap<>();
    for (TableSpec table : spec.tables().values()) {
      if (!table.key().isEmpty()) {
        keys.put(table.name(), table.key());
      }
      Map<String, ColumnDeclaration> declared = new HashMap<>();
      table.columns().forEach((name, type) -> declared.put(name, ColumnDeclaration.parse(type)));
      columns.put(table.name(), declared);
      if (table.appendOnly()) {
        appendOnly.add(table.name());
      }
      table
          .outboxPattern()
          .ifPresent(
              topics -> {
                outboxes.put(topics.pattern(), table.name());
                declared.putIfAbsent("event_time", ColumnDeclaration.parse("timestamp"));
              });
      table.source().ifPresent(source -> renamed.put(source, table.name()));
    }
    Set<String> combined =
        spec.tables().values().stream()
            .filter(table -> table.sources().several())
            .map(TableSpec::name)
            .collect(Collectors.toSet());
    return new DecodeSettings(
        new UnavailableValue(spec.source().unavailableValue()),
        keys,
        columns,
        renamed,
        appendOnly,
        combined,
        OrderMaps.NONE,
        RegistryFormat.of(spec.source()),
        outboxes);
  }

  /** What is masked, before the lake is asked what it began with. */
  static MaskSettings masks(PipelineSpec spec) {
    Map<String, Map<String, Mask>> masks = new HashMap<>();
    spec.tables().values().forEach(table -> masks.put(table.name(), table.mask()));
    return new MaskSettings(masks, new MaskKeys(spec.masking().keys()), MaskedPast.NOTHING);
  }
}
