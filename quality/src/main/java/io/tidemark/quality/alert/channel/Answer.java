package io.tidemark.quality.alert.channel;

/** What came of telling a channel; the texts hold no secrets. */
public sealed interface Answer {
  /** For people, on one line. */
  String text();

  /** It was taken. */
  record Taken(String text) implements Answer {}

  /** It was refused, and will be again unless somebody changes something. */
  record Refused(String text) implements Answer {}

  /** Nothing answered, or asked to be tried later. */
  record Unreachable(String text) implements Answer {}
}
