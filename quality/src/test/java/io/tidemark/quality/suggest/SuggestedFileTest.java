package io.tidemark.quality.suggest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.core.check.Layer;
import io.tidemark.core.check.Subject;
import io.tidemark.core.check.Subject.DataKind;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.spec.PipelineFile;
import io.tidemark.core.spec.yaml.FileLookup;
import io.tidemark.quality.profile.ColumnProfile;
import io.tidemark.quality.profile.Hint;
import io.tidemark.quality.profile.SeenRows;
import io.tidemark.quality.profile.TableProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuggestedFileTest {
  private static final TableRef ORDERS = new TableRef(Layer.SILVER, "orders");

  @TempDir private Path folder;
  private Path file;
  private ChecksTexts texts;

  @BeforeEach
  void pipeline() throws IOException {
    file = folder.resolve("checks").resolve("shop.yml");
    Path pipeline = folder.resolve("shop.yml");
    Files.writeString(
        pipeline, "pipeline: shop\nlake: lake\nsource: {type: files, path: events}\n");
    texts = new ChecksTexts(PipelineFile.read(pipeline, Map.of()), Map.of());
  }

  @Test
  void whatIsWrittenReadsBackAsTheChecksThatWereProposed() throws IOException {
    List<Proposal> proposals = everyKind();
    SuggestedFile.of(file, ORDERS, proposals, texts).write();

    String text = Files.readString(file);
    assertThat(text).startsWith("# What must be true").contains("      # 90 % of 1,000 rows");
    assertThat(texts.read(new FileLookup.Found(file, text)).of(ORDERS).orElseThrow().checks())
        .isEqualTo(proposals.stream().map(Proposal::check).toList());
  }

  @Test
  void addingAgainChangesNothing() throws IOException {
    SuggestedFile.of(file, ORDERS, everyKind(), texts).write();
    SuggestedFile again = SuggestedFile.of(file, ORDERS, everyKind(), texts);

    assertThat(again.added()).isEmpty();
    assertThat(again.addition()).isEmpty();
    assertThat(again.after()).isEqualTo(Files.readString(file));
  }

  @Test
  void whatPeopleSaidInTheirWayIsNotSaidAgain() throws IOException {
    String mine =
        """
        # Ours. Ask checkout before you change it.
        tables:
          silver.orders:
            rules:
              paid: {rule: "AMOUNT > 0 AND `status` IN ('new', 'paid')"}
            checks:
              one_row_each: {type: uniqueness, columns: [REGION, id], at-least: 0.99}
              note_complete: {type: size, at-least: 1}   # takes the name
              rated: {type: compliance, rule: "rating IS NOT NULL"}
        """;
    Files.createDirectories(file.getParent());
    Files.writeString(file, mine);
    SuggestedFile result = SuggestedFile.of(file, ORDERS, everyKind(), texts);

    assertThat(result.added())
        .extracting(proposal -> proposal.check().name())
        .containsExactly("id_complete", "rating_integral", "code_min_length", "code_max_length");
    assertThat(result.after()).startsWith(mine).hasSizeGreaterThan(mine.length());
  }

  @Test
  void otherTablesAreNoReasonToLeaveAnythingOut() throws IOException {
    SuggestedFile.of(file, new TableRef(Layer.GOLD, "orders"), List.of(), texts);
    SuggestedFile.of(file, new TableRef(Layer.BRONZE, "orders"), everyKind(), texts).write();

    assertThat(SuggestedFile.of(file, ORDERS, everyKind(), texts).added()).hasSize(9);
  }

  @Test
  void nothingIsWrittenWhereItCannotBeAdded() throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "tables: {silver.orders: {}}\n");

    assertThatThrownBy(() -> SuggestedFile.of(file, ORDERS, everyKind(), texts))
        .isInstanceOf(TidemarkException.class)
        .hasMessageContaining("'tables' (line 1) is written in brackets")
        .extracting("remedy")
        .asString()
        .contains("nothing was written:\ntables:\n  silver.orders:\n    checks:\n")
        .contains("id_complete: {type: completeness, column: id, at-least: 1.0}");
    Files.writeString(file, "tabels: {}\n");
    assertThatThrownBy(() -> SuggestedFile.of(file, ORDERS, everyKind(), texts))
        .hasMessageContaining("shop.yml:1:1");
    Files.write(file, new byte[] {'#', (byte) 0xE4, '\n'});
    assertThatThrownBy(() -> SuggestedFile.of(file, ORDERS, everyKind(), texts))
        .hasMessageContaining("Cannot read checks file");
  }

  @Test
  void aFileThatChangedMeanwhileIsLeftAlone() throws IOException {
    SuggestedFile result = SuggestedFile.of(file, ORDERS, everyKind(), texts);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "tables:\n");

    assertThatThrownBy(result::write).hasMessageContaining("it was changed meanwhile");
    assertThat(file).hasContent("tables:\n");
  }

  @Test
  void aLinkStaysALinkAndTheFileKeepsItsPermissions() throws IOException {
    Path real = folder.resolve("real.yml");
    Files.writeString(real, "tables:\r\n");
    Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-rw-r--"));
    Path link = Files.createSymbolicLink(folder.resolve("link.yml"), real);
    SuggestedFile.of(link, ORDERS, everyKind(), texts).write();

    assertThat(link).isSymbolicLink();
    assertThat(Files.readString(real)).startsWith("tables:\r\n  silver.orders:\r\n");
    assertThat(Files.getPosixFilePermissions(real))
        .isEqualTo(PosixFilePermissions.fromString("rw-rw-r--"));
  }

  @Test
  void fewRowsSayLittle() {
    Suggestions few =
        new Suggestions(profile(new SeenRows(1, 29, OptionalDouble.empty())), List.of("id"));

    assertThat(YamlLines.of(few.proposals(Map.of(List.of("id"), 2L))))
        .containsExactly(
            "id_unique: {type: uniqueness, columns: [id], at-least: 1.0}"
                + " # the key: 2 of 29 rows share theirs with another");
  }

  private static List<Proposal> everyKind() {
    List<String> key = List.of("id", "region");
    return new Suggestions(profile(new SeenRows(1, 1_000, OptionalDouble.empty())), key)
        .proposals(Map.of(key, 0L));
  }

  private static TableProfile profile(SeenRows rows) {
    return new TableProfile(
        rows,
        List.of(
            column("id", ""),
            column("note", ""),
            column("amount", "0"),
            column("status", ""),
            column("rating", ""),
            column("code", "")),
        List.of(
            new Hint.Complete("id"),
            new Hint.MostlyComplete("note", 0.88),
            new Hint.NotNegative("amount"),
            new Hint.OnlyValues("status", List.of("new", "null", "${x}", "it's, \"so\": [#]", "~")),
            new Hint.Complete("rating"),
            new Hint.OfKind("rating", DataKind.INTEGRAL)));
  }

  private static ColumnProfile column(String name, String least) {
    return new ColumnProfile(
        name,
        "string",
        name.equals("note") ? 0.9 : 1,
        OptionalLong.empty(),
        least.isEmpty() ? Optional.empty() : Optional.of(new ColumnProfile.Extent(least, least)),
        OptionalDouble.empty(),
        name.equals("code") ? Optional.of(new ColumnProfile.Lengths(2, 2)) : Optional.empty(),
        Map.of());
  }

  @Test
  void everyKindIsProposedOnce() {
    assertThat(everyKind())
        .extracting(proposal -> proposal.check().subject().getClass().getSimpleName())
        .containsExactly(
            Subject.Uniqueness.class.getSimpleName(),
            Subject.Completeness.class.getSimpleName(),
            Subject.Completeness.class.getSimpleName(),
            Subject.Minimum.class.getSimpleName(),
            Subject.ContainedIn.class.getSimpleName(),
            Subject.Completeness.class.getSimpleName(),
            Subject.DataType.class.getSimpleName(),
            Subject.MinLength.class.getSimpleName(),
            Subject.MaxLength.class.getSimpleName());
  }
}
