package io.tidemark.merge.silver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.core.error.ExitCode;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.schema.EventSchema;
import io.tidemark.core.schema.LakeField;
import io.tidemark.core.schema.LakeType;
import io.tidemark.core.spec.SchemaContract;
import io.tidemark.core.spec.SchemaContract.Action;
import io.tidemark.core.spec.SchemaContract.Change;
import io.tidemark.merge.log.Shape;
import io.tidemark.merge.silver.SilverPlan.Existing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 11: what a table's columns may do. */
class SilverPlanTest {
  private static final SchemaContract ONLY_ADDED =
      new SchemaContract(Map.of(Change.WIDENED, Action.BLOCK, Change.INCOMPATIBLE, Action.BLOCK));

  private static SilverPlan plan(Optional<Existing> existing, EventSchema... schemas) {
    Map<String, EventSchema> named = new LinkedHashMap<>();
    List.of(schemas).forEach(schema -> named.put(schema.fingerprint(), schema));
    return SilverPlan.of(
        new SchemaRules("items", ONLY_ADDED, Map.of(), Optional.empty()), existing, named);
  }

  private static Optional<Existing> table(String... columns) {
    return Optional.of(new Existing(List.of("id"), fields(columns)));
  }

  private static List<LakeField> fields(String... columns) {
    return Stream.of(columns)
        .map(column -> column.split(" ", 2))
        .map(parts -> new LakeField(parts[0], LakeType.parse(parts[1])))
        .toList();
  }

  private static TidemarkException failure(Optional<Existing> existing, EventSchema... schemas) {
    TidemarkException failure =
        catchThrowableOfType(TidemarkException.class, () -> plan(existing, schemas));
    assertThat(failure).as("the plan is refused").isNotNull();
    assertThat(failure.exitCode()).isEqualTo(ExitCode.DATA_LOSS);
    assertThat(failure.remedy()).isNotBlank();
    return failure;
  }

  @Test
  void aNewTableHasTheSourcesColumnsInTheirOrder() {
    SilverPlan plan = plan(Optional.empty(), Shape.of("id bigint", "b string", "a int").schema());

    assertThat(plan.key()).containsExactly("id");
    assertThat(plan.columns()).isEqualTo(fields("id bigint", "b string", "a int"));
    assertThat(plan.added()).as("all of them are new").isEqualTo(plan.columns());
  }

  @Test
  void aTableThatHasAllColumnsStaysAsItIs() {
    SilverPlan plan = plan(table("id bigint", "a int"), Shape.of("id bigint", "a int").schema());

    assertThat(plan.added()).isEmpty();
    assertThat(plan.columns()).isEqualTo(fields("id bigint", "a int"));
  }

  @Test
  void aColumnAddedInTheMiddleStandsBehindThoseOfTheTable() {
    SilverPlan plan =
        plan(
            table("id bigint", "a int"),
            Shape.of("id bigint", "a int").schema(),
            Shape.of("id bigint", "new string", "a int").schema());

    assertThat(plan.columns()).isEqualTo(fields("id bigint", "a int", "new string"));
    assertThat(plan.added()).isEqualTo(fields("new string"));
  }

  @Test
  void aDroppedColumnStays() {
    SilverPlan plan = plan(table("id bigint", "a int"), Shape.of("id bigint").schema());

    assertThat(plan.columns()).isEqualTo(fields("id bigint", "a int"));
    assertThat(plan.added()).isEmpty();
  }

  @Test
  void aNewColumnThatWidensWithinTheBatchIsAddedOnceAndWide() {
    SilverPlan plan =
        plan(
            table("id bigint"),
            Shape.of("id bigint", "n int").schema(),
            Shape.of("id bigint", "n bigint").schema(),
            Shape.of("id bigint", "n decimal(20,0)").schema());

    assertThat(plan.added()).isEqualTo(fields("n decimal(20,0)"));
    assertThat(plan.columns()).isEqualTo(fields("id bigint", "n decimal(20,0)"));
  }

  @Test
  void aNarrowerColumnInOldEventsFitsTheTable() {
    SilverPlan plan = plan(table("id bigint", "n bigint"), Shape.of("id int", "n int").schema());

    assertThat(plan.columns()).isEqualTo(fields("id bigint", "n bigint"));
    assertThat(plan.added()).isEmpty();
  }

  private static SilverPlan plan(
      Map<Change, Action> contract, Map<String, String> renamed, String[] columns, Shape shape) {
    return SilverPlan.of(
        new SchemaRules(
            "items",
            new SchemaContract(contract),
            renamed,
            Optional.of(shape.schema().fingerprint())),
        table(columns),
        Map.of(shape.schema().fingerprint(), shape.schema()));
  }

  private static SilverPlan byDefault(Shape shape, String... columns) {
    return plan(Map.of(), Map.of(), columns, shape);
  }

