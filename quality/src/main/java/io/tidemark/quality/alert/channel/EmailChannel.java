package io.tidemark.quality.alert.channel;

import io.tidemark.core.spec.ChannelTarget.Email;
import io.tidemark.core.spec.ChannelTarget.Security;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/** Writes mail. */
final class EmailChannel implements Channel {
  private static final int PERMANENT = 500;

  private final Email email;
  private final Session session;

  EmailChannel(Email email, Duration timeout) {
    this.email = email;
    this.session = Session.getInstance(properties(email, timeout));
  }

  private static Properties properties(Email email, Duration timeout) {
    String millis = Long.toString(timeout.toMillis());
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.connectiontimeout", millis);
    properties.setProperty("mail.smtp.timeout", millis);
    properties.setProperty("mail.smtp.writetimeout", millis);
    properties.setProperty("mail.smtp.auth", String.valueOf(email.user().isPresent()));
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    if (email.security() == Security.TLS) {
      properties.setProperty("mail.smtp.ssl.enable", "true");
    } else if (email.security() == Security.STARTTLS) {
      properties.setProperty("mail.smtp.starttls.enable", "true");
      properties.setProperty("mail.smtp.starttls.required", "true");
    }
    // Not text as the others are, but taken for encryption from the first byte and for STARTTLS.
    email
        .ca()
        .map(ca -> Trust.with(ca.text()).getSocketFactory())
        .ifPresent(sockets -> properties.put("mail.smtp.ssl.socketFactory", sockets));
    return properties;
  }

  @Override
  public Answer send(Notice notice) {
    try (Transport transport = session.getTransport("smtp")) {
      MimeMessage message = message(notice);
      transport.connect(
          email.host(),
          email.effectivePort(),
          email.user().orElse(null),
          email.password().orElse(null));
      transport.sendMessage(message, message.getAllRecipients());
      return new Answer.Taken("taken by " + email.host());
    } catch (AuthenticationFailedException e) {
      return new Answer.Refused("user or password refused: " + Reasons.of(e));
    } catch (MessagingException e) {
      return isPermanent(e)
          ? new Answer.Refused(Reasons.of(e))
          : new Answer.Unreachable(Reasons.of(e));
    }
  }

  private MimeMessage message(Notice notice) throws MessagingException {
    String utf8 = StandardCharsets.UTF_8.name();
    MimeMessage message = new MimeMessage(session);
    message.setFrom(new InternetAddress(email.from()));
    for (String to : email.to()) {
      message.addRecipient(RecipientType.TO, new InternetAddress(to));
    }
    message.setSubject("[tidemark] " + notice.headline(), utf8);
    message.setText(notice.headline() + "\n\n" + notice.body() + "\n", utf8);
    message.setSentDate(Date.from(notice.at()));
    // Whoever is away is told by the sender of what comes every night anyway.
    message.setHeader("Auto-Submitted", "auto-generated");
    return message;
  }

  /** The server's own word for "do not try again" is a code from 500 on. */
  private static boolean isPermanent(MessagingException error) {
    for (Exception next = error; next != null; ) {
      if (next instanceof SMTPSendFailedException failed && failed.getReturnCode() >= PERMANENT) {
        return true;
      }
      if (next instanceof SMTPAddressFailedException failed
          && failed.getReturnCode() >= PERMANENT) {
        return true;
      }
      next = next instanceof MessagingException chained ? chained.getNextException() : null;
    }
    return false;
  }
}
