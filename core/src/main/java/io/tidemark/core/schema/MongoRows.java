package io.tidemark.core.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.core.schema.ColumnDeclaration.Encoding;
import io.tidemark.core.schema.UndecodableValueException.Code;
import io.tidemark.core.schema.bson.BsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Documents of MongoDB as rows. Debezium's connector writes a document, and the {@code _id} in the
 * record's key, as a text of Extended JSON.
 *
 * <p>A row has the column {@code _id}, a text that tells every two keys apart; then the declared
 * columns, each a field of the document of that name, null where the document has none. Without
 * declarations, or where {@code document} is among them, the column {@code document} is the whole
 * text.
 */
public final class MongoRows {
  /** The key column. */
  public static final String ID = "_id";

  /** The column of the whole document. */
  public static final String DOCUMENT = "document";

  private static final String KEY_FIELD = "id";

  private final EventSchema schema;
  private final List<String> fields = new ArrayList<>();
  private final boolean whole;

  /**
   * Rows of a table.
   *
   * @param declared types by field, in the order of the pipeline file
   */
  public MongoRows(Map<String, ColumnDeclaration> declared) {
    Map<String, ColumnDeclaration> columns = new LinkedHashMap<>();
    ColumnDeclaration text = ColumnDeclaration.of(new LakeType.Text());
    columns.put(ID, text);
    declared.forEach(
        (name, declaration) -> {
          if (!name.equals(ID) && !name.equals(DOCUMENT)) {
            columns.put(name, new ColumnDeclaration(declaration.lakeType(), Encoding.BSON));
            fields.add(name);
          }
        });
    this.whole = declared.isEmpty() || declared.containsKey(DOCUMENT);
    if (whole) {
      columns.put(DOCUMENT, text);
    }
    this.schema = EventSchema.schemaless(List.of(ID), List.copyOf(columns.keySet()), columns);
  }

  /** The schema of the rows and their key. */
  public EventSchema schema() {
    return schema;
  }

  /**
   * The row of a document.
   *
   * @param document JSON text, or null
   * @return empty if there is no document
   * @throws UndecodableValueException if the text is no Extended JSON of a document with an {@code
   *     _id}
   */
  public Optional<JsonNode> row(JsonNode document) {
    if (document == null || document.isNull() || document.isMissingNode()) {
      return Optional.empty();
    }
    String text = BytesCodecs.text(document);
    JsonNode json = JsonText.parse(text);
    if (!json.isObject() || !json.has(ID)) {
      throw UndecodableValueException.value(
          Code.WRONG_JSON_TYPE, document, "a document with an _id is expected");
    }
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    row.put(ID, id(json.get(ID)));
    for (String field : fields) {
      JsonNode value = json.get(field);
      if (value != null) {
        row.set(field, value);
      }
    }
    if (whole) {
      row.put(DOCUMENT, text);
    }
    return Optional.of(row);
  }

  /**
   * The key of a record, as the rows have it.
   *
   * @param key {@code {"id": "<Extended JSON>"}}
   * @throws UndecodableValueException if it is no such object
   */
  public static JsonNode key(JsonNode key) {
    JsonNode id = key.path(KEY_FIELD);
    if (!id.isTextual()) {
      throw UndecodableValueException.value(
          Code.WRONG_JSON_TYPE, key, "a key with 'id', the text of Extended JSON, is expected");
    }
    return JsonNodeFactory.instance.objectNode().put(ID, id(JsonText.parse(id.textValue())));
  }

  private static String id(JsonNode id) {
    return BsonText.key(BsonCodecs.read(id), JsonText.compact(id));
  }
}