  private static TidemarkException blocked(Change change, Shape shape) {
    return catchThrowableOfType(
        TidemarkException.class,
        () ->
            plan(
                Map.of(change, Action.BLOCK),
                Map.of(),
                new String[] {"id bigint", "n int"},
                shape));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"int; string", "string; timestamp"})
  void rowsOfATypeThatTheTablesColumnCannotHoldDoNotFit(String from, String to) {
    Shape shape = Shape.of("id bigint", "n " + to);
    EventSchema schema = shape.schema();

    SilverPlan plan = byDefault(shape, "id bigint", "n " + from);

    assertThat(plan.unfit())
        .containsExactly(
            Map.entry(
                schema.fingerprint(),
                "column 'n' is %s in silver and %s in the change"
                    .formatted(LakeType.parse(from).ddl(), LakeType.parse(to).ddl())));
    assertThat(plan.columns()).isEqualTo(fields("id bigint", "n " + from));
  }

  @Test
  void aColumnBecomesAsWideAsItsValues() {
    SilverPlan plan = byDefault(Shape.of("id bigint", "n bigint"), "id bigint", "n int");

    assertThat(plan.widened()).isEqualTo(fields("n bigint"));
    assertThat(plan.columns()).isEqualTo(fields("id bigint", "n bigint"));
  }

  @Test
  void aColumnOfTextHoldsNumbersToo() {
    SilverPlan plan = byDefault(Shape.of("id bigint", "n bigint"), "id bigint", "n string");

    assertThat(plan.unfit()).isEmpty();
    assertThat(plan.columns()).isEqualTo(fields("id bigint", "n string"));
  }

  @Test
  void aRenamedColumnGetsItsNewNameFirst() {
    SilverPlan plan =
        plan(
            Map.of(),
            Map.of("n", "number"),
            new String[] {"id bigint", "n int"},
            Shape.of("id bigint", "number int"));

    assertThat(plan.renamed()).containsExactly(Map.entry("n", "number"));
    assertThat(plan.columns()).isEqualTo(fields("id bigint", "number int"));
    assertThat(plan.added()).isEmpty();
  }

  @Test
  void aContractBlocksWhatItSays() {
    assertThat(blocked(Change.ADDED, Shape.of("id bigint", "n int", "m int")))
        .hasMessageContaining("new column 'm' (INT), and the contract says 'added: block'");
    assertThat(blocked(Change.DROPPED, Shape.of("id bigint")))
        .hasMessageContaining("has dropped the column 'n'");
    assertThat(blocked(Change.WIDENED, Shape.of("id bigint", "n bigint")))
        .hasMessageContaining("column 'n' is INT in silver and BIGINT in newer changes");
    assertThat(blocked(Change.INCOMPATIBLE, Shape.of("id bigint", "n date")))
        .hasMessageContaining("column 'n' is INT in silver and DATE in newer changes");
  }

  @Test
  void anotherKeyHoldsTheTable() {
    assertThat(failure(table("id bigint"), Shape.keyed(2, "id bigint", "part int").schema()))
        .hasMessage(
            "Cannot merge table 'items': its key was [id] and is [id, part] in newer changes");
    assertThat(
            failure(Optional.empty(), Shape.of("id int").schema(), Shape.of("code int").schema()))
        .hasMessageContaining("its key was [id] and is [code]");
  }

  @Test
  void theOrderOfTheKeysColumnsDoesNotMatter() {
    SilverPlan plan =
        plan(
            Optional.of(new Existing(List.of("b", "a"), fields("a int", "b int"))),
            Shape.keyed(2, "a int", "b int").schema());

    assertThat(plan.key()).containsExactly("b", "a");
  }

  @Test
  void namesThatDifferOnlyInCaseHoldTheTable() {
    assertThat(
            failure(
                table("id bigint", "Name string"), Shape.of("id bigint", "name string").schema()))
        .hasMessage(
            "Cannot merge table 'items': its columns 'Name' and 'name' differ only in case");
  }

  @ParameterizedTest
  @ValueSource(strings = {"_position", "_Source_Ts", "_applied_at", "__kind", "__anything"})
  void namesThatTidemarkNeedsHoldTheTable(String name) {
    assertThat(failure(Optional.empty(), Shape.of("id bigint", name + " string").schema()))
        .hasMessageContaining("the source's column '" + name + "' has a name that Tidemark uses");
  }

  @Test
  void theSchemaOfATruncateHasNoKeyAndChangesNone() {
    Shape shape = Shape.of("id bigint", "a int");

    assertThat(plan(table("id bigint", "a int"), shape.keyless()).key()).containsExactly("id");
    assertThat(plan(Optional.empty(), shape.keyless(), shape.schema()).key()).containsExactly("id");
  }

  @Test
  void aKeyColumnThatTheRowLacksIsAColumnToo() {
    EventSchema deletes =
        new EventSchema(
            Shape.of("id bigint").schema().key(), Shape.of("name string").schema().row());

    assertThat(plan(Optional.empty(), deletes).columns())
        .isEqualTo(fields("name string", "id bigint"));
  }
}
