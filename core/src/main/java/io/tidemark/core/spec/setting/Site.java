package io.tidemark.core.spec.setting;

import io.tidemark.core.spec.yaml.FileLookup;
import io.tidemark.core.spec.yaml.Place;
import io.tidemark.core.spec.yaml.Problems;

/**
 * The setting being read, for those who read it: its name in error texts, and where files are found
 * and problems collected.
 *
 * @param key the dotted key in the file, {@code tables.orders.key}
 * @param at where the key stands
 */
public record Site(String key, Place at, FileLookup files, Problems problems) {

  /** The site of a key below this one. */
  public Site child(String name, Place place) {
    return new Site(key.isEmpty() ? name : key + "." + name, place, files, problems);
  }

  /** Notes a problem with the value at a place; the text starts with the key. */
  public void invalid(Place place, String problem, String remedy) {
    problems.add(place, key.isEmpty() ? problem : key + ": " + problem, remedy);
  }
}
