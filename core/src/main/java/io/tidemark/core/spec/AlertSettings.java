package io.tidemark.core.spec;

import io.tidemark.core.check.Severity;
import io.tidemark.core.spec.ChannelTarget.Command;
import io.tidemark.core.spec.ChannelTarget.Email;
import io.tidemark.core.spec.ChannelTarget.Lines;
import io.tidemark.core.spec.ChannelTarget.Security;
import io.tidemark.core.spec.ChannelTarget.Webhook;
import io.tidemark.core.spec.setting.InvalidValue;
import io.tidemark.core.spec.setting.ScalarType;
import io.tidemark.core.spec.setting.Section;
import io.tidemark.core.spec.setting.Setting;
import io.tidemark.core.spec.setting.ValueTypes;
import io.tidemark.core.spec.yaml.FileLookup;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The settings of alerts and of their channels. */
final class AlertSettings {
  static final Setting<ChannelSpec, ChannelType> TYPE =
      Setting.required(
          "type",
          ValueTypes.oneOf(List.of(ChannelType.values()), ChannelType::toString),
          channel -> channel.target().type(),
          "How this channel is told.");
  static final Setting<ChannelSpec, URI> URL =
      Setting.required(
              "url",
              ValueTypes.secret(webhookAddress()),
              of(Webhook.class, Webhook::url),
              "The address that messages are posted to, as Slack's incoming webhooks take them. It is"
                  + " a secret, best as ${file:...}.")
          .onlyWhere(TYPE, ChannelType.WEBHOOK);
  static final Setting<ChannelSpec, String> HOST =
      Setting.required(
              "host",
              ValueTypes.text("the name of the mail server"),
              of(Email.class, Email::host),
              "The SMTP server.")
          .onlyWhere(TYPE, ChannelType.EMAIL);
  static final Setting<ChannelSpec, Security> SECURITY =
      Setting.withDefault(
              "security",
              ValueTypes.oneOf(List.of(Security.values()), Security::word),
              "starttls",
              of(Email.class, Email::security),
              "How the connection is encrypted; with starttls nothing is sent to a server that does"
                  + " not offer it.")
          .onlyWhere(TYPE, ChannelType.EMAIL);
  static final Setting<ChannelSpec, Optional<Long>> PORT =
      Setting.optional(
              "port",
              ValueTypes.wholeNumber(1, 65535),
              of(Email.class, email -> email.port().map(Integer::longValue)),
              "The server's port; without it 465 for tls, 587 for starttls, 25 for none.")
          .onlyWhere(TYPE, ChannelType.EMAIL);
  static final Setting<ChannelSpec, Optional<String>> USER =
      Setting.optional(
              "user",
              ValueTypes.text("a user of the mail server"),
              of(Email.class, Email::user),
              "Who sends, if the server wants to know; goes with `password`.")
          .onlyWhere(TYPE, ChannelType.EMAIL);
  static final Setting<ChannelSpec, Optional<String>> PASSWORD =
      Setting.optional(
              "password",
              ValueTypes.text("the user's password, best as ${file:...}"),
              of(Email.class, Email::password),
              "The user's password.")
          .onlyWhere(TYPE, ChannelType.EMAIL);
  static final Setting<ChannelSpec, String> FROM =
      Setting.required(
              "from", mailAddress(), of(Email.class, Email::from), "The address of the sender.")
          .onlyWhere(TYPE, ChannelType.EMAIL);
  static final Setting<ChannelSpec, List<String>> TO =
      Setting.required(
              "to",
              ValueTypes.nonEmptyList(mailAddress()),
              of(Email.class, Email::to),
              "Who is written to.")
          .onlyWhere(TYPE, ChannelType.EMAIL);
  static final Setting<ChannelSpec, Optional<FileLookup.Found>> CA =
      Setting.optional(
              "ca",
              CertificatesFile.type(),
              (ChannelSpec channel) ->
                  channel.target() instanceof Email email
                      ? email.ca()
                      : ((Webhook) channel.target()).ca(),
              "The certificates that the server's may be signed by, besides those that Java trusts:"
                  + " of a company's own authority, or the server's own.")
          .onlyWhere(TYPE, List.of(ChannelType.WEBHOOK, ChannelType.EMAIL));
  static final Setting<ChannelSpec, List<String>> COMMAND =
      Setting.required(
              "command",
              ValueTypes.sequence(ValueTypes.text("a program and its arguments")),
              of(Command.class, Command::arguments),
              "The program that is started for each alert, which it finds as JSON on its standard"
                  + " input; no shell is between. It has failed unless it ends with 0.")
          .onlyWhere(TYPE, ChannelType.COMMAND);
  static final Setting<ChannelSpec, Duration> TIMEOUT =
      Setting.withDefault(
              "timeout",
              ValueTypes.someTime(),
              "10s",
              of(Command.class, Command::timeout),
              "After which time the program is killed.")
          .onlyWhere(TYPE, ChannelType.COMMAND);
  static final Setting<ChannelSpec, String> PATH =
      Setting.required(
              "path",
              localFile(),
              of(Lines.class, Lines::path),
              "The local file that gets a line of JSON for each alert.")
          .onlyWhere(TYPE, ChannelType.FILE);
  static final Setting<ChannelSpec, Severity> MIN_SEVERITY =
      Setting.withDefault(
          "min-severity",
          ValueTypes.oneOf(List.of(Severity.values()), Severity::word),
          "warn",
          ChannelSpec::minSeverity,
          "The least severity that is told here.");
  static final Setting<ChannelSpec, List<AlertKind>> KINDS =
      Setting.withDefault(
          "kinds",
          ValueTypes.list(ValueTypes.oneOf(List.of(AlertKind.values()), AlertKind::word)),
          "[]",
          ChannelSpec::kinds,
          "The kinds of alerts that are told here; without any, all.");

