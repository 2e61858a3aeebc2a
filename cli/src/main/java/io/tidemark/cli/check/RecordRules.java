package io.tidemark.cli.check;

import io.tidemark.core.event.DeadLetterReason;
import io.tidemark.core.schema.Column;
import io.tidemark.core.schema.ColumnDeclaration;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.ingest.Peeked;
import io.tidemark.ingest.decode.Decoded;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the newest records of a topic tell about all of its records. Pure: they were read before.
 */
final class RecordRules {
  private static final int SHOWN_COLUMNS = 8;
  private static final Pattern VALUE = Pattern.compile("; the value is .*", Pattern.DOTALL);

  private final String where;
  private final List<Peeked> records;
  private final Map<String, TableSpec> tables;

  private RecordRules(String where, List<Peeked> records, Map<String, TableSpec> tables) {
    this.where = where;
    this.records = records;
    this.tables = tables;
  }

  /**
   * Judges one topic.
   *
   * @param records some of its records
   * @param tables the declared tables
   */
  static List<Finding> judge(String topic, List<Peeked> records, Map<String, TableSpec> tables) {
    return judgeAt(TopicRules.where(topic), records, tables);
  }

  /** Judges records that stand together elsewhere than in a topic. */
  static List<Finding> judgeAt(String where, List<Peeked> records, Map<String, TableSpec> tables) {
    RecordRules rules = new RecordRules(where, records, tables);
    List<Finding> findings = new ArrayList<>(rules.deadLetters());
    findings.addAll(rules.undeclaredColumns());
    return findings;
  }

  private List<Finding> deadLetters() {
    Map<DeadLetterReason, List<Peeked>> byReason = new TreeMap<>();
    for (Peeked peeked : records) {
      if (peeked.decoded() instanceof Decoded.DeadLetter letter) {
        byReason.computeIfAbsent(letter.reason(), r -> new ArrayList<>()).add(peeked);
      }
    }
    List<Finding> findings = new ArrayList<>();
    byReason.forEach((reason, letters) -> findings.add(deadLetters(reason, letters)));
    return findings;
  }

  private Finding deadLetters(DeadLetterReason reason, List<Peeked> letters) {
    Peeked example = letters.get(0);
    String count =
        "%d of the %d newest records cannot be landed".formatted(letters.size(), records.size());
    // Rows are no business of whoever runs a check.
    String message =
        VALUE.matcher(((Decoded.DeadLetter) example.decoded()).message()).replaceFirst("");
    return Finding.error(
        where,
        "%s, such as %s: %s"
            .formatted(count, example.record().origin(), what(reason, example, message)),
        remedy(reason, example));
  }

  private static String what(DeadLetterReason reason, Peeked example, String message) {
    if (reason == DeadLetterReason.BAD_JSON && isBinary(example)) {
      return "the value is not JSON, but binary, as Avro and Protobuf with a schema registry are";
    }
    return switch (reason) {
      case BAD_JSON -> "not JSON: " + message;
      case FLATTENED_WITHOUT_POSITION -> message.replaceFirst(";.*", "");
      case NOT_AN_ENVELOPE ->
          "no Debezium envelope: the value has no 'op' and 'source', as after the transform"
              + " ExtractNewRecordState";
      default -> message;
    };
  }

  private static boolean isBinary(Peeked example) {
    byte[] value = example.record().value();
    return value.length > 0 && value[0] == 0;
  }

  private static String remedy(DeadLetterReason reason, Peeked example) {
    return switch (reason) {
      case BAD_JSON ->
          isBinary(example)
              ? "Set 'source.format' to debezium-avro or debezium-protobuf, and 'source.registry' to"
                  + " the registry that the connector's converters write to"
              : "Set key.converter and value.converter of the connector to"
                  + " org.apache.kafka.connect.json.JsonConverter";
      case NOT_AN_ENVELOPE ->
          "Remove the transform io.debezium.transforms.ExtractNewRecordState from the connector and"
              + " take a new snapshot, or leave the topic out of 'source.topics'";
      case BAD_KEY ->
          "Set key.converter.schemas.enable and value.converter.schemas.enable of the connector to"
              + " the same, or declare 'tables.<name>.key'";
      case MISSING_KEY ->
          "Give the source table a primary key, or declare 'tables.<name>.key' in the pipeline file";
      case BAD_TABLE_NAME -> "Declare a table under 'tables' with 'source: <source table>'";
      case NOT_FRAMED ->
          "Set 'source.format' to what the connector's key.converter and value.converter write:"
              + " debezium-json for JsonConverter; both must write the same";
      case UNKNOWN_SCHEMA_ID ->
          "Set 'source.registry' to the registry that the connector's converters write to; with"
              + " Apicurio's converters set apicurio.registry.as-confluent=true";
      case FLATTENED_WITHOUT_POSITION ->
          "Remove the transform ExtractNewRecordState; or set its add.fields=op,table,lsn,source.ts_ms"
              + " (or the position of your connector) and delete.tombstone.handling.mode=rewrite, and"
              + " take a new snapshot";
      case BAD_VALUE -> "Correct the column's type under 'tables.<name>.columns'";
      case UNSUPPORTED_CONNECTOR, MISSING_POSITION ->
          "Leave the topic out of 'source.topics': this version cannot order its changes";
      case BAD_LINE, TORN_LINE ->
          "Write one record a line; docs/operations.md shows how a topic is written to a file";
      case DAMAGED_FILE -> "Write the file anew, under another name";
      case UNMASKABLE -> "Correct 'tables.<name>.mask' in the pipeline file";
      case UNKNOWN_OPERATION, MISSING_AFTER, BAD_SCHEMA ->
          "Leave the topic out of 'source.topics' if its records are not Debezium's";
    };
  }

  private List<Finding> undeclaredColumns() {
    Map<String, Set<String>> undeclared = new TreeMap<>();
    for (Peeked peeked : records) {
      if (peeked.decoded() instanceof Decoded.Change change) {
        change.schema().row().columns().stream()
            .filter(column -> isUndeclared(change.table(), column))
            .forEach(
                column ->
                    undeclared
                        .computeIfAbsent(change.table(), t -> new LinkedHashSet<>())
                        .add(column.name()));
      }
    }
    List<Finding> findings = new ArrayList<>();
    undeclared.forEach((table, columns) -> findings.add(undeclared(table, columns)));
    return findings;
  }

  /** Columns from a schema block have the block's type, never a declared one. */
  private boolean isUndeclared(String table, Column column) {
    TableSpec declared = tables.get(table);
    return column.type() instanceof ColumnDeclaration
        && (declared == null || !declared.columns().containsKey(column.name()));
  }

  private Finding undeclared(String table, Set<String> columns) {
    String shown =
        columns.stream().limit(SHOWN_COLUMNS).collect(Collectors.joining(", "))
            + (columns.size() > SHOWN_COLUMNS ? ", ..." : "");
    return Finding.warning(
        where,
        "its records have no schema block, so these columns of table '%s' land as string: %s"
            .formatted(table, shown),
        "Set value.converter.schemas.enable=true and key.converter.schemas.enable=true in the"
            + " connector, or declare the types: tables: {%s: {columns: {%s: bigint}}}"
                .formatted(table, columns.iterator().next()));
  }
}
