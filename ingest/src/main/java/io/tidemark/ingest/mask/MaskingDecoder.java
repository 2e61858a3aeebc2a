package io.tidemark.ingest.mask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.core.event.DeadLetterReason;
import io.tidemark.core.event.Operation;
import io.tidemark.core.schema.EventSchema;
import io.tidemark.core.schema.JsonText;
import io.tidemark.core.schema.UndecodableValueException;
import io.tidemark.ingest.decode.DecodeSettings;
import io.tidemark.ingest.decode.Decoded;
import io.tidemark.ingest.decode.RawRecord;
import io.tidemark.ingest.decode.RecordDecoder;
import io.tidemark.ingest.decode.WriterSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decodes records, and masks what they hold before anybody else sees it.
 *
 * <p>A table without masks costs one look-up. Not thread-safe: one per task.
 */
public final class MaskingDecoder {
  /** MySQL's connector adds the statement as it was written, values included, if told to. */
  private static final String STATEMENT = "query";

  private final RecordDecoder decoder;
  private final DecodeSettings decoding;
  private final MaskSettings masks;
  private final MaskImages images;
  private final Map<String, Map<EventSchema, MaskedShape>> shapes = new HashMap<>();

  /** A decoder for one task. */
  public MaskingDecoder(DecodeSettings decoding, MaskSettings masks) {
    this.decoder = new RecordDecoder(decoding);
    this.decoding = decoding;
    this.masks = masks;
    this.images = new MaskImages(masks.keys());
  }

  /** What the record is, without a value that must not be stored. */
  public Decoded decode(RawRecord record) {
    Decoded decoded = decoder.decode(record);
    if (decoded instanceof Decoded.Change change && masks.masks(change.table())) {
      return masked(change);
    }
    if (decoded instanceof Decoded.DeadLetter letter && masks.seals(letter.table())) {
      return letter.withoutValues();
    }
    return decoded;
  }

  /** As {@link RecordDecoder#takeNewSchemas}. */
  public List<WriterSchema> takeNewSchemas() {
    return decoder.takeNewSchemas();
  }

  private Decoded masked(Decoded.Change change) {
    try {
      MaskedShape shape =
          shapes
              .computeIfAbsent(change.table(), table -> new HashMap<>())
              .computeIfAbsent(change.schema(), schema -> shape(change.table(), schema));
      if (change.after() != null && change.operation() != Operation.DELETE) {
        shape.requireAllColumns();
      }
      return masked(change, shape);
    } catch (UnmaskableException e) {
      return unmaskable(change, e.getMessage());
    } catch (UndecodableValueException e) {
      return unmaskable(change, e.redacted().getMessage());
    }
  }

  private MaskedShape shape(String table, EventSchema schema) {
    return new MaskedShape(table, schema, masks, images, decoding.unavailable());
  }

  private static Decoded unmaskable(Decoded.Change change, String message) {
    return new Decoded.DeadLetter(change.table(), DeadLetterReason.UNMASKABLE, message, message);
  }

  private static Decoded.Change masked(Decoded.Change change, MaskedShape shape) {
    return new Decoded.Change(
        change.table(),
        change.sourceTable(),
        change.operation(),
        change.key() == null
            ? null
            : JsonText.canonicalKey(shape.key(JsonText.parse(change.key()))),
        row(change.before(), shape),
        row(change.after(), shape),
        withoutStatement(change.source()),
        change.position(),
        change.sourceTime(),
        change.transaction(),
        shape.stored(),
        change.mark());
  }

  private static String row(String json, MaskedShape shape) {
    return json == null ? null : JsonText.compact(shape.row(JsonText.parse(json)));
  }

  private static String withoutStatement(String source) {
    if (source == null || !source.contains('"' + STATEMENT + '"')) {
      return source;
    }
    JsonNode block = JsonText.parse(source);
    ((ObjectNode) block).remove(STATEMENT);
    return JsonText.compact(block);
  }
}
