package io.tidemark.ingest.protobuf;

import io.tidemark.core.event.DeadLetterReason;
import io.tidemark.ingest.decode.RejectedRecordException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads Protobuf's wire format (Protocol Buffers documentation: Encoding) within its bounds. */
final class WireInput {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int LENGTH = 2;
  static final int GROUP_START = 3;
  static final int GROUP_END = 4;
  static final int FIXED32 = 5;

  private static final int LONGEST_VARINT = 10;
  private static final int MAX_DEPTH = 100;

  private final byte[] bytes;
  private final int end;
  private int next;

  WireInput(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.next = start;
    this.end = end;
  }

  boolean isAtEnd() {
    return next == end;
  }

  long varint() {
    long value = 0;
    for (int i = 0; i < LONGEST_VARINT; i++) {
      require(1);
      byte one = bytes[next++];
      value |= (long) (one & 0x7f) << (7 * i);
      if (one >= 0) {
        return value;
      }
    }
    throw mismatch("a number has more than ten bytes");
  }

  long fixed64() {
    require(Long.BYTES);
    long value = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(next);
    next += Long.BYTES;
    return value;
  }

  int fixed32() {
    require(Integer.BYTES);
    int value = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(next);
    next += Integer.BYTES;
    return value;
  }

  /** The bytes of the next length-delimited value. */
  WireInput delimited() {
    long length = varint();
    if (length < 0 || length > end - next) {
      throw mismatch("a value is longer than the message");
    }
    WireInput part = new WireInput(bytes, next, next + (int) length);
    next += (int) length;
    return part;
  }

  /** What is left, as a copy. */
  byte[] rest() {
    byte[] rest = new byte[end - next];
    System.arraycopy(bytes, next, rest, 0, rest.length);
    next = end;
    return rest;
  }

  /** Passes over a value of a field that the schema does not have. */
  void skip(int wireType, int depth) {
    switch (wireType) {
      case VARINT -> varint();
      case FIXED64 -> fixed64();
      case LENGTH -> delimited();
      case FIXED32 -> fixed32();
      case GROUP_START -> skipGroup(depth);
      default -> throw mismatch("there is no wire type " + wireType);
    }
  }

  private void skipGroup(int depth) {
    if (depth > MAX_DEPTH) {
      throw mismatch("groups are nested too deeply");
    }
    while (true) {
      long key = varint();
      if ((key & 7) == GROUP_END) {
        return;
      }
      skip((int) (key & 7), depth + 1);
    }
  }

  private void require(int count) {
    if (end - next < count) {
      throw mismatch("the message ends within a value");
    }
  }

  static RejectedRecordException mismatch(String problem) {
    return new RejectedRecordException(
        null,
        DeadLetterReason.BAD_SCHEMA,
        "the bytes are not of the schema that they name: " + problem);
  }
}
