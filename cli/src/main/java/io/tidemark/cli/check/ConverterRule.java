package io.tidemark.cli.check;

import io.tidemark.core.spec.SourceFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether a connector's converters write what the pipeline reads. */
final class ConverterRule {
  static final String JSON = "org.apache.kafka.connect.json.JsonConverter";

  private static final String APICURIO = "io.apicurio.";

  private ConverterRule() {}

  static List<Finding> judge(String where, Map<String, String> config, SourceFormat format) {
    List<Finding> findings = new ArrayList<>();
    for (String key : List.of("key.converter", "value.converter")) {
      String converter = config.getOrDefault(key, JSON).strip();
      String simple = converter.substring(converter.lastIndexOf('.') + 1);
      if (!writes(format, simple)) {
        findings.add(
            Finding.error(
                where,
                "%s is %s, but 'source.format' is %s: its records cannot be read"
                    .formatted(key, converter, format.word()),
                remedy(key, simple, format)));
      } else if (converter.startsWith(APICURIO)
          && !config.getOrDefault(key + ".apicurio.registry.as-confluent", "").equals("true")) {
        findings.add(
            Finding.error(
                where,
                key + ".apicurio.registry.as-confluent is not true: its records begin otherwise",
                "Set %s.apicurio.registry.as-confluent=true and %s.apicurio.registry.headers.enabled=false"
                    .formatted(key, key)));
      }
    }
    return findings;
  }

  private static boolean writes(SourceFormat format, String converter) {
    return switch (format) {
      case DEBEZIUM_JSON -> converter.equals("JsonConverter");
      case DEBEZIUM_AVRO -> converter.contains("Avro");
      case DEBEZIUM_PROTOBUF -> converter.contains("Protobuf");
    };
  }

  private static String remedy(String key, String converter, SourceFormat format) {
    for (SourceFormat other : SourceFormat.values()) {
      if (other != format && writes(other, converter)) {
        return "Set 'source.format' to %s%s, if all of its topics are written so"
            .formatted(other.word(), other.needsRegistry() ? " and add 'source.registry'" : "");
      }
    }
    return format == SourceFormat.DEBEZIUM_JSON
        ? "Set %s=%s and %s.schemas.enable=true".formatted(key, JSON, key)
        : "Set %s to the converter of %s that writes to 'source.registry'"
            .formatted(key, format.word());
  }
}
