package io.tidemark.core.spec;

import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.mask.Mask;
import io.tidemark.core.schema.ColumnDeclaration;
import io.tidemark.core.spec.setting.InvalidValue;
import io.tidemark.core.spec.setting.ScalarType;
import io.tidemark.core.spec.setting.ValueTypes;
import io.tidemark.core.spec.yaml.FileLookup;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The types of values that only a pipeline file has. */
final class PipelineTypes {
  private static final Pattern HOST_PORT =
      Pattern.compile("(?:\\[[0-9A-Fa-f:.%]+\\]|[A-Za-z0-9._-]+):(\\d{1,5})");
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):.*");
  private static final Pattern OLD_S3 = Pattern.compile("(s3n?):.*");
  private static final Pattern JDBC =
      Pattern.compile(
          "jdbc:(?:(?:postgresql|mariadb|mysql)://([^/@]*@)?[^/]+/.+|(?!(?:postgresql|mariadb|mysql):)[a-z0-9+-]+:.+)");

  /** As a property of the driver; or as {@code name:word@} and {@code name/word@} in front. */
  private static final Pattern JDBC_LOGIN =
      Pattern.compile(
          "(?i)[?&;](user|username|password)=|^jdbc:(?:[a-z0-9+-]+:)+(?://)?[^/@:;?]+[:/][^@]+@");

  private static final Pattern PROPERTY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final Pattern SOURCE_TABLE =
      Pattern.compile("([^/\\s]+/)?[^./\\s]+(\\.[^./\\s]+){1,2}");

  /** 256 bits, if they are written as 32 characters or more of any alphabet of 256. */
  private static final int LEAST_KEY_CHARACTERS = 32;

  /** What the reader of the topics sets itself; Spark refuses them from others. */
  private static final Set<String> OWN_PROPERTIES =
      Set.of(
          "auto.offset.reset",
          "enable.auto.commit",
          "interceptor.classes",
          "key.deserializer",
          "value.deserializer");

  private PipelineTypes() {}

  static ScalarType<String> pipelineName() {
    return ValueTypes.pattern(
        "pipeline name",
        "a name of small letters, digits, '_' and '-' that starts with a letter",
        Pattern.compile("[a-z][a-z0-9_-]*"));
  }

  static ScalarType<String> tableName() {
    return ValueTypes.pattern(
        "table name",
        "a name of letters, digits and '_' that starts with a letter",
        Pattern.compile("[A-Za-z][A-Za-z0-9_]*"));
  }

  static ScalarType<Share> share() {
    return new ScalarType<>(
        "share", Share.SYNTAX, (text, site) -> Share.parse(text), Share::toString);
  }

  static ScalarType<String> topic() {
    return ValueTypes.text("topic", TopicGlob.SYNTAX, TopicGlob::verify);
  }

  static ScalarType<String> column() {
    return ValueTypes.text(
        "column",
        "a column name",
        text -> {
          if (text.contains(",") || !text.equals(text.strip())) {
            throw new InvalidValue(
                "is not a column name", "write several columns as a list: [a, b]");
          }
        });
  }

  static ScalarType<String> sourceTable() {
    return ValueTypes.pattern(
        "source table",
        "schema.table or db.schema.table, with topic.prefix/ in front if several servers have it",
        SOURCE_TABLE);
  }

  static ScalarType<String> servers() {
    String syntax = "host:port, several separated by commas";
    return new ScalarType<>("server", syntax, (text, site) -> servers(text), text -> text);
  }

  private static String servers(String text) throws InvalidValue {
    List<String> servers = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    for (int i = 0; i < servers.size(); i++) {
      Matcher parts = HOST_PORT.matcher(servers.get(i));
      if (!parts.matches()) {
        throw new InvalidValue(
            "is not host:port" + (servers.size() > 1 ? " in part " + (i + 1) : ""),
            "write each Kafka broker as host:port, such as kafka-1:9092, separated by commas");
      }
      int port = Integer.parseInt(parts.group(1));
      if (port < 1 || port > 65535) {
        throw new InvalidValue("has port " + port, "write a port from 1 to 65535");
      }
    }
    return String.join(",", servers);
  }

  static ScalarType<String> lake() {
    String syntax = "a folder, or a Hadoop URI such as s3a://bucket/lake";
    return new ScalarType<>("lake", syntax, (text, site) -> lake(text, syntax), text -> text);
  }

  private static String lake(String text, String syntax) throws InvalidValue {
    checkPath(text, syntax);
    Matcher scheme = SCHEME.matcher(text);
    if (scheme.matches()) {
      checkLakeUri(text, scheme.group(1));
    }
    return withoutSlash(text);
  }

  private static void checkPath(String text, String syntax) throws InvalidValue {
    if (text.isBlank() || !text.equals(text.strip())) {
      throw new InvalidValue("is blank or has blanks around it", "write " + syntax);
    }
    if (text.startsWith("~")) {
      throw new InvalidValue("starts with ~, which is not expanded", "write ${HOME} instead of ~");
    }
    Matcher scheme = OLD_S3.matcher(text);
    if (scheme.matches()) {
      throw new InvalidValue("has the scheme " + scheme.group(1) + "://", "write s3a:// for S3");
    }
  }

  private static String withoutSlash(String path) {
    String trimmed = path.replaceAll("/+$", "");
    return trimmed.isEmpty() || trimmed.endsWith(":") ? path : trimmed;
  }

  static ScalarType<String> filesPath() {
    String syntax = "a folder, a file or a glob; with a Hadoop URI such as s3a://bucket/events";
    return new ScalarType<>(
        "path",
        syntax,
        (text, site) -> {
          checkPath(text, syntax);
          // No more of a URI: a glob's { and [ are not allowed in one.
          return withoutSlash(text);
        },
        text -> text);
  }

  private static void checkLakeUri(String text, String scheme) throws InvalidValue {
    URI uri = uri(text, "write a URI such as s3a://bucket/lake");
    if (scheme.equals("s3a") && uri.getAuthority() == null) {
      throw new InvalidValue("names no bucket", "write s3a://bucket/lake");
    }
  }

  static ScalarType<String> jdbcUrl() {
    String syntax =
        "an address such as jdbc:postgresql://host:5432/shop or jdbc:mariadb://host:3306/shop, or"
            + " one that another JDBC driver knows";
    return ValueTypes.text(
        "database address",
        syntax,
        text -> {
          Matcher parts = JDBC.matcher(text);
          if (!parts.matches()) {
            throw new InvalidValue("is not the address of a database", "write " + syntax);
          }
          if (parts.group(1) != null || JDBC_LOGIN.matcher(text).find()) {
            throw new InvalidValue(
                "holds a user or a password", "write them as source.user and source.password");
          }
        });
  }

  static ScalarType<URI> restAddress() {
    String syntax = "an address such as http://connect:8083";
    return new ScalarType<>(
        "address", syntax, (text, site) -> restAddress(text, syntax), URI::toString);
  }

  private static URI restAddress(String text, String syntax) throws InvalidValue {
    URI uri = uri(text, "write " + syntax);
    boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!web || uri.getHost() == null) {
      throw new InvalidValue("is not an http or https address", "write " + syntax);
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new InvalidValue("has a '?' or '#' part", "write " + syntax);
    }
    return URI.create(text.replaceAll("/+$", ""));
  }

  private static URI uri(String text, String remedy) throws InvalidValue {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      // Not e.getMessage(): it repeats the text, which may hold a password.
      throw new InvalidValue("is not a URI: " + e.getReason(), remedy);
    }
  }

  static ScalarType<String> kafkaProperty() {
    return ValueTypes.text(
        "Kafka property",
        "Kafka client property names",
        name -> {
          if (!PROPERTY.matcher(name).matches()) {
            throw new InvalidValue(
                "is not the name of a Kafka property", "write a name such as security.protocol");
          }
          if (name.startsWith("kafka.")) {
            throw new InvalidValue(
                "starts with 'kafka.'", "write it without: " + name.substring("kafka.".length()));
          }
          if (name.equals("bootstrap.servers")) {
            throw new InvalidValue("belongs elsewhere", "write source.bootstrap-servers");
          }
          if (OWN_PROPERTIES.contains(name)) {
            throw new InvalidValue("is decided by Tidemark", "remove it");
          }
        });
  }

  static ScalarType<String> columnType() {
    String syntax = "a type such as bigint, decimal(12,2) or timestamp";
    return ValueTypes.text("column type", syntax, PipelineTypes::checkColumnType);
  }

  private static void checkColumnType(String text) throws InvalidValue {
    try {
      ColumnDeclaration.parse(text);
    } catch (TidemarkException e) {
      throw new InvalidValue("is not accepted: " + e.getMessage(), e.remedy());
    }
  }

  static ScalarType<Mask> mask() {
    return new ScalarType<>(
        "mask",
        Mask.SYNTAX,
        (text, site) -> {
          try {
            return Mask.parse(text);
          } catch (IllegalArgumentException e) {
            throw new InvalidValue(e.getMessage(), "write " + Mask.SYNTAX);
          }
        },
        Mask::text);
  }

  static ScalarType<String> maskingKeyId() {
    return ValueTypes.pattern(
        "id of a masking key",
        "an id of small letters, digits, '_' and '-' that starts with a letter, at most 16",
        Mask.Written.KEY_ID);
  }

  static ScalarType<String> maskingKey() {
    String syntax = "a secret of at least " + LEAST_KEY_CHARACTERS + " characters";
    return ValueTypes.text(
        "masking key",
        syntax,
        text -> {
          if (text.length() < LEAST_KEY_CHARACTERS) {
            throw new InvalidValue("is too short", "write " + syntax);
          }
        });
  }

  static ScalarType<FileLookup.Found> sqlFile() {
    return file("SQL file", "the path of a file with one query", "the query");
  }

  static ScalarType<FileLookup.Found> checksFile() {
    return file("checks file", "the path of a checks file", "'tables:' with rules and checks");
  }

  static ScalarType<FileLookup.Found> file(String name, String syntax, String content) {
    return new ScalarType<>(
        name,
        syntax,
        (text, site) -> {
          try {
            FileLookup.Found found = site.files().read(text);
            if (found.text().isBlank()) {
              throw new InvalidValue(
                  "is an empty file", "write " + content + " into " + found.path());
            }
            return found;
          } catch (FileLookup.Unusable e) {
            throw new InvalidValue("cannot be read: " + e.getMessage(), e.remedy());
          }
        },
        found -> found.path().toString());
  }
}
