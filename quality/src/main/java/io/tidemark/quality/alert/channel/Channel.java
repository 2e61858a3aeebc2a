package io.tidemark.quality.alert.channel;

import io.tidemark.core.spec.ChannelSpec;
import io.tidemark.core.spec.ChannelTarget;
import java.time.Duration;

/** A way to tell of an alert; safe for many threads. */
sealed interface Channel permits WebhookChannel, EmailChannel, CommandChannel, FileChannel {
  /** Tells once; never throws for what lies outside. */
  Answer send(Notice notice);

  /**
   * The channel that a pipeline file declares.
   *
   * @param timeout how long a server may take to answer
   */
  static Channel of(ChannelSpec spec, Duration timeout) {
    ChannelTarget target = spec.target();
    if (target instanceof ChannelTarget.Webhook webhook) {
      return new WebhookChannel(webhook, timeout);
    }
    if (target instanceof ChannelTarget.Email email) {
      return new EmailChannel(email, timeout);
    }
    if (target instanceof ChannelTarget.Command command) {
      return new CommandChannel(command);
    }
    return new FileChannel(((ChannelTarget.Lines) target).path());
  }
}
