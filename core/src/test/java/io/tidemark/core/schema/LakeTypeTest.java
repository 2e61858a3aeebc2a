package io.tidemark.core.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.core.error.TidemarkException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LakeTypeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BOOLEAN",
        "INT",
        "BIGINT",
        "FLOAT",
        "DOUBLE",
        "DECIMAL(1,0)",
        "DECIMAL(38,38)",
        "STRING",
        "BINARY",
        "DATE",
        "TIMESTAMP",
        "TIMESTAMP_NTZ",
        "ARRAY<INT>",
        "MAP<STRING, ARRAY<DECIMAL(12,2)>>",
        "STRUCT<`a`: INT, `b c`: STRUCT<`d``e`: DATE>>"
      })
  void ddlAndParseAreInverse(String ddl) {
    assertThat(LakeType.parse(ddl).ddl()).isEqualTo(ddl);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "integer|INT",
        " bigint |BIGINT",
        "long|BIGINT",
        "real|FLOAT",
        "numeric ( 12 , 2 )|DECIMAL(12,2)",
        "decimal(5)|DECIMAL(5,0)",
        "array < array<string> >|ARRAY<ARRAY<STRING>>",
        "struct<a int, `B`:string>|STRUCT<`a`: INT, `B`: STRING>"
      })
  void otherSpellingsAreRead(String text, String ddl) {
    assertThat(LakeType.parse(text).ddl()).isEqualTo(ddl);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "varchar|unknown type 'VARCHAR'",
        "''|a type is missing",
        "decimal|'(' is expected",
        "decimal(39,2)|precision must be 1 to 38",
        "decimal(2,3)|precision must be 1 to 38",
        "decimal(99999999999,3)|a number of digits is expected",
        "int x|unexpected 'x'",
        "array<int|'>' is expected",
        "map<int>|',' is expected",
        "struct<>|a field name is missing",
        "struct<a int, a int>|occurs twice",
        "struct<`a int>|does not end"
      })
  void whatIsNoTypeIsRefusedWithTheTypesThereAre(String text, String problem) {
    assertThatThrownBy(() -> LakeType.parse(text))
        .isInstanceOf(TidemarkException.class)
        .hasMessageStartingWith("Invalid lake type: '" + text + "'")
        .hasMessageContaining(problem)
        .extracting(e -> ((TidemarkException) e).remedy())
        .asString()
        .contains("decimal(p,s)", "timestamp_ntz");
  }

  @Test
  void nestingHasALimit() {
    String deep = "array<".repeat(50_000) + "int" + ">".repeat(50_000);

    assertThatThrownBy(() -> LakeType.parse(deep)).hasMessageContaining("more than 100 deep");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INT|INT|INT",
        "INT|BIGINT|BIGINT",
        "FLOAT|DOUBLE|DOUBLE",
        "DECIMAL(10,2)|DECIMAL(12,2)|DECIMAL(12,2)",
        "DECIMAL(10,2)|DECIMAL(10,4)|DECIMAL(12,4)",
        "INT|DECIMAL(5,2)|DECIMAL(12,2)",
        "BIGINT|DECIMAL(5,2)|DECIMAL(21,2)",
        "INT|DECIMAL(20,0)|DECIMAL(20,0)",
        "DECIMAL(38,0)|DECIMAL(30,0)|DECIMAL(38,0)",
        "ARRAY<INT>|ARRAY<BIGINT>|ARRAY<BIGINT>",
        "MAP<STRING, INT>|MAP<STRING, BIGINT>|MAP<STRING, BIGINT>",
        "STRUCT<`a`: INT, `b`: DATE>|STRUCT<`a`: BIGINT, `b`: DATE>|STRUCT<`a`: BIGINT, `b`: DATE>"
      })
  void widens(String a, String b, String common) {
    assertThat(LakeType.common(LakeType.parse(a), LakeType.parse(b)))
        .contains(LakeType.parse(common));
    assertThat(LakeType.common(LakeType.parse(b), LakeType.parse(a)))
        .contains(LakeType.parse(common));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DECIMAL(38,0)|DECIMAL(38,2)",
        "BIGINT|DECIMAL(38,20)",
        "INT|STRING",
        "INT|DOUBLE",
        "BIGINT|DOUBLE",
        "DECIMAL(5,2)|DOUBLE",
        "INT|BOOLEAN",
        "DATE|TIMESTAMP",
        "TIMESTAMP|TIMESTAMP_NTZ",
        "STRING|BINARY",
        "ARRAY<INT>|INT",
        "ARRAY<INT>|ARRAY<STRING>",
        "MAP<STRING, INT>|MAP<INT, INT>",
        "STRUCT<`a`: INT>|STRUCT<`b`: INT>",
        "STRUCT<`a`: INT>|STRUCT<`a`: INT, `b`: INT>",
        "STRUCT<`a`: INT, `b`: INT>|STRUCT<`b`: INT, `a`: INT>"
      })
  void whatWouldLoseHasNoCommonType(String a, String b) {
    assertThat(LakeType.common(LakeType.parse(a), LakeType.parse(b))).isEmpty();
    assertThat(LakeType.common(LakeType.parse(b), LakeType.parse(a))).isEmpty();
  }

  @Test
  void structsAndDecimalsRefuseWhatTheyCannotBe() {
    assertThatThrownBy(() -> new LakeType.Decimal(39, 0)).hasMessageContaining("decimal(39,0)");
    assertThatThrownBy(() -> new LakeType.Decimal(2, 3)).hasMessageContaining("decimal(2,3)");
    assertThatThrownBy(() -> new LakeType.StructOf(List.of())).hasMessageContaining("no fields");
  }
}
