package io.tidemark.ingest.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.core.schema.JsonText;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Splits messages of Kafka Connect's JsonConverter into schema block and payload.
 *
 * <p>The block is ten times as long as the payload and the same in every message of a table, so it
 * is parsed once and then only compared byte by byte. Not thread-safe: one per task.
 */
final class FramedJson implements MessageParser {
  private static final int REMEMBERED = 16;
  private static final JsonFactory TOKENS = new JsonFactory();

  private final Deque<SchemaBlock> blocks = new ArrayDeque<>();

  /** Parses one message; the payload of JSON without schema block is the whole document. */
  @Override
  public Message parse(byte[] message) {
    SchemaBlock known = known(message);
    if (known != null && message[message.length - 1] == '}') {
      byte[] payload = Arrays.copyOfRange(message, known.length(), message.length - 1);
      return new Message(known, JsonText.parse(payload));
    }
    return parseWhole(message, known);
  }

  private SchemaBlock known(byte[] message) {
    for (SchemaBlock block : blocks) {
      if (block.opens(message)) {
        return block;
      }
    }
    return null;
  }

  private Message parseWhole(byte[] message, SchemaBlock known) {
    JsonNode document = JsonText.parse(message);
    JsonNode schema = document.path("schema");
    if (document.size() != 2 || !document.has("payload") || !schema.has("type")) {
      return new Message(null, document);
    }
    SchemaBlock block = known != null ? known : remember(new SchemaBlock(schema, prefix(message)));
    return new Message(block, document.get("payload"));
  }

  private SchemaBlock remember(SchemaBlock block) {
    if (block.length() > 0) {
      if (blocks.size() == REMEMBERED) {
        blocks.removeLast();
      }
      blocks.addFirst(block);
    }
    return block;
  }

  /** The bytes in front of the payload; none if the payload stands first. */
  private static byte[] prefix(byte[] message) {
    try (JsonParser parser = TOKENS.createParser(message)) {
      parser.nextToken();
      if (!"schema".equals(parser.nextFieldName())) {
        return new byte[0];
      }
      parser.nextToken();
      parser.skipChildren();
      if (parser.nextToken() != JsonToken.FIELD_NAME) {
        return new byte[0];
      }
      parser.nextToken();
      return Arrays.copyOf(message, (int) parser.currentTokenLocation().getByteOffset());
    } catch (IOException e) {
      throw new IllegalStateException("Cannot read a message again that was read before", e);
    }
  }
}
