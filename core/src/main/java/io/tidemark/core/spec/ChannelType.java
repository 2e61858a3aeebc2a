package io.tidemark.core.spec;

import java.util.Locale;

/** The ways in which people or programs are told of an alert. */
public enum ChannelType {
  WEBHOOK,
  EMAIL,
  COMMAND,
  FILE;

  /** The word for it in the pipeline file. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
