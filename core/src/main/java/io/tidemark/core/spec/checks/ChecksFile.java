package io.tidemark.core.spec.checks;

import io.tidemark.core.check.CheckedTable;
import io.tidemark.core.check.ChecksSpec;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.spec.setting.SectionReader;
import io.tidemark.core.spec.setting.Site;
import io.tidemark.core.spec.setting.Values;
import io.tidemark.core.spec.yaml.FileKind;
import io.tidemark.core.spec.yaml.FileLookup;
import io.tidemark.core.spec.yaml.Place;
import io.tidemark.core.spec.yaml.Problems;
import io.tidemark.core.spec.yaml.YamlDocument;
import io.tidemark.core.spec.yaml.YamlValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A checks file that was read. Its problems are noted with those of the pipeline file that names
 * it; once those were thrown, {@link #spec} is what it says.
 */
public final class ChecksFile {
  /** From {@code tables} to the settings of an anomaly. */
  private static final int DEEPEST = 6;

  private final Path file;
  private final YamlValue root;
  private final List<TableReader> tables;

  private ChecksFile(Path file, YamlValue root, List<TableReader> tables) {
    this.file = file;
    this.root = root;
    this.tables = tables;
  }

  /**
   * Reads a checks file.
   *
   * @param environment the variables that <code>${NAME}</code> in the file stands for
   * @param names what the pipeline file says of the tables
   * @param pipeline where the pipeline file's problems are noted
   */
  public static ChecksFile read(
      FileLookup.Found file, Map<String, String> environment, LakeNames names, Problems pipeline) {
    Problems problems = pipeline.of(FileKind.CHECKS, file.path());
    YamlValue root = YamlDocument.read(file, environment, problems);
    Site site = new Site("", Place.START, new FileLookup(file.path()), problems);
    SectionReader reader = new SectionReader(ChecksSettings.FILE);
    reader.read(ChecksSettings.FILE, root, site);
    Map<String, Values> named = reader.readEntries(ChecksSettings.TABLES, root, site);
    List<TableReader> tables = new ArrayList<>();
    root.entry(ChecksSettings.TABLES.key())
        .ifPresent(
            section ->
                named.forEach(
                    (name, values) -> {
                      YamlValue.Entry entry = section.value().entry(name).orElseThrow();
                      Site below =
                          site.child(ChecksSettings.TABLES.key(), section.at())
                              .child(name, entry.at());
                      TableRef.parse(name)
                          .map(table -> new TableReader(table, values, entry, below, names))
                          .ifPresent(tables::add);
                    }));
    tables.forEach(table -> table.read(reader));
    return new ChecksFile(file.path(), root, tables);
  }

  /**
   * What the file says.
   *
   * @throws IllegalStateException if it has problems: they must be thrown before
   */
  public ChecksSpec spec() {
    Map<TableRef, CheckedTable> checked = new LinkedHashMap<>();
    tables.forEach(table -> checked.put(table.table(), table.checked()));
    Map<String, Place> places = new HashMap<>();
    note(places, "", root, DEEPEST);
    return new ChecksSpec(Optional.of(file), checked, places);
  }

  private static void note(Map<String, Place> places, String path, YamlValue value, int depth) {
    if (depth > 0 && value instanceof YamlValue.Mapping mapping) {
      for (YamlValue.Entry entry : mapping.entries()) {
        String below = path.isEmpty() ? entry.key() : path + "." + entry.key();
        boolean section = entry.value() instanceof YamlValue.Mapping;
        places.put(below, section ? entry.at() : entry.value().at());
        note(places, below, entry.value(), depth - 1);
      }
    }
  }
}
