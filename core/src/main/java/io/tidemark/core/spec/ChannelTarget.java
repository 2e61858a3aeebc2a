package io.tidemark.core.spec;

import io.tidemark.core.spec.yaml.FileLookup;
import io.tidemark.core.spec.yaml.Secrets;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where a channel of alerts leads; none prints a secret. */
public sealed interface ChannelTarget {
  /** The way it is. */
  ChannelType type();

  /**
   * An address that takes messages as JSON, as Slack does.
   *
   * @param url a secret: who knows it may post
   * @param ca certificates that the server's may be signed by, besides those that Java trusts
   */
  record Webhook(URI url, Optional<FileLookup.Found> ca) implements ChannelTarget {
    @Override
    public ChannelType type() {
      return ChannelType.WEBHOOK;
    }

    @Override
    public String toString() {
      return "webhook " + Secrets.REDACTED;
    }
  }

  /**
   * Mail by SMTP.
   *
   * @param port the server's port; empty for the usual one of its security
   * @param user empty for a server that asks for none
   * @param password present where the user is
   * @param ca as of a webhook
   */
  record Email(
      String host,
      Optional<Integer> port,
      Security security,
      Optional<String> user,
      Optional<String> password,
      String from,
      List<String> to,
      Optional<FileLookup.Found> ca)
      implements ChannelTarget {
    public Email {
      to = List.copyOf(to);
    }

    @Override
    public ChannelType type() {
      return ChannelType.EMAIL;
    }

    /** The port that is meant. */
    public int effectivePort() {
      return port.orElseGet(security::usualPort);
    }

    @Override
    public String toString() {
      return "email to " + String.join(", ", to) + " by " + host + ":" + effectivePort();
    }
  }

  /** How the connection to a mail server is kept from others' eyes. */
  enum Security {
    /** Encrypted from the first byte. */
    TLS(465),
    /**
     * Begins in the clear, and is encrypted before anything is said; never goes on in the clear.
     */
    STARTTLS(587),
    NONE(25);

    private final int usualPort;

    Security(int usualPort) {
      this.usualPort = usualPort;
    }

    int usualPort() {
      return usualPort;
    }

    /** The word for it in the pipeline file. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A program that is started for each alert, with the alert as JSON on its standard input.
   *
   * @param arguments the program, and what it is told; passed as they are, by no shell
   * @param timeout after which it is killed and has failed
   */
  record Command(List<String> arguments, Duration timeout) implements ChannelTarget {
    public Command {
      arguments = List.copyOf(arguments);
    }

    @Override
    public ChannelType type() {
      return ChannelType.COMMAND;
    }

    /** Without the arguments, which may hold secrets. */
    @Override
    public String toString() {
      return "command " + arguments.get(0);
    }
  }

  /**
   * A local file, to which each alert is appended as one line of JSON.
   *
   * @param path relative to the current directory, or absolute
   */
  record Lines(String path) implements ChannelTarget {
    @Override
    public ChannelType type() {
      return ChannelType.FILE;
    }

    @Override
    public String toString() {
      return "file " + path;
    }
  }
}
