package io.tidemark.core.schema;

import io.tidemark.core.schema.ColumnDeclaration.Encoding;
import io.tidemark.core.schema.TimeCodecs.Unit;
import java.util.List;

/** Codecs of columns whose type the pipeline file declares. */
final class DeclaredCodecs {
  private DeclaredCodecs() {}

  static Codec of(ColumnDeclaration declaration) {
    Codec finite = finite(declaration);
    return declaration.infinity() == ColumnDeclaration.Infinity.LIMITS
        ? new ImageCodecs.InfinityAtLimits(finite, timeForm(declaration.encoding()))
        : finite;
  }

  /** Only how infinity is written matters here. */
  private static TimeForm timeForm(Encoding encoding) {
    return switch (encoding) {
      case DAYS -> new TimeForm.Days();
      case MILLIS, MICROS, NANOS -> new TimeForm.Count(unit(encoding), "");
      default -> new TimeForm.IsoZoned();
    };
  }

  private static Codec finite(ColumnDeclaration declaration) {
    LakeType type = declaration.lakeType();
    Encoding encoding = declaration.encoding();
    if (encoding == Encoding.BSON) {
      return BsonCodecs.of(type);
    }
    if (type instanceof LakeType.Decimal decimal) {
      return encoding == Encoding.BASE64
          ? new DecimalCodecs.Unscaled(decimal)
          : new DecimalCodecs.Digits(decimal);
    }
    if (type instanceof LakeType.Binary) {
      return new BytesCodecs.Binary(encoding);
    }
    if (type instanceof LakeType.Date) {
      return encoding == Encoding.DAYS ? new TimeCodecs.EpochDays() : new TimeCodecs.IsoDate();
    }
    if (type instanceof LakeType.Timestamp) {
      return encoding == Encoding.ISO
          ? new TimeCodecs.IsoInstant()
          : new TimeCodecs.EpochInstant(unit(encoding));
    }
    if (type instanceof LakeType.TimestampNtz) {
      return encoding == Encoding.ISO
          ? new TimeCodecs.IsoLocal(TimeCodecs.Marker.NONE)
          : new TimeCodecs.EpochLocal(unit(encoding));
    }
    return natural(type);
  }

  private static Codec natural(LakeType type) {
    NumberCodecs.Form form = NumberCodecs.Form.NUMBER_OR_TEXT;
    if (type instanceof LakeType.Bool) {
      return new NumberCodecs.Bool();
    }
    if (type instanceof LakeType.Int32) {
      return new NumberCodecs.Int32(Integer.MIN_VALUE, Integer.MAX_VALUE, form);
    }
    if (type instanceof LakeType.Int64) {
      return new NumberCodecs.Int64(form);
    }
    if (type instanceof LakeType.Float32) {
      return new NumberCodecs.Float32();
    }
    if (type instanceof LakeType.Float64) {
      return new NumberCodecs.Float64();
    }
    if (type instanceof LakeType.ArrayOf array) {
      return NestedCodecs.ArrayOf.of(member("element", array.element()));
    }
    if (type instanceof LakeType.MapOf map) {
      return NestedCodecs.MapOf.of(member("key", map.key()), member("value", map.value()));
    }
    if (type instanceof LakeType.StructOf struct) {
      List<Column> fields =
          struct.fields().stream().map(field -> member(field.name(), field.type())).toList();
      return NestedCodecs.StructOf.of(fields);
    }
    return new BytesCodecs.AnyText();
  }

  private static Column member(String name, LakeType type) {
    return new Column(name, ColumnDeclaration.of(type), true, null);
  }

  private static Unit unit(Encoding encoding) {
    return switch (encoding) {
      case MILLIS -> Unit.MILLIS;
      case MICROS -> Unit.MICROS;
      case NANOS -> Unit.NANOS;
      case NATURAL, BASE64, BASE64URL, HEX, ISO, DAYS, BSON ->
          throw new IllegalStateException("Cannot count in " + encoding.word());
    };
  }
}
