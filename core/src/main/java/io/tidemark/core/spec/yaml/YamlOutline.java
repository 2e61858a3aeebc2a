package io.tidemark.core.spec.yaml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Where the values of a YAML text stand in it. Made from the parser's events, because an alias has
 * a place of its own only there: as a node it is where its anchor is.
 */
final class YamlOutline {
  /** How a value is written, as far as it matters to one who adds to it. */
  enum Style {
    /** A map with a line for each key. */
    BLOCK,
    /** A map or list in brackets. */
    FLOW,
    /** Nothing at all. */
    EMPTY,
    /** {@code *name}. */
    ALIAS,
    /** A text or a list of lines. */
    OTHER
  }

  /**
   * A value.
   *
   * @param end behind its last character, in characters of the text; comments are no part of it
   * @param column how far its keys, or its text, are indented
   * @param entries of a block map
   */
  record Item(Style style, Place at, int end, int column, List<Entry> entries) {
    Optional<Entry> entry(String key) {
      return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
    }
  }

  /** A line of a block map. */
  record Entry(String key, Item value) {}

  private final String text;
  private final Iterator<Event> events;
  private final Set<Anchor> open = new HashSet<>();

  private YamlOutline(String text, Iterator<Event> events) {
    this.text = text;
    this.events = events;
  }

  /**
   * The value of the whole text; empty if there is none.
   *
   * @throws YamlAddition.Refused if it is not one YAML document, or contains itself
   */
  static Optional<Item> of(String text) throws YamlAddition.Refused {
    LoadSettings settings = LoadSettings.builder().build();
    try {
      return new YamlOutline(text, new Parse(settings).parseString(text).iterator()).document();
    } catch (YamlEngineException e) {
      throw new YamlAddition.Refused("it is not valid YAML: " + firstLine(e));
    }
  }

  private static String firstLine(YamlEngineException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private Optional<Item> document() throws YamlAddition.Refused {
    events.next(); // The stream starts.
    if (events.next().getEventId() == Event.ID.StreamEnd) {
      return Optional.empty();
    }
    Item root = item(events.next());
    events.next(); // The document ends.
    if (events.next().getEventId() != Event.ID.StreamEnd) {
      throw new YamlAddition.Refused("it holds more than one YAML document");
    }
    return Optional.of(root);
  }

  private Item item(Event event) throws YamlAddition.Refused {
    if (event instanceof AliasEvent alias) {
      if (open.contains(alias.getAlias())) {
        throw new YamlAddition.Refused("the value of *" + alias.getAlias() + " contains itself");
      }
      return leaf(Style.ALIAS, event, event);
    }
    if (event instanceof ScalarEvent scalar) {
      boolean empty = scalar.isPlain() && scalar.getValue().isEmpty();
      return leaf(empty ? Style.EMPTY : Style.OTHER, event, event);
    }
    if (event instanceof MappingStartEvent map) {
      map.getAnchor().ifPresent(open::add);
      Item item = map.isFlow() ? flow(event) : blockMap(map);
      map.getAnchor().ifPresent(open::remove);
      return item;
    }
    SequenceStartEvent list = (SequenceStartEvent) event;
    list.getAnchor().ifPresent(open::add);
    Item item = list.isFlow() ? flow(event) : blockList(list);
    list.getAnchor().ifPresent(open::remove);
    return item;
  }

  private Item flow(Event start) throws YamlAddition.Refused {
    Event next = events.next();
    while (!isEnd(next)) {
      item(next);
      next = events.next();
    }
    return leaf(Style.FLOW, start, next);
  }

  private Item blockList(SequenceStartEvent start) throws YamlAddition.Refused {
    int end = index(start.getEndMark());
    for (Event next = events.next(); !isEnd(next); next = events.next()) {
      end = item(next).end();
    }
    Mark at = start.getStartMark().orElseThrow();
    return new Item(Style.OTHER, place(at), end, at.getColumn(), List.of());
  }

  private Item blockMap(MappingStartEvent start) throws YamlAddition.Refused {
    List<Entry> entries = new ArrayList<>();
    Item first = null;
    int end = index(start.getEndMark());
    for (Event next = events.next(); !isEnd(next); next = events.next()) {
      Item key = item(next);
      Item value = item(events.next());
      first = first == null ? key : first;
      end = value.end();
      entries.add(new Entry(next instanceof ScalarEvent name ? name.getValue() : "", value));
    }
    Mark at = start.getStartMark().orElseThrow();
    return new Item(
        Style.BLOCK, place(at), end, first == null ? at.getColumn() : first.column(), entries);
  }

  private static boolean isEnd(Event event) {
    return event.getEventId() == Event.ID.MappingEnd || event.getEventId() == Event.ID.SequenceEnd;
  }

  private Item leaf(Style style, Event start, Event end) {
    Mark at = start.getStartMark().orElseThrow();
    return new Item(style, place(at), index(end.getEndMark()), at.getColumn(), List.of());
  }

  private static Place place(Mark at) {
    return new Place(at.getLine() + 1, at.getColumn() + 1);
  }

  /** The parser counts code points. */
  private int index(Optional<Mark> mark) {
    return text.offsetByCodePoints(0, mark.orElseThrow().getIndex());
  }
}
