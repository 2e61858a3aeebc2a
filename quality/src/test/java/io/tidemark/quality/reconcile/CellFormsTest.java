package io.tidemark.quality.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.core.database.DatabaseType;
import io.tidemark.core.error.ExitCode;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.schema.LakeType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which texts of the source equal which values of the lake. */
class CellFormsTest {
  private static final LakeType TEXT = new LakeType.Text();

  static Stream<Arguments> equalValues() {
    return Stream.of(
        pair("numeric", new LakeType.Decimal(12, 2), "12.50", new BigDecimal("12.50")),
        pair("numeric", new LakeType.Decimal(14, 4), "12.50", new BigDecimal("12.5000")),
        pair("numeric", TEXT, "1000.00", "1000"),
        pair("numeric", TEXT, "1000", "1E+3"),
        pair("numeric", TEXT, "NaN", "NaN"),
        pair("int2", new LakeType.Int32(), "-7", -7),
        pair("int4", new LakeType.Int64(), "7", 7L),
        pair("float8", new LakeType.Float64(), "0.1", 0.1),
        pair("float8", new LakeType.Float64(), "NaN", Double.NaN),
        pair("float8", new LakeType.Float64(), "-Infinity", Double.NEGATIVE_INFINITY),
        pair("float4", new LakeType.Float64(), "0.1", (double) 0.1f),
        pair("time", TEXT, "09:05:00", "09:05:00.000000"),
        pair("time", TEXT, "24:00:00", "24:00:00.000000"),
        pair("timetz", TEXT, "01:00:00.5+02", "23:00:00.5Z"),
        pair("timetz", TEXT, "01:00:00-05:30", "06:30:00Z"),
        pair("json", TEXT, "{\"b\": 1.0, \"a\": [1, null]}", "{\"a\":[1,null],\"b\":1}"),
        pair("json", TEXT, "{\"a\": 1, \"a\": 2}", "{\"a\": 1, \"a\": 2}"),
        pair("interval", TEXT, "P1Y2M3DT4H5M6.5S", "P0Y14M3DT0H245M6.500000S"),
        pair("interval", new LakeType.Int64(), "P1M1DT-1S", 2_629_800_000_000L + 86_399_000_000L),
        pair(
            "timestamp",
            new LakeType.TimestampNtz(),
            "2024-02-29 12:00:00.123456",
            LocalDateTime.parse("2024-02-29T12:00:00.123456")),
        pair(
            "timestamptz",
            new LakeType.Timestamp(),
            "2024-02-29 12:00:00+00",
            Instant.parse("2024-02-29T12:00:00Z")),
        pair(
            "timestamptz",
            new LakeType.Timestamp(),
            "1999-12-31 23:59:59.5+05:30",
            Instant.parse("1999-12-31T18:29:59.5Z")),
        pair("bytea", new LakeType.Binary(), "\\x00ff", new byte[] {0, -1}),
        pair("bytea", new LakeType.Binary(), "\\x", new byte[0]));
  }

  @ParameterizedTest
  @MethodSource("equalValues")
  void equal(String source, LakeType lake, String text, Object value) {
    CellForm form = CellForms.of("t.c", DatabaseType.base(source), lake);

    assertThat(Canonical.bytes(form.ofSource(text))).isEqualTo(Canonical.bytes(form.ofLake(value)));
  }

  static Stream<Arguments> differentValues() {
    return Stream.of(
        pair("numeric", new LakeType.Decimal(12, 2), "12.51", new BigDecimal("12.50")),
        pair("numeric", TEXT, "1.50", "1.51"),
        pair("text", TEXT, "a ", "a"),
        pair("text", TEXT, "", "NULL"),
        pair("float8", new LakeType.Float64(), "-0", 0.0),
        pair("float8", new LakeType.Float64(), "0.30000000000000004", 0.3),
        pair("json", TEXT, "{\"a\": 1}", "{\"a\": \"1\"}"),
        pair("json", TEXT, "[1, 2]", "[2, 1]"),
        pair("interval", TEXT, "P1M", "P30D"),
        pair(
            "timestamp",
            new LakeType.TimestampNtz(),
            "infinity",
            LocalDateTime.parse("9999-12-31T23:59:59.999999")),
        pair(
            "timestamp",
            new LakeType.TimestampNtz(),
            "2024-02-29 12:00:00.123456",
            LocalDateTime.parse("2024-02-29T12:00:00.123")),
        pair("bool", new LakeType.Bool(), "t", false));
  }

  @ParameterizedTest
  @MethodSource("differentValues")
  void different(String source, LakeType lake, String text, Object value) {
    CellForm form = CellForms.of("t.c", DatabaseType.base(source), lake);

    assertThat(Canonical.bytes(form.ofSource(text)))
        .isNotEqualTo(Canonical.bytes(form.ofLake(value)));
  }

  private static Arguments pair(String source, LakeType lake, String text, Object value) {
    return Arguments.of(source, lake, text, value);
  }

  @Test
  void arraysAreComparedElementByElement() {
    CellForm form =
        CellForms.of(
            "t.c",
            DatabaseType.array(DatabaseType.base("int4")),
            new LakeType.ArrayOf(new LakeType.Int32()));

    assertThat(form.ofSource("{1,NULL,3}")).isEqualTo(form.ofLake(Arrays.asList(1, null, 3)));
    assertThat(form.ofSource("{1,3}")).isNotEqualTo(form.ofLake(List.of(3, 1)));
    assertThat(Canonical.bytes(form.ofSource("{}"))).isNotEqualTo(Canonical.bytes(null));
  }

  @Test
  void pairsWithoutARuleAreNamed() {
    assertThatThrownBy(() -> CellForms.of("public.t.c", DatabaseType.base("point"), TEXT))
        .isInstanceOfSatisfying(
            TidemarkException.class,
            error -> assertThat(error.exitCode()).isEqualTo(ExitCode.CONFIGURATION))
        .hasMessage("Cannot compare column 'public.t.c': no rule says what a point is as STRING");
  }
}
