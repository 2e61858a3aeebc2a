package io.tidemark.ingest.connect;

import io.tidemark.core.error.Errors;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.ingest.connect.ConnectClient.FieldError;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** What can go wrong with Connect, in words; the address has neither user nor password in it. */
final class ConnectErrors {
  private static final String CHECK_ADDRESS =
      "Check that Kafka Connect runs there and that 'source.connect-url' or --connect is right";

  private final URI address;

  ConnectErrors(URI address) {
    this.address = address;
  }

  /** No answer at all. */
  TidemarkException unreachable(Throwable cause, Duration timeout) {
    return Errors.unavailable(
        "Cannot reach Kafka Connect at %s: %s".formatted(address, reason(cause, timeout)),
        CHECK_ADDRESS,
        cause);
  }

  /** The client's own messages are often empty. */
  private static String reason(Throwable failure, Duration timeout) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
        return "its host name does not resolve";
      }
    }
    if (failure instanceof HttpTimeoutException) {
      return "no answer within %d s".formatted(timeout.toSeconds());
    }
    if (failure instanceof ConnectException) {
      return "connection refused";
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  /** An answer that Connect does not give. */
  TidemarkException notConnect(String answer) {
    return Errors.configuration(
        "Invalid address %s: what answers there is no Kafka Connect; it said: %s"
            .formatted(address, answer),
        "Correct 'source.connect-url' or --connect; it names the root of Connect's REST API,"
            + " such as http://connect:8083");
  }

  /** It wants a user and a password, or others. */
  TidemarkException unauthorized(int status) {
    return Errors.configuration(
        "Kafka Connect at %s refuses the request with HTTP status %d".formatted(address, status),
        "Put a user who may do this into the address: http://user:password@host:port, the password"
            + " as ${VARIABLE} in the pipeline file");
  }

  /** Its workers never came to an end with sharing out their tasks. */
  TidemarkException stillRebalancing(Duration waited, String message) {
    return Errors.unavailable(
        "Kafka Connect at %s is still rebalancing after %d s: %s"
            .formatted(address, waited.toSeconds(), message),
        "Run the command again later; if it stays so, look into the logs of Connect's workers",
        null);
  }

  /** It does not know a connector. */
  TidemarkException noSuchConnector(String name, List<String> existing) {
    return Errors.configuration(
        "Kafka Connect at %s has no connector '%s'; it has: %s"
            .formatted(address, name, existing.isEmpty() ? "none" : String.join(", ", existing)),
        "Take one of these names, or make it: tidemark connector create FILE.json");
  }

  /** It has a connector of that name already. */
  TidemarkException exists(String name) {
    return Errors.configuration(
        "Cannot create connector '%s': Kafka Connect at %s has one of this name"
            .formatted(name, address),
        "Take another name, or update the connector that is there");
  }

  /** Its version is too old for something. */
  TidemarkException cannotStop(String version) {
    return Errors.configuration(
        "Kafka Connect at %s cannot stop connectors: its version is %s".formatted(address, version),
        "Pause the connector instead, or use Connect 3.5 or later");
  }

  /** It has no such class of connectors. */
  TidemarkException noSuchPlugin(String type, List<String> plugins) {
    return Errors.configuration(
        "Kafka Connect at %s has no connector class '%s'; it has: %s"
            .formatted(address, type, plugins.isEmpty() ? "none" : String.join(", ", plugins)),
        "Correct 'connector.class', or install the plugin in every worker's plugin.path");
  }

  /** Settings that the connector refuses. */
  TidemarkException invalidConfig(String name, List<FieldError> errors) {
    String lines =
        errors.stream()
            .map(error -> "\n  " + error.field() + ": " + error.message())
            .collect(Collectors.joining());
    return Errors.configuration(
        "Invalid configuration of connector '%s': %d %s%s"
            .formatted(name, errors.size(), errors.size() == 1 ? "problem" : "problems", lines),
        "Correct the keys named above; nothing was changed");
  }

  /** Any other refusal, in Connect's words. */
  TidemarkException refused(String request, int status, String message) {
    String problem =
        "Kafka Connect at %s answers %s with HTTP status %d: %s"
            .formatted(address, request, status, message);
    if (status >= 500) {
      return Errors.unavailable(
          problem, "Run the command again; the logs of Connect's workers say more", null);
    }
    return Errors.configuration(problem, "Correct what Connect names, and run the command again");
  }
}
