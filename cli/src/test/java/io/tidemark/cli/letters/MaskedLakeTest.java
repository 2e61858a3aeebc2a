package io.tidemark.cli.letters;

import static io.tidemark.cli.fixture.EventLake.change;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.cli.fixture.EventLake;
import io.tidemark.cli.fixture.EventLake.Event;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.ingest.letters.Letter;
import io.tidemark.ingest.letters.LetterFilter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rule 16, from the record to silver: nothing that is masked is in any file of the lake. */
@ExtendWith(SharedSpark.class)
class MaskedLakeTest {
  private static final String PLACEHOLDER = "__debezium_unavailable_value";
  private static final String K1 = "{keys: {k1: 'a masking key of 32 characters...'}}";
  private static final String K2 =
      "{keys: {k1: 'a masking key of 32 characters...', k2: 'another key of 32 characters, or more'}}";

  /** People are told apart by a masked column; visits refer to them. */
  private static final String TABLES =
      """
      tables:
        people: {mask: {ssn: hash, mail: hash, phone: last(2), note: fixed(***)}}
        visits: {mask: {ssn: hash(k1)}}
      """;

  private static final List<String> SECRETS =
      List.of("123-45-678", "ann-secret", "0049-171-55", "diagnosis", EventLake.HEADER);

  @TempDir private Path folder;

  private static Event person(long offset, String op, int n, String mail) {
    String key = "{\"ssn\":\"123-45-678%d\"}".formatted(n);
    String row =
        "{\"ssn\":\"123-45-678%d\",\"mail\":\"%s\",\"phone\":\"0049-171-55%d\",\"note\":\"diagnosis\"}"
            .formatted(n, mail, n);
    return op.equals("d")
        ? change("people", offset, offset, op, key, row, "null")
        : change("people", offset, offset, op, key, op.equals("c") ? "null" : row, row);
  }

  private static Event visit(long offset, int id, int person) {
    return change(
        "visits",
        offset,
        offset,
        "c",
        "{\"id\":%d}".formatted(id),
        "null",
        "{\"id\":%d,\"ssn\":\"123-45-678%d\"}".formatted(id, person));
  }

  @Test
  void rule16NoFileOfTheLakeHoldsWhatIsMaskedAndTablesStillJoin(SparkSession spark)
      throws IOException {
    EventLake lake = new EventLake(spark, folder, "masking: " + K1, TABLES);
    Event broken = new Event("shop.people", 3, "123-45-6789", "{\"mail\":\"ann-secret@x\"");
    Event bad =
        change(
            "people", 4, 4, "x", "{\"ssn\":\"123-45-6789\"}", "null", "{\"mail\":\"ann-secret\"}");
    Event noKey = change("people", 5, 5, "c", null, "null", "{\"mail\":\"ann-secret\"}");
    assertThat(
            lake.land(
                    person(0, "c", 1, "ann-secret-1@x"),
                    person(1, "c", 2, "ann-secret-2@x"),
                    person(2, "c", 3, "ann-secret-3@x"),
                    broken,
                    bad,
                    noKey,
                    visit(0, 1, 1),
                    visit(1, 2, 2))
                .of(Count.DEAD_LETTERED))
        .isEqualTo(3);
    lake.merge();
    List<String> before = lake.silver("people");
    lake.land(person(6, "u", 1, PLACEHOLDER), person(7, "d", 2, "ann-secret-2@x"));
    lake.merge();

    assertThat(lake.silver("people"))
        .as("an unlogged value keeps the stored mask; a masked key deletes")
        .hasSize(2)
        .isSubsetOf(before)
        .allSatisfy(row -> assertThat(row).contains("\"note\":\"***\"").contains("\"ssn\":\"k1:"));
    assertThat(
            lake.lake()
                .silver("visits")
                .read()
                .join(lake.lake().silver("people").read(), "ssn")
                .select("id", "phone")
                .toJSON()
                .collectAsList())
        .containsExactly("{\"id\":\"1\",\"phone\":\"51\"}");
    assertNothingClear(spark, folder.resolve("lake"));
  }

  @Test
  void rule16SealedLettersCanBeShownAndReplayedAndKeysCanRotate(SparkSession spark)
      throws IOException {
    EventLake first =
        new EventLake(spark, folder, "masking: " + K1, TABLES.replace("note", "nota"));
    first.land(person(0, "c", 1, "ann-secret-1@x"));
    Letter letter = first.letters().book().letter("shop.people/0/0");
    assertThat(letter.reason()).isEqualTo("UNMASKABLE");
    assertThat(letter.sealed()).isTrue();
    assertThat(new String(letter.value(), StandardCharsets.UTF_8)).contains("ann-secret-1@x");
    assertThat(LetterLines.of(letter, LetterLines.Bytes.HIDDEN).toString())
        .doesNotContain("ann-secret");
    assertNothingClear(spark, folder.resolve("lake"));

    EventLake rotated = new EventLake(spark, folder, "masking: " + K2, TABLES);
    rotated.land(person(1, "c", 2, "ann-secret-2@x"), visit(0, 1, 1));
    assertThat(rotated.replay(LetterFilter.ALL).counts().of(Count.LANDED)).isEqualTo(1);
    rotated.merge();
    assertThat(rotated.silver("people")).hasSize(2);
    assertNothingClear(spark, folder.resolve("lake"));

    assertThatThrownBy(
            () ->
                new EventLake(
                    spark, folder, "masking: " + K2.replace("another", "a third"), TABLES))
        .hasMessageContaining("the masking key 'k2' has another secret");
    EventLake unmasked =
        new EventLake(spark, folder, "masking: " + K2, TABLES.replace("ssn: hash, ", ""));
    assertThatThrownBy(() -> unmasked.land(person(2, "c", 3, "x")))
        .hasMessageContaining("its column 'ssn' tells rows apart, began masked by hash(k2)")
        .hasMessageContaining("would be in the clear now");
  }

  /** Looks into the bytes of every file, and into the rows of those that are compressed. */
  private static void assertNothingClear(SparkSession spark, Path lake) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(lake)) {
      files = found.filter(Files::isRegularFile).toList();
    }
    assertThat(files).hasSizeGreaterThan(5);
    StringBuilder content = new StringBuilder();
    for (Path file : files) {
      content
          .append(file)
          .append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      if (file.toString().endsWith(".parquet")) {
        for (String row : spark.read().parquet(file.toString()).toJSON().collectAsList()) {
          content.append(row);
        }
      }
    }
    for (String secret : SECRETS) {
      assertThat(content.indexOf(secret)).as("place of '%s' in the lake", secret).isNegative();
    }
  }
}
