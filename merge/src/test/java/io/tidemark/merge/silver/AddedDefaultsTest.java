package io.tidemark.merge.silver;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.lake.TableSchemas;
import io.tidemark.core.schema.Column;
import io.tidemark.core.schema.ColumnDeclaration;
import io.tidemark.core.schema.EventSchema;
import io.tidemark.core.schema.LakeField;
import io.tidemark.core.schema.LakeType;
import io.tidemark.core.schema.RowSchema;
import io.tidemark.core.spec.SchemaContract;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rule 11: rows from before a column was added have its default. */
final class AddedDefaultsTest {
  private static final Column ID = new Column("id", ColumnDeclaration.parse("int"), false, null);
  private static final LakeField ID_FIELD = ID.lakeField();
  private static final SchemaRules RULES =
      new SchemaRules("t", new SchemaContract(Map.of()), Map.of("old", "n"), Optional.empty());

  private static TableSchemas.Stored schema(int seen, Column... columns) {
    List<Column> row = new ArrayList<>(List.of(ID));
    row.addAll(List.of(columns));
    EventSchema schema = new EventSchema(Optional.empty(), new RowSchema(row));
    return new TableSchemas.Stored(schema.fingerprint(), schema, Instant.ofEpochSecond(seen));
  }

  private static Column column(String name, String type, String defaultJson) {
    return new Column(name, ColumnDeclaration.parse(type), true, defaultJson);
  }

  private static AddedDefaults defaults(LakeField field, TableSchemas.Stored... history) {
    return AddedDefaults.of(List.of(history), RULES, List.of(ID_FIELD, field));
  }

  @Test
  void rule11TheFirstSchemaWithAColumnTellsItsDefaultInTheTypeThatTheColumnHasNow() {
    TableSchemas.Stored before = schema(1);
    TableSchemas.Stored added = schema(2, column("n", "int", "7"));
    TableSchemas.Stored changed = schema(3, column("n", "bigint", "8"));

    AddedDefaults defaults =
        defaults(new LakeField("n", new LakeType.Int64()), before, added, changed);

    assertThat(defaults.columns()).isEqualTo(Map.of("n", 7L));
    assertThat(defaults.bySchema()).isEqualTo(Map.of(before.fingerprint(), Map.of("n", 7L)));
  }

  @Test
  void rule11RowsFromAfterAColumnWasDroppedHaveNoValue() {
    Column added = column("n", "int", "7");
    TableSchemas.Stored dropped = schema(3, column("other", "int", null));

    AddedDefaults defaults = defaults(added.lakeField(), schema(2, added), dropped);

    assertThat(defaults.bySchema()).isEmpty();
  }

  @Test
  void rule11ARenamedColumnIsNoAddedOne() {
    AddedDefaults defaults =
        defaults(
            new LakeField("n", new LakeType.Int32()),
            schema(1, column("old", "int", null)),
            schema(2, column("n", "int", "7")));

    assertThat(defaults).isEqualTo(AddedDefaults.NONE);
  }

  @Test
  void rule11WhatAFunctionGaveIsNotGuessed() {
    Column created = column("created", "date", "\"1970-01-01\"");

    AddedDefaults defaults = defaults(created.lakeField(), schema(1), schema(2, created));

    assertThat(defaults).isEqualTo(AddedDefaults.NONE);
  }
}
