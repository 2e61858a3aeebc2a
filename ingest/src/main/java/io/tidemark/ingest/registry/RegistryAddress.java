package io.tidemark.ingest.registry;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Where a registry is.
 *
 * @param full the root of its Confluent-compatible API without a slash at its end; may hold user
 *     and password
 */
record RegistryAddress(URI full) implements Serializable {
  /** Refuses a missing address. */
  RegistryAddress {
    requireNonNull(full, "full");
  }

  /** The address of a path below the root, without user and password. */
  URI of(String path) {
    String text = full.toString();
    String userInfo = full.getRawUserInfo();
    return URI.create((userInfo == null ? text : text.replace(userInfo + "@", "")) + path);
  }

  /** The value of the header {@code Authorization}, if the address holds a user. */
  Optional<String> authorization() {
    return Optional.ofNullable(full.getUserInfo())
        .map(both -> Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)))
        .map(encoded -> "Basic " + encoded);
  }

  /** The address without user and password. */
  @Override
  public String toString() {
    return of("").toString();
  }
}
