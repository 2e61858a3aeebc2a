package io.tidemark.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperationTest {
  @Test
  void codesAreDebeziums() {
    assertThat(Arrays.stream(Operation.values()).map(Operation::code))
        .containsExactly("r", "c", "u", "d", "t", "m");
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void everyCodeIsFound(Operation operation) {
    assertThat(Operation.ofCode(operation.code())).contains(operation);
  }

  /** Rule 9: an unknown operation is nobody's insert. */
  @ParameterizedTest
  @ValueSource(strings = {"", "x", "C", "cr", "null", " c"})
  void unknownCodesAreNone(String code) {
    assertThat(Operation.ofCode(code)).isEmpty();
  }

  @Test
  void namesOfSourceTablesLeaveOutWhatTheConnectorLacks() {
    assertThat(new SourceTable("shop", "public", "orders")).hasToString("shop.public.orders");
    assertThat(new SourceTable("shop", "", "orders")).hasToString("shop.orders");
    assertThat(new SourceTable("", "", "orders")).hasToString("orders");
  }
}
