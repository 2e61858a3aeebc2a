package io.tidemark.quality.alert.channel;

import io.tidemark.core.spec.ChannelSpec;
import io.tidemark.core.spec.ChannelTarget;
import io.tidemark.core.spec.yaml.Secrets;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells one channel, again for some seconds while it does not answer; safe for many threads. */
public final class Courier {
  private static final int LONGEST_ANSWER = 300;

  private final Channel channel;
  private final List<String> secrets;
  private final Patience patience;

  /** A courier to the channel that a pipeline file declares. */
  public Courier(ChannelSpec spec, Patience patience) {
    this.channel = Channel.of(spec, patience.timeout());
    this.secrets = secrets(spec);
    this.patience = patience;
  }

  private static List<String> secrets(ChannelSpec spec) {
    List<String> secrets = new ArrayList<>();
    if (spec.target() instanceof ChannelTarget.Webhook webhook) {
      URI url = webhook.url();
      secrets.add(url.toString());
      Optional.ofNullable(url.getRawPath())
          .filter(path -> path.length() > 1)
          .ifPresent(secrets::add);
      Optional.ofNullable(url.getRawQuery()).ifPresent(secrets::add);
      Optional.ofNullable(url.getRawUserInfo()).ifPresent(secrets::add);
    } else if (spec.target() instanceof ChannelTarget.Email email) {
      email.password().ifPresent(secrets::add);
    } else if (spec.target() instanceof ChannelTarget.Command command
        && spec.redaction().hides("command")) {
      secrets.addAll(command.arguments().subList(1, command.arguments().size()));
    }
    return secrets;
  }

  /** Delivers a notice, or says why not. */
  public Answer deliver(Notice notice) {
    long deadline = System.nanoTime() + patience.inAll().toNanos();
    for (int attempt = 1; ; attempt++) {
      Answer answer = channel.send(notice);
      Duration pause = patience.pauseAfter(attempt);
      boolean again =
          answer instanceof Answer.Unreachable
              && attempt < patience.attempts()
              && System.nanoTime() + pause.toNanos() < deadline
              && slept(pause);
      if (!again) {
        return clean(answer);
      }
    }
  }

  private static boolean slept(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Answer clean(Answer answer) {
    String text = clean(answer.text());
    if (answer instanceof Answer.Taken) {
      return new Answer.Taken(text);
    }
    return answer instanceof Answer.Refused
        ? new Answer.Refused(text)
        : new Answer.Unreachable(text);
  }

  /** On one line, of a length that fits one, and without what the file says is secret. */
  private String clean(String answer) {
    String text = answer;
    for (String secret : secrets) {
      text = text.replace(secret, Secrets.REDACTED);
    }
    text = text.replaceAll("\\s+", " ").strip();
    return text.length() <= LONGEST_ANSWER ? text : text.substring(0, LONGEST_ANSWER) + "...";
  }
}
