package io.tidemark.core.spec;

import static io.tidemark.core.spec.SettingCase.byDefault;

import io.tidemark.core.mask.Mask;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The settings of a table. */
final class TableSettingCases {
  static final List<SettingCase> ALL =
      List.of(
          of(
              "watermark",
              Optional.empty(),
              "xmin",
              Optional.of("xmin"),
              table -> table.poll().watermark()),
          of(
              "lag",
              new Lag(Duration.ofMinutes(10), 0),
              "500",
              new Lag(Duration.ZERO, 500),
              table -> table.poll().lag()),
          of(
              "soft-delete",
              Optional.empty(),
              "gone_at",
              Optional.of("gone_at"),
              table -> table.poll().softDelete()),
          of(
              "delete-log",
              Optional.empty(),
              "public.orders_deletes",
              Optional.of("public.orders_deletes"),
              table -> table.poll().deleteLog()),
          of("sweep", Duration.ofDays(1), "0s", Duration.ZERO, table -> table.poll().sweep()),
          of(
              "key",
              List.of(),
              "[order_id, product_id]",
              List.of("order_id", "product_id"),
              TableSpec::key),
          of(
              "source",
              Optional.empty(),
              "public.Orders",
              Optional.of("public.Orders"),
              TableSpec::source),
          of(
              "columns",
              Map.of(),
              "{order_id: bigint, total: 'decimal(12,2)'}",
              Map.of("order_id", "bigint", "total", "decimal(12,2)"),
              TableSpec::columns),
          of(
              "mask",
              Map.of(),
              "{phone: last(4), born: year, note: 'fixed(***)'}",
              Map.of(
                  "phone",
                  new Mask.Last(4),
                  "born",
                  new Mask.Year(),
                  "note",
                  new Mask.Fixed("***")),
              TableSpec::mask),
          of(
              "outbox",
              Optional.empty(),
              "outbox.event.order",
              Optional.of("outbox.event.order"),
              TableSpec::outbox),
          of(
              "sources",
              Map.of(),
              "{eu: shop_eu/public.orders}",
              Map.of("eu", "shop_eu/public.orders"),
              table -> table.sources().tables()),
          of("source-column", "source", "region", "region", table -> table.sources().column()),
          of(
              "conflicts",
              Optional.empty(),
              "source-time",
              Optional.of(ConflictPolicy.SOURCE_TIME),
              table -> table.sources().conflicts()),
          of(
              "counters",
              List.of(),
              "[clicks]",
              List.of("clicks"),
              table -> table.sources().counters()),
          of("history", false, "true", true, TableSpec::history),
          of("deletes", Deletes.HARD, "soft", Deletes.SOFT, TableSpec::deletes),
          of(
              "schema",
              SchemaContract.DEFAULT,
              "{added: ignore, incompatible: block}",
              new SchemaContract(
                  Map.of(
                      SchemaContract.Change.ADDED,
                      SchemaContract.Action.IGNORE,
                      SchemaContract.Change.INCOMPATIBLE,
                      SchemaContract.Action.BLOCK)),
              TableSpec::schema),
          of("rename", Map.of(), "{old: new}", Map.of("old", "new"), TableSpec::rename),
          of("append-only", false, "true", true, TableSpec::appendOnly),
          of(
              "tombstone-retention",
              Duration.ofDays(7),
              "12h",
              Duration.ofHours(12),
              TableSpec::tombstoneRetention));

  private static SettingCase of(
      String key, Object byDefault, String yaml, Object read, Function<TableSpec, Object> value) {
    return byDefault(
        "tables.<name>." + key,
        byDefault,
        yaml,
        read,
        spec -> value.apply(spec.tables().get("orders")));
  }

  private TableSettingCases() {}
}
