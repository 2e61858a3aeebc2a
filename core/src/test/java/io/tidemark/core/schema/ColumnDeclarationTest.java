package io.tidemark.core.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.core.error.ExitCode;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.schema.ColumnDeclaration.Encoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnDeclarationTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "decimal(12,2) from base64|DECIMAL(12,2)|BASE64|decimal(12,2) from base64",
        "DECIMAL( 12, 2 )  FROM  Base64|DECIMAL(12,2)|BASE64|decimal(12,2) from base64",
        "decimal(12,2)|DECIMAL(12,2)|NATURAL|decimal(12,2)",
        "timestamp_ntz from nanos|TIMESTAMP_NTZ|NANOS|timestamp_ntz from nanos",
        "timestamp|TIMESTAMP|ISO|timestamp",
        "timestamp from iso|TIMESTAMP|ISO|timestamp",
        "date from days|DATE|DAYS|date from days",
        "binary from base64|BINARY|BASE64|binary",
        "string|STRING|NATURAL|string",
        "array<int> from natural|ARRAY<INT>|NATURAL|ARRAY<INT>",
        "struct<`a from b`: int>|STRUCT<`a from b`: INT>|NATURAL|STRUCT<`a from b`: INT>"
      })
  void readsTypeAndEncoding(String text, String type, Encoding encoding, String canonical) {
    ColumnDeclaration declaration = ColumnDeclaration.parse(text);

    assertThat(declaration.lakeType().ddl()).isEqualTo(type);
    assertThat(declaration.encoding()).isEqualTo(encoding);
    assertThat(declaration.text()).isEqualTo(canonical);
    assertThat(ColumnDeclaration.parse(declaration.text())).isEqualTo(declaration);
  }

  @Test
  void unknownEncodingListsThoseOfTheType() {
    assertThatThrownBy(() -> ColumnDeclaration.parse("timestamp from seconds"))
        .isInstanceOfSatisfying(
            TidemarkException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
              assertThat(e)
                  .hasMessage(
                      "Invalid column type: 'timestamp from seconds': unknown encoding 'seconds'");
              assertThat(e.remedy())
                  .isEqualTo("TIMESTAMP can come from: iso, millis, micros, nanos, bson.");
            });
  }

  @Test
  void encodingOfAnotherTypeIsRefused() {
    assertThatThrownBy(() -> ColumnDeclaration.parse("bigint from base64"))
        .isInstanceOfSatisfying(
            TidemarkException.class,
            e -> {
              assertThat(e).hasMessage("Invalid column type: BIGINT cannot come from 'base64'");
              assertThat(e.remedy()).contains("natural");
            });
  }

  @Test
  void unknownTypeListsThoseThereAre() {
    assertThatThrownBy(() -> ColumnDeclaration.parse("varchar(20)"))
        .hasMessageContaining("unknown type 'VARCHAR'");
  }
}
