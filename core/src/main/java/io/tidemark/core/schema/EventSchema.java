package io.tidemark.core.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The schema an event was written with: of its key, if it has one, and of its rows.
 *
 * <p>Immutable and safe to share between threads. Building one costs microseconds to milliseconds:
 * callers keep those they have seen.
 */
public final class EventSchema implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int FINGERPRINT_CHARACTERS = 32;

  // A field of type Optional could not travel to executors.
  private final RowSchema key;
  private final RowSchema row;
  private final String json;
  private final String fingerprint;

  /**
   * A schema of a key and a row.
   *
   * @param key empty if the events have no key
   * @param row the columns of {@code before} and {@code after}
   */
  public EventSchema(Optional<RowSchema> key, RowSchema row) {
    this.key = key.orElse(null);
    this.row = Objects.requireNonNull(row, "row");
    this.json = SchemaJson.write(this);
    this.fingerprint = hash(json);
  }

  /**
   * The schema of events that carry Kafka Connect's schema blocks (JsonConverter).
   *
   * @param keySchema the {@code schema} of the key, a struct; null or JSON null if the events have
   *     no key
   * @param rowSchema the field {@code after} (or {@code before}) of the envelope's schema, or the
   *     whole schema of a flattened event: a struct
   * @throws UndecodableValueException if a block is no struct schema or has an unknown physical
   *     type; names field and type. Unknown semantic names are no error: the physical type counts.
   */
  public static EventSchema fromConnect(JsonNode keySchema, JsonNode rowSchema) {
    Optional<RowSchema> key =
        keySchema == null || keySchema.isNull() || keySchema.isMissingNode()
            ? Optional.empty()
            : Optional.of(ConnectSchemaReader.struct("key", keySchema));
    return new EventSchema(key, ConnectSchemaReader.struct("row", rowSchema));
  }

  /**
   * The same schema with the images that the pipeline file declares for columns whose own lake type
   * is not wanted, or does not hold all their values; see {@code docs/types.md}.
   *
   * @param declared by column name; names that the event lacks, and columns without a schema block,
   *     are left as they are
   * @throws UndecodableValueException if a column's values have no such image
   */
  public EventSchema with(Map<String, ColumnDeclaration> declared) {
    return declared.isEmpty()
        ? this
        : new EventSchema(key().map(columns -> with(columns, declared)), with(row, declared));
  }

  /**
   * The schema that the same events would have had if the pipeline file had declared some columns
   * then as it does now: their JSON is the same, and what it means is not.
   *
   * @param columns the columns to declare anew; masked ones and those of MongoDB stay as they are
   * @param declared by column name; a column without schema block that is not among them is text
   * @throws UndecodableValueException if a column's values have no such image
   */
  public EventSchema redeclared(Set<String> columns, Map<String, ColumnDeclaration> declared) {
    return new EventSchema(
        key().map(schema -> redeclared(schema, columns, declared)),
        redeclared(row, columns, declared));
  }

  private static RowSchema redeclared(
      RowSchema schema, Set<String> columns, Map<String, ColumnDeclaration> declared) {
    return new RowSchema(
        schema.columns().stream()
            .map(c -> columns.contains(c.name()) ? redeclared(c, declared) : c)
            .toList());
  }

  private static Column redeclared(Column column, Map<String, ColumnDeclaration> declared) {
    if (column.type() instanceof ConnectType type) {
      return with(
          new Column(column.name(), type.withoutImage(), column.optional(), column.defaultJson()),
          declared);
    }
    if (column.type() instanceof ColumnDeclaration before
        && before.encoding() != ColumnDeclaration.Encoding.BSON) {
      return new Column(
          column.name(),
          declared.getOrDefault(column.name(), ColumnDeclaration.of(new LakeType.Text())),
          column.optional(),
          column.defaultJson());
    }
    return column;
  }

  private static RowSchema with(RowSchema schema, Map<String, ColumnDeclaration> declared) {
    return new RowSchema(schema.columns().stream().map(column -> with(column, declared)).toList());
  }

  private static Column with(Column column, Map<String, ColumnDeclaration> declared) {
    ColumnDeclaration declaration = declared.get(column.name());
    if (declaration == null || !(column.type() instanceof ConnectType type)) {
      return column;
    }
    boolean usual =
        declaration.lakeType().equals(type.lakeType())
            && declaration.infinity() == ColumnDeclaration.Infinity.REFUSED;
    if (usual) {
      return column;
    }
    try {
      ConnectType declaredType = type.as(declaration);
      // Made here once so that an image that the values do not have is refused as a whole.
      Codec.of(declaredType);
      return new Column(column.name(), declaredType, column.optional(), column.defaultJson());
    } catch (UndecodableValueException e) {
      throw e.at(column.name());
    }
  }

  /**
   * The schema of JSON events without schema blocks. Declared columns have the declared type; all
   * others are text: a JSON string's or number's own text, {@code true} or {@code false}, objects
   * and arrays as compact JSON. Nothing is guessed from the values.
   *
   * @param keyColumns names of the key's columns, none if the events have no key
   * @param rowColumns names of the row's columns
   * @param declared by column name; names that the event lacks are ignored
   */
  public static EventSchema schemaless(
      List<String> keyColumns, List<String> rowColumns, Map<String, ColumnDeclaration> declared) {
    Optional<RowSchema> key =
        keyColumns.isEmpty()
            ? Optional.empty()
            : Optional.of(declared(keyColumns, declared, Presence.REQUIRED));
    return new EventSchema(key, declared(rowColumns, declared, Presence.OPTIONAL));
  }

  /**
   * The schema that {@link #toJson()} wrote.
   *
   * @throws io.tidemark.core.error.TidemarkException (data loss) if the text is no such schema
   */
  public static EventSchema parse(String json) {
    return SchemaJson.read(json);
  }

  /** Schema of the key; empty if the events have none. */
  public Optional<RowSchema> key() {
    return Optional.ofNullable(key);
  }

  /** Schema of {@code before} and {@code after}. */
  public RowSchema row() {
    return row;
  }

  /**
   * 32 hexadecimal digits that two schemas share only if they are equal: same columns in the same
   * order with the same types, parameters, optionality and defaults. Documentation, versions and
   * layout of the JSON they came from do not count.
   */
  public String fingerprint() {
    return fingerprint;
  }

  /** The schema as canonical JSON, which {@link #parse} reads. */
  public String toJson() {
    return json;
  }

  /** Whether the other has an equal key and row. */
  @Override
  public boolean equals(Object other) {
    return other instanceof EventSchema that && json.equals(that.json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }

  /** {@link #toJson()}. */
  @Override
  public String toString() {
    return json;
  }

  private enum Presence {
    REQUIRED,
    OPTIONAL
  }

  private static RowSchema declared(
      List<String> names, Map<String, ColumnDeclaration> declared, Presence presence) {
    ColumnDeclaration text = ColumnDeclaration.of(new LakeType.Text());
    return new RowSchema(
        names.stream()
            .map(
                name ->
                    new Column(
                        name,
                        declared.getOrDefault(name, text),
                        presence == Presence.OPTIONAL,
                        null))
            .toList());
  }

  private static String hash(String json) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, FINGERPRINT_CHARACTERS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot fingerprint a schema: this Java has no SHA-256", e);
    }
  }
}
