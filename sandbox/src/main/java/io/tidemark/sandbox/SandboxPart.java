package io.tidemark.sandbox;

import java.nio.file.Files;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A server of the sandbox that runs only when it is asked for. */
public enum SandboxPart {
  /** MariaDB with a row-based binary log; its address is a JDBC URL with user and password. */
  MARIADB,
  /** A schema registry (Apicurio); its address is the root of its Confluent-compatible API. */
  REGISTRY;

  /** Its name in files and in options: small letters. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The parts that were asked for in a folder and not given up. */
  public static Set<SandboxPart> wanted(StateFolder folder) {
    return Arrays.stream(values())
        .filter(part -> Files.exists(folder.wish(part)))
        .collect(Collectors.toUnmodifiableSet());
  }
}
