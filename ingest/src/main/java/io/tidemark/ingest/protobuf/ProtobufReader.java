package io.tidemark.ingest.protobuf;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.ingest.decode.MessageParser;
import io.tidemark.ingest.decode.SchemaBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads the messages of one Protobuf schema as what Kafka Connect's JsonConverter would have made
 * of the values that Connect's Protobuf converter was given. Safe to share between threads.
 */
public final class ProtobufReader {
  private static final int DEEPEST = 100;

  private final ProtoFiles files;
  private final Map<List<Integer>, Message> messages = new ConcurrentHashMap<>();

  private record Message(SchemaBlock block, ProtoType type) {}

  private ProtobufReader(ProtoFiles files) {
    this.files = files;
  }

  /**
   * A reader.
   *
   * @param text the schema
   * @param references the schemas that it imports
   * @throws io.tidemark.ingest.decode.RejectedRecordException (BAD_SCHEMA) if it is no Protobuf
   *     schema
   */
  public static ProtobufReader of(String text, List<String> references) {
    return new ProtobufReader(new ProtoFiles(text, references));
  }

  /**
   * The schema and the payload of a message, as JsonConverter would have written them.
   *
   * @param bytes from {@code start} to its end: the indexes of the message's type, then the message
   *     (Confluent documentation: wire format)
   * @throws io.tidemark.ingest.decode.RejectedRecordException (BAD_SCHEMA) if the bytes are not of
   *     this schema, or its type is none that a table can have
   */
  public MessageParser.Message read(byte[] bytes, int start) {
    WireInput input = new WireInput(bytes, start, bytes.length);
    Message message = messages.computeIfAbsent(indexes(input), this::message);
    JsonNode payload = message.type.reader().read(input);
    return new MessageParser.Message(message.block, payload);
  }

  private Message message(List<Integer> indexes) {
    ProtoType type = new ProtoTypes(files).message(files.message(indexes));
    return new Message(SchemaBlock.of(type.connect()), type);
  }

  /** A count and so many indexes; the count 0 stands for the first message of the file. */
  private static List<Integer> indexes(WireInput input) {
    long count = Scalars.zigzag(input.varint());
    if (count < 0 || count > DEEPEST) {
      throw WireInput.mismatch("the indexes of the message's type are none");
    }
    if (count == 0) {
      return List.of(0);
    }
    List<Integer> indexes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      indexes.add((int) Scalars.zigzag(input.varint()));
    }
    return List.copyOf(indexes);
  }
}
