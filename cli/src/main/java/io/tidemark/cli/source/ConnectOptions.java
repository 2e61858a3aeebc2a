package io.tidemark.cli.source;

import io.tidemark.cli.verb.Environment;
import io.tidemark.cli.verb.PipelineOptions;
import io.tidemark.core.error.Errors;
import io.tidemark.core.spec.PipelineFile;
import io.tidemark.core.spec.yaml.Secrets;
import io.tidemark.ingest.connect.ConnectClient;
import io.tidemark.ingest.connect.ConnectCredentials;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which Kafka Connect a verb is about. */
final class ConnectOptions {
  @ArgGroup(exclusive = true, multiplicity = "1")
  private Where where;

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "Output for people or for programs: ${COMPLETION-CANDIDATES}")
  private PipelineOptions.Format format;

  /** The two ways to name it. */
  static final class Where {
    @Option(
        names = "--connect",
        required = true,
        paramLabel = "URL",
        description = "Its REST address, such as http://127.0.0.1:8083")
    private String connect;

    @Option(
        names = "--pipeline",
        required = true,
        paramLabel = "FILE",
        description = "The pipeline file whose source.connect-url it is")
    private Path pipeline;
  }

  boolean json() {
    return format == PipelineOptions.Format.JSON;
  }

  ConnectClient client(Environment environment) {
    URI address = where.connect == null ? fromPipeline(environment) : address(where.connect);
    return ConnectClient.at(address, ConnectCredentials.of(address));
  }

  private URI fromPipeline(Environment environment) {
    return PipelineOptions.kafka(PipelineFile.read(where.pipeline, environment.variables()))
        .connectUrl()
        .orElseThrow(
            () ->
                Errors.configuration(
                    "Cannot find Kafka Connect: %s does not set 'source.connect-url'"
                        .formatted(where.pipeline),
                    "Set it there, or pass --connect URL instead of --pipeline"));
  }

  private static URI address(String text) {
    try {
      URI uri = new URI(text);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (web
          && uri.getHost() != null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Not its message: it repeats the text, which may hold a password. Refused below.
    }
    throw Errors.configuration(
        "Invalid value for --connect: '%s' is no address of a REST API"
            .formatted(Secrets.withoutUserInfo(text)),
        "Write an address such as http://127.0.0.1:8083");
  }

  /** The same options again, for a command to run next. */
  String repeated(ConnectClient client) {
    return where.connect == null ? "--pipeline " + where.pipeline : "--connect " + client.address();
  }
}