  static final Setting<AlertsSpec, Optional<Duration>> FRESHNESS =
      Setting.optional(
          "freshness",
          ValueTypes.duration(),
          AlertsSpec::freshness,
          "How old, by the source's time, the newest applied change of a table may be.");
  static final Setting<AlertsSpec, Map<String, Duration>> TABLE_FRESHNESS =
      Setting.withDefault(
          "table-freshness",
          ValueTypes.map(
              "limits",
              "a map of tables to durations, such as {orders: 10m, countries: 0s}",
              PipelineTypes.tableName(),
              ValueTypes.duration()),
          "{}",
          AlertsSpec::tableFreshness,
          "The same for single tables; `0s` for no limit.");
  static final Setting<AlertsSpec, Optional<Share>> DEAD_LETTERS =
      Setting.optional(
          "dead-letters",
          PipelineTypes.share(),
          AlertsSpec::deadLetters,
          "The share of the records read that may be undecodable; without it max-bad-share.");
  static final Setting<AlertsSpec, Optional<Share>> QUARANTINE =
      Setting.optional(
          "quarantine",
          PipelineTypes.share(),
          AlertsSpec::quarantine,
          "The share of a table's merged changes that may be quarantined; without it max-bad-share.");
  static final Setting<AlertsSpec, Duration> WINDOW =
      Setting.withDefault(
          "window",
          ValueTypes.someTime(),
          "1h",
          AlertsSpec::window,
          "Over how long a time, back from now, these two shares are counted.");
  static final Setting<AlertsSpec, Duration> REPEAT =
      Setting.withDefault(
          "repeat",
          ValueTypes.duration(),
          "0s",
          AlertsSpec::repeat,
          "After how long an alert that lasts is told again; `0s` for never.");

  static final Section<ChannelSpec> CHANNELS =
      new Section<>(
          "channels",
          Optional.of(PipelineTypes.pipelineName()),
          "Who is told of alerts, under a name; each channel is told of each alert once when it begins,"
              + " when it gets worse, and when it is over.",
          List.of(
              TYPE,
              URL,
              HOST,
              SECURITY,
              PORT,
              USER,
              PASSWORD,
              FROM,
              TO,
              CA,
              COMMAND,
              TIMEOUT,
              PATH,
              MIN_SEVERITY,
              KINDS),
          List.of(),
          ChannelSpec::redaction);
  static final Section<AlertsSpec> ALERTS =
      new Section<>(
          "alerts",
          Optional.empty(),
          "What raises an alert besides checks, blocked tables and failed runs, which always do; needs"
              + " `channels`.",
          List.of(FRESHNESS, TABLE_FRESHNESS, DEAD_LETTERS, QUARANTINE, WINDOW, REPEAT),
          List.of(CHANNELS),
          AlertsSpec::redaction);

  private static final Pattern MAIL = Pattern.compile("[^\\s@<>,;\"]+@[^\\s@<>,;\"]+");

  private AlertSettings() {}

  private static <T extends ChannelTarget, V> Function<ChannelSpec, V> of(
      Class<T> type, Function<T, V> value) {
    return channel -> value.apply(type.cast(channel.target()));
  }

  private static ScalarType<URI> webhookAddress() {
    String syntax = "an http or https address, such as https://hooks.slack.com/services/...";
    return new ScalarType<>(
        "address of a webhook",
        syntax,
        (text, site) -> {
          InvalidValue invalid = new InvalidValue("is not such an address", "write " + syntax);
          try {
            URI uri = new URI(text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null) {
              return uri;
            }
          } catch (URISyntaxException e) {
            throw invalid; // Its message repeats the text, which is a secret.
          }
          throw invalid;
        },
        URI::toString);
  }

  private static ScalarType<String> mailAddress() {
    String syntax = "a mail address such as data@example.com";
    return ValueTypes.text(
        "mail address",
        syntax,
        text -> {
          if (!MAIL.matcher(text).matches()) {
            throw new InvalidValue("is not a mail address", "write " + syntax);
          }
        });
  }

  private static ScalarType<String> localFile() {
    return ValueTypes.text(
        "path",
        "the path of a local file",
        text -> {
          if (text.contains("://")) {
            throw new InvalidValue("is not a local file", "write a path such as logs/alerts.jsonl");
          }
        });
  }
}
