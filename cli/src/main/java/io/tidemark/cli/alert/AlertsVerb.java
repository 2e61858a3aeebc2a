package io.tidemark.cli.alert;

import io.tidemark.cli.verb.Environment;
import io.tidemark.cli.verb.PipelineOptions;
import io.tidemark.cli.verb.VerbGroup;
import io.tidemark.core.error.Errors;
import io.tidemark.core.error.ExitCode;
import io.tidemark.core.json.JsonLine;
import io.tidemark.core.spec.ChannelSpec;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.quality.alert.Alert;
import io.tidemark.quality.alert.AlertLog;
import io.tidemark.quality.alert.channel.Answer;
import io.tidemark.quality.alert.channel.Courier;
import io.tidemark.quality.alert.channel.Notice;
import io.tidemark.quality.alert.channel.Patience;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tidemark alerts}: one method for each of its verbs. */
@Command(
    name = "alerts",
    description = "Shows what is not as it should be and who was told, or tries the channels.",
    synopsisSubcommandLabel = "VERB",
    mixinStandardHelpOptions = true)
public final class AlertsVerb extends VerbGroup {
  private final Environment environment;

  AlertsVerb(Environment environment) {
    this.environment = environment;
  }

  @Command(
      name = "list",
      description = {
        "Shows the alerts that last, and those that are over while a channel has yet to hear of it,",
        "as the newest run or evaluation left them."
      },
      mixinStandardHelpOptions = true)
  int list(@Mixin PipelineOptions options) {
    return options.inLake(
        environment,
        (pipeline, lake) -> {
          List<Alert> alerts = List.copyOf(new AlertLog(lake, pipeline.name()).current().values());
          if (options.format() == PipelineOptions.Format.JSON) {
            alerts.forEach(alert -> System.out.println(JsonLine.of(AlertLines.asMap(alert))));
          } else {
            System.out.print(AlertLines.text(alerts));
          }
          return ExitCode.DONE.code();
        });
  }

  @Command(
      name = "test",
      description =
          "Sends a message through every channel and shows what it answered; ends with exit code 4 if"
              + " one did not take it.",
      mixinStandardHelpOptions = true)
  int test(@Mixin PipelineOptions options) {
    PipelineSpec pipeline = options.read(environment);
    if (pipeline.alerts().channels().isEmpty()) {
      throw Errors.configuration(
          "Cannot try the channels of pipeline '%s': %s names none"
              .formatted(pipeline.name(), pipeline.file()),
          "Add 'alerts: {channels: {log: {type: file, path: alerts.jsonl}}}'");
    }
    ExitCode worst = ExitCode.DONE;
    for (ChannelSpec channel : pipeline.alerts().channels().values()) {
      Answer answer =
          new Courier(channel, Patience.USUAL)
              .deliver(Notice.test(pipeline.name(), Clock.systemUTC().instant()));
      print(options, channel, answer);
      worst = answer instanceof Answer.Taken ? worst : ExitCode.UNAVAILABLE;
    }
    return worst.code();
  }

  private static void print(PipelineOptions options, ChannelSpec channel, Answer answer) {
    boolean taken = answer instanceof Answer.Taken;
    if (options.format() == PipelineOptions.Format.JSON) {
      System.out.println(
          JsonLine.of(Map.of("channel", channel.name(), "taken", taken, "answer", answer.text())));
    } else {
      System.out.printf(
          "%-16s %-8s %-6s %s%n",
          channel.name(), channel.target().type(), taken ? "ok" : "FAILED", answer.text());
    }
  }
}
