package io.tidemark.core.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.core.schema.UndecodableValueException.Code;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Codecs of columns whose events say what they are and for which the pipeline file declares another
 * image: text for every date, decimals for text of digits, bytes for hexadecimal text, structs for
 * JSON text, and so on. The image holds the same values, or refuses them.
 */
final class ImageCodecs {
  private ImageCodecs() {}

  /**
   * The codec of a declared image.
   *
   * @throws UndecodableValueException (BAD_SCHEMA) if such values have no such image
   */
  static Codec of(ConnectType type, ColumnDeclaration declared) {
    Codec natural = ConnectCodecs.of(type);
    LakeType image = declared.lakeType();
    Optional<TimeForm> time = ConnectCodecs.timeForm(type);
    if (time.isPresent()) {
      return time(type, natural, time.get(), declared);
    }
    if (image.equals(natural.lakeType())) {
      return natural;
    }
    if (type.physical().equals("string")) {
      boolean json =
          type.semantic().equals(ConnectCodecs.JSON)
              || image instanceof LakeType.ArrayOf
              || image instanceof LakeType.MapOf
              || image instanceof LakeType.StructOf;
      Codec codec = DeclaredCodecs.of(declared);
      return json ? new InJsonText(codec) : codec;
    }
    if (image instanceof LakeType.Decimal decimal && isExactNumber(type)) {
      return new Fitted(natural, decimal);
    }
    if (image instanceof LakeType.Text && isScalar(natural.lakeType())) {
      return new Written(natural);
    }
    if (LakeType.common(natural.lakeType(), image).filter(image::equals).isPresent()) {
      return new Widened(natural, Widening.between(natural.lakeType(), image));
    }
    throw refused(type, natural, declared);
  }

  private static Codec time(
      ConnectType type, Codec natural, TimeForm form, ColumnDeclaration declared) {
    LakeType image = declared.lakeType();
    if (image instanceof LakeType.Text) {
      return new TimeText(form);
    }
    if (image instanceof LakeType.Int64 && type.physical().startsWith("int")) {
      return new NumberCodecs.Int64(NumberCodecs.Form.NUMBER);
    }
    if (!image.equals(natural.lakeType())) {
      throw refused(type, natural, declared);
    }
    return declared.infinity() == ColumnDeclaration.Infinity.LIMITS
        ? new InfinityAtLimits(natural, form)
        : natural;
  }

  private static boolean isExactNumber(ConnectType type) {
    return type.semantic().equals(ConnectCodecs.DECIMAL)
        || type.semantic().equals(ConnectCodecs.VARIABLE_SCALE)
        || type.physical().startsWith("int");
  }

  private static boolean isScalar(LakeType type) {
    return type instanceof LakeType.Bool
        || type instanceof LakeType.Int32
        || type instanceof LakeType.Int64
        || type instanceof LakeType.Float32
        || type instanceof LakeType.Float64
        || type instanceof LakeType.Decimal;
  }

  private static UndecodableValueException refused(
      ConnectType type, Codec natural, ColumnDeclaration declared) {
    String source =
        type.semantic().isEmpty() ? type.physical() : type.physical() + " " + type.semantic();
    return UndecodableValueException.schema(
        "",
        "it is declared as %s, and the source's %s cannot become that; remove the declaration for %s"
            .formatted(declared.text(), source, natural.lakeType().ddl()));
  }

  /** Dates and timestamps of every year, and the words for infinity. */
  record TimeText(TimeForm form) implements Codec {
    @Override
    public LakeType lakeType() {
      return new LakeType.Text();
    }

    @Override
    public Object decode(JsonNode value) {
      Optional<Infinite> infinite = form.infinite(value);
      return infinite.isPresent() ? infinite.get().word() : form.text(value);
    }
  }

  /**
   * Infinity as the last or first value that the lake type has; the source's own such values are
   * refused, so that no two values become one.
   */
  record InfinityAtLimits(Codec finite, TimeForm form) implements Codec {
    private static final LocalDate FIRST = LocalDate.of(1, 1, 1);
    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);

    @Override
    public LakeType lakeType() {
      return finite.lakeType();
    }

    @Override
    public Object decode(JsonNode value) {
      Optional<Infinite> infinite = form.infinite(value);
      if (infinite.isPresent()) {
        return limit(infinite.get());
      }
      Object decoded = finite.decode(value);
      if (decoded.equals(limit(Infinite.LATEST)) || decoded.equals(limit(Infinite.EARLIEST))) {
        throw UndecodableValueException.value(
            Code.OUT_OF_RANGE,
            value,
            "the column is declared 'with infinity', whose image this value is; declare a string");
      }
      return decoded;
    }

    private Object limit(Infinite infinite) {
      LocalDate date = infinite == Infinite.LATEST ? LAST : FIRST;
      if (lakeType() instanceof LakeType.Date) {
        return date;
      }
      LocalDateTime time =
          infinite == Infinite.LATEST ? date.atTime(23, 59, 59, 999_999_000) : date.atStartOfDay();
      return lakeType() instanceof LakeType.Timestamp ? instant(time) : time;
    }

    private static Instant instant(LocalDateTime time) {
      return time.toInstant(ZoneOffset.UTC);
    }
  }

  /** What stands as JSON in a text. */
  record InJsonText(Codec inner) implements Codec {
    @Override
    public LakeType lakeType() {
      return inner.lakeType();
    }

    @Override
    public Object decode(JsonNode value) {
      JsonNode json = JsonText.parse(BytesCodecs.text(value));
      // A JSON null inside of a text is a value of the source, and no lake type but text has it.
      if (json.isNull()) {
        throw UndecodableValueException.value(
            Code.WRONG_JSON_TYPE, value, "the JSON text is null, a value is expected");
      }
      return inner.decode(json);
    }
  }

  /** Numbers of any size in a declared one, exactly or not at all. */
  record Fitted(Codec natural, LakeType.Decimal lakeType) implements Codec {
    @Override
    public Object decode(JsonNode value) {
      BigDecimal number = new BigDecimal(natural.decode(value).toString());
      return Exact.rescale(
          number, lakeType.precision() - lakeType.scale(), lakeType.scale(), value);
    }
  }

  /** A number or boolean as its digits or word. */
  record Written(Codec natural) implements Codec {
    @Override
    public LakeType lakeType() {
      return new LakeType.Text();
    }

    @Override
    public Object decode(JsonNode value) {
      Object decoded = natural.decode(value);
      return decoded instanceof BigDecimal decimal ? decimal.toPlainString() : decoded.toString();
    }
  }

  /** A value in a wider type. */
  record Widened(Codec natural, Widening widening) implements Codec {
    @Override
    public LakeType lakeType() {
      return widening.to();
    }

    @Override
    public Object decode(JsonNode value) {
      return widening.apply(natural.decode(value));
    }
  }
}
