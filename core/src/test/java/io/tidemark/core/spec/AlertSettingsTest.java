package io.tidemark.core.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.core.check.Severity;
import io.tidemark.core.spec.ChannelTarget.Security;
import io.tidemark.core.spec.setting.Setting;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Channels of alerts: every setting, what it must stand beside, and that secrets stay secret. */
class AlertSettingsTest {
  private static final String SECRET = "hunter2";

  @TempDir Path folder;

  private PipelineSpec read(String channels) {
    return PipelineFile.read(
        PipelineText.minimal().with("alerts.channels", channels).in(folder),
        Map.of("PAGER_TOKEN", SECRET));
  }

  private ChannelSpec one(String channel) {
    return read("{one: " + channel + "}").alerts().channels().get("one");
  }

  private String problems(String channels) {
    Path file = PipelineText.minimal().with("alerts.channels", channels).in(folder);
    return PipelineText.failure(file).getMessage();
  }

  @Test
  void everySettingOfEveryKindOfChannelIsRead() {
    ChannelSpec file = one("{type: file, path: logs/a.jsonl}");
    assertThat(file.target()).isEqualTo(new ChannelTarget.Lines("logs/a.jsonl"));
    assertThat(file.minSeverity()).isEqualTo(Severity.WARN);
    assertThat(file.kinds()).isEmpty();

    ChannelSpec page = one("{type: command, command: page, min-severity: error, kinds: [run]}");
    assertThat(page.target())
        .isEqualTo(new ChannelTarget.Command(List.of("page"), Duration.ofSeconds(10)));
    assertThat(page.wants(AlertKind.RUN, Severity.ERROR)).isTrue();
    assertThat(page.wants(AlertKind.RUN, Severity.WARN)).isFalse();
    assertThat(page.wants(AlertKind.BLOCKED, Severity.ERROR)).isFalse();
    assertThat(one("{type: command, command: [page, -v, -v], timeout: 1m}").target())
        .isEqualTo(new ChannelTarget.Command(List.of("page", "-v", "-v"), Duration.ofMinutes(1)));

    assertThat(one("{type: webhook, url: 'https://h/x?sig=1'}").target())
        .isEqualTo(new ChannelTarget.Webhook(URI.create("https://h/x?sig=1"), Optional.empty()));

    ChannelTarget.Email mail =
        (ChannelTarget.Email) one("{type: email, host: h, from: a@b, to: c@d}").target();
    assertThat(mail.effectivePort()).isEqualTo(587);
    assertThat(mail.security()).isEqualTo(Security.STARTTLS);
    assertThat(mail.user()).isEmpty();
    assertThat(
            one("{type: email, host: h, port: 2525, security: tls, user: u, password: p, from: a@b,"
                    + " to: [c@d, e@f]}")
                .target())
        .isEqualTo(
            new ChannelTarget.Email(
                "h",
                Optional.of(2525),
                Security.TLS,
                Optional.of("u"),
                Optional.of("p"),
                "a@b",
                List.of("c@d", "e@f"),
                Optional.empty()));
  }

  @Test
  void whatIsPrintedReadsBackAndExplainsItself() {
    PipelineSpec spec =
        read("{a: {type: file, path: x}, b: {type: command, command: [p, q], kinds: [check]}}");
    Path printed = PipelineText.write(folder, spec.effectiveConfig());
    assertThat(PipelineFile.read(printed, Map.of())).isEqualTo(spec);
    assertThat(AlertSettings.CHANNELS.settings())
        .extracting(Setting::help)
        .allSatisfy(help -> assertThat(help).endsWith("."));
  }

  @Test
  void whatDoesNotFitTogetherIsReportedTogether() {
    assertThat(
            problems(
                "{a: {type: file, path: x, timeout: 5s}, b: {type: email, host: h, user: u, from: a,"
                    + " to: []}, c: {type: pigeon}, d: {type: file, path: 's3a://b/x'},"
                    + " e: {type: command, command: p, timeout: 0s}, f: {type: webhook},"
                    + " g: {type: file, path: x, ca: shop.yml}, h: {type: webhook, ca: no.pem},"
                    + " i: {type: webhook, url: 'https://h', ca: shop.yml}}"))
        .contains("alerts.channels.a.timeout: means something only where 'type: command' is set")
        .contains("alerts.channels.b: 'user' needs 'password' (add that, or remove 'user')")
        .contains("alerts.channels.b.from: 'a' is not a mail address")
        .contains("alerts.channels.b.to: is an empty list")
        .contains("alerts.channels.c.type: 'pigeon' is not known")
        .contains("alerts.channels.d.path: 's3a://b/x' is not a local file")
        .contains("alerts.channels.e.timeout: '0s' is no time at all")
        .contains("alerts.channels.g.ca: means something only where 'type: webhook or email' is")
        .contains("alerts.channels.h.ca: 'no.pem' cannot be read")
        .contains("alerts.channels.i.ca: 'shop.yml' has no certificate")
        .contains("required key 'url' is missing");
  }

  @Test
  void limitsThatNobodyIsToldOfAreAMistake() {
    Path file = PipelineText.minimal().with("alerts.freshness", "1h").in(folder);
    assertThatThrownBy(() -> PipelineFile.read(file, Map.of()))
        .hasMessageContaining("1 problem")
        .hasMessageContaining("alerts: nobody would be told: no channel is named");
  }

  @Test
  void secretsAreNeverPrinted() throws Exception {
    Files.writeString(folder.resolve("secret"), SECRET);
    PipelineSpec spec =
        read(
            "{a: {type: webhook, url: 'https://hooks/hunter2'}, b: {type: email, host: h, user: u,"
                + " password: hunter2, from: a@b, to: c@d}, c: {type: command, command: [p,"
                + " '${PAGER_TOKEN}']}, d: {type: file, path: '/${file:secret}'}}");
    assertThat(spec.effectiveConfig())
        .contains("url: [REDACTED]", "password: [REDACTED]", "command: [REDACTED]");
    List<Object> printed = new ArrayList<>(List.of(spec, spec.alerts(), spec.effectiveConfig()));
    spec.alerts().channels().values().forEach(printed::add);
    printed.add(spec.alerts().channels().get("a").target());
    printed.add(spec.alerts().channels().get("b").target());
    printed.add(spec.alerts().channels().get("c").target());
    assertThat(printed).allSatisfy(one -> assertThat(one.toString()).doesNotContain(SECRET));
    assertThat(problems("{a: {type: webhook, url: 'htp://hunter2'}}"))
        .contains("alerts.channels.a.url: [REDACTED] is not a valid address of a webhook")
        .doesNotContain(SECRET);
  }
}
