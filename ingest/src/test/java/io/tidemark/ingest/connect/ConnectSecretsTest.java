package io.tidemark.ingest.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that is printed holds a secret. */
class ConnectSecretsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "database.password",
        "Database.Password",
        "sasl.jaas.config",
        "producer.override.sasl.jaas.config",
        "ssl.keystore.key",
        "aws.secret.access.key",
        "oauth.client.token",
        "gcp.credentials.json",
        "value.converter.basic.auth.user.info",
        "key.converter.basic.auth.user.info",
        "encryption.key"
      })
  void secretsAreKnownByTheirName(String key) {
    assertThat(ConnectSecrets.isSecret(key)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "database.user",
        "key.converter",
        "key.converter.schemas.enable",
        "message.key.columns",
        "topic.prefix",
        "table.include.list"
      })
  void otherSettingsCanBeRead(String key) {
    assertThat(ConnectSecrets.isSecret(key)).isFalse();
  }

  @Test
  void noRecordPrintsItsSecrets() {
    Map<String, String> config =
        Map.of(
            "database.password", "hunter2",
            "database.hostname", "db",
            "database.url", "jdbc:mysql://ann:hunter3@db/shop");
    ConnectorStatus status =
        new ConnectorStatus("shop", "RUNNING", "w", Optional.empty(), List.of());

    String connector = new Connector("shop", config, status).toString();
    String file = new ConnectorFile("shop", config).toString();

    assertThat(connector + file)
        .contains("database.hostname=db", "database.password=[REDACTED]")
        .doesNotContain("hunter");
  }

  @Test
  void textsOfOthersLoseTheSecretsThatTheyRepeat() {
    Map<String, String> config =
        Map.of(
            "database.password", "a", "ssl.key", "k.(e", "x.token", "${file:/s:t}", "user", "bo");

    assertThat(ConnectSecrets.redacted("wrong a for bo, an apple: k.(e ${file:/s:t}", config))
        .isEqualTo("wrong [REDACTED] for bo, an apple: [REDACTED] ${file:/s:t}");
  }
}
