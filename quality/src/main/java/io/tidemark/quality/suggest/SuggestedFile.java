package io.tidemark.quality.suggest;

import io.tidemark.core.check.ChecksSpec;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.spec.yaml.FileLookup;
import io.tidemark.core.spec.yaml.YamlAddition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.List;
import java.util.Optional;

/**
 * A checks file as it will be with proposals in it; what stands there already stays, character by
 * character. A proposal whose name or whose meaning is there is left out, so adding the same ones
 * again changes nothing.
 *
 * @param file where it is, or will be
 * @param before its text; empty if it does not exist
 * @param after its text with what is added
 * @param added the proposals that were not there
 * @param addition what is added, as a text of its own
 */
public record SuggestedFile(
    Path file, Optional<String> before, String after, List<Proposal> added, String addition) {

  private static final String HEADING =
      "# What must be true of the tables; docs/checks-reference.md explains every key.\n";

  /** Copies the list. */
  public SuggestedFile {
    added = List.copyOf(added);
  }

  /**
   * Adds proposals to what a file holds now; writes nothing.
   *
   * @param reader reads what is there, and what is made of it
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if the file cannot be read,
   *     is not valid, or is written so that nothing can be added; the text to add is in the message
   */
  public static SuggestedFile of(
      Path file, TableRef table, List<Proposal> proposals, ChecksTexts reader) {
    Optional<String> before = text(file);
    ChecksSpec known =
        before.map(text -> reader.read(new FileLookup.Found(file, text))).orElse(ChecksSpec.NONE);
    KnownChecks checks = new KnownChecks(known.of(table));
    List<Proposal> added =
        proposals.stream().filter(proposal -> !checks.cover(proposal.check())).toList();
    if (added.isEmpty()) {
      return new SuggestedFile(file, before, before.orElse(""), added, "");
    }
    List<String> path = List.of("tables", table.toString(), "checks");
    List<YamlAddition.Entry> entries = added.stream().map(ProposalText::of).toList();
    String addition = YamlAddition.alone(path, entries);
    try {
      String after = YamlAddition.add(before.orElse(HEADING), path, entries);
      reader.read(new FileLookup.Found(file, after)); // What is written can be read.
      return new SuggestedFile(file, before, after, added, addition);
    } catch (YamlAddition.Refused e) {
      throw SuggestionErrors.notAddable(file, e.getMessage(), addition);
    }
  }

  /**
   * Replaces the file in one step.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if it was changed since it
   *     was read, or cannot be written
   */
  public void write() {
    if (!text(file).equals(before)) {
      throw SuggestionErrors.changedMeanwhile(file);
    }
    try {
      if (before.isPresent()) {
        replace(file.toRealPath());
      } else {
        Files.createDirectories(file.toAbsolutePath().normalize().getParent());
        Files.writeString(file, after, StandardOpenOption.CREATE_NEW);
      }
    } catch (IOException e) {
      throw SuggestionErrors.unwritable(file, e);
    }
  }

  /** What people wrote must not be lost half-way. */
  private void replace(Path target) throws IOException {
    Path beside = Files.createTempFile(target.getParent(), "." + target.getFileName(), ".new");
    try {
      Files.writeString(beside, after);
      if (Files.getFileAttributeView(beside, PosixFileAttributeView.class) != null) {
        Files.setPosixFilePermissions(beside, Files.getPosixFilePermissions(target));
      }
      Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  private static Optional<String> text(Path file) {
    try {
      return Files.exists(file)
          ? Optional.of(Files.readString(file, StandardCharsets.UTF_8))
          : Optional.empty();
    } catch (IOException e) {
      throw SuggestionErrors.unreadable(file, e);
    }
  }
}
