package io.tidemark.ingest.protobuf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** Protobuf's scalar types (Protocol Buffers documentation: Scalar Value Types). */
final class Scalars {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonNode ZERO = NODES.numberNode(0);
  private static final int V = WireInput.VARINT;

  static final Map<String, ProtoType> TYPES =
      Map.ofEntries(
          Map.entry("double", type("double", WireInput.FIXED64, Scalars::float64, number(0.0))),
          Map.entry("float", type("float", WireInput.FIXED32, Scalars::float32, number(0.0))),
          Map.entry("int32", type("int32", V, in -> int32((int) in.varint()), ZERO)),
          Map.entry("int64", type("int64", V, in -> int64(in.varint()), ZERO)),
          Map.entry("uint32", type("int64", V, in -> int64(in.varint() & 0xffffffffL), ZERO)),
          Map.entry("uint64", type("int64", V, in -> unsigned(in.varint()), ZERO)),
          Map.entry("sint32", type("int32", V, in -> int32((int) zigzag(in.varint())), ZERO)),
          Map.entry("sint64", type("int64", V, in -> int64(zigzag(in.varint())), ZERO)),
          Map.entry(
              "fixed32",
              type("int64", WireInput.FIXED32, in -> int64(in.fixed32() & 0xffffffffL), ZERO)),
          Map.entry(
              "fixed64", type("int64", WireInput.FIXED64, in -> unsigned(in.fixed64()), ZERO)),
          Map.entry("sfixed32", type("int32", WireInput.FIXED32, in -> int32(in.fixed32()), ZERO)),
          Map.entry("sfixed64", type("int64", WireInput.FIXED64, in -> int64(in.fixed64()), ZERO)),
          Map.entry(
              "bool",
              type(
                  "boolean",
                  V,
                  in -> NODES.booleanNode(in.varint() != 0),
                  NODES.booleanNode(false))),
          Map.entry("string", type("string", WireInput.LENGTH, Scalars::text, NODES.textNode(""))),
          Map.entry("bytes", type("bytes", WireInput.LENGTH, Scalars::bytes, NODES.textNode(""))));

  private Scalars() {}

  static long zigzag(long value) {
    return (value >>> 1) ^ -(value & 1);
  }

  static JsonNode bytes(WireInput input) {
    return NODES.textNode(Base64.getEncoder().encodeToString(input.rest()));
  }

  private static ProtoType type(
      String connect, int wireType, ProtoType.Reader reader, JsonNode absent) {
    ObjectNode schema = NODES.objectNode().put("type", connect).put("optional", false);
    return new ProtoType(schema, wireType, reader, absent);
  }

  private static JsonNode number(double value) {
    return NODES.numberNode(value);
  }

  private static JsonNode float64(WireInput input) {
    return NODES.numberNode(Double.longBitsToDouble(input.fixed64()));
  }

  private static JsonNode float32(WireInput input) {
    return NODES.numberNode(Float.intBitsToFloat(input.fixed32()));
  }

  private static JsonNode int32(int value) {
    return NODES.numberNode(value);
  }

  private static JsonNode int64(long value) {
    return NODES.numberNode(value);
  }

  private static JsonNode unsigned(long value) {
    if (value < 0) {
      // Never the number itself: its column may be one that is masked.
      throw WireInput.mismatch("an unsigned number is too large for 64 bits with sign");
    }
    return NODES.numberNode(value);
  }

  private static JsonNode text(WireInput input) {
    try {
      return NODES.textNode(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(input.rest())).toString());
    } catch (CharacterCodingException e) {
      throw WireInput.mismatch("a string is not UTF-8");
    }
  }
}
