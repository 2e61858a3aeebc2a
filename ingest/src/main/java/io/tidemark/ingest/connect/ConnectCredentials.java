package io.tidemark.ingest.connect;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * User and password of a REST API behind HTTP basic authentication.
 *
 * @param user the user's name
 * @param password never printed
 */
public record ConnectCredentials(String user, String password) {
  /** Refuses missing parts. */
  public ConnectCredentials {
    requireNonNull(user, "user");
    requireNonNull(password, "password");
  }

  /** The user and password that stand in an address, {@code http://user:password@host}. */
  public static Optional<ConnectCredentials> of(URI address) {
    if (address.getRawUserInfo() == null) {
      return Optional.empty();
    }
    String both = address.getUserInfo();
    int colon = both.indexOf(':');
    return Optional.of(
        colon < 0
            ? new ConnectCredentials(both, "")
            : new ConnectCredentials(both.substring(0, colon), both.substring(colon + 1)));
  }

  /** The value of the header {@code Authorization}. */
  String header() {
    byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(both);
  }

  /** The user only. */
  @Override
  public String toString() {
    return user;
  }
}
