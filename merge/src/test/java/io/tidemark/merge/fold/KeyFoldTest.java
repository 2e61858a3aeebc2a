package io.tidemark.merge.fold;

import static io.tidemark.merge.fold.Fold.bronze;
import static io.tidemark.merge.fold.Fold.position;
import static io.tidemark.merge.fold.Fold.undecodable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.core.schema.UndecodableValueException;
import io.tidemark.merge.fold.FoldedChange.Kind;
import io.tidemark.merge.log.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rule 3: all changes of a key in a batch become one, in the source's order. */
class KeyFoldTest {
  private static final Shape ITEMS = Shape.of("id bigint", "name string", "body string");
  private static final List<String> TARGET = List.of("id bigint", "name string", "body string");
  private static final RowDecoders DECODERS = Fold.decoders(TARGET, ITEMS);
  private static final int BODY = 2;
  private static final int NAME = 1;

  /** A row whose body the source did not log. */
  private static String toasted(String name) {
    return "{'id':1,'name':'%s','body':'__debezium_unavailable_value'}".formatted(name);
  }

  private static String row(String name, String body) {
    return "{'id':1,'name':'%s','body':'%s'}".formatted(name, body);
  }

  @Test
  void theNewestChangeDecidesAndIsTheOnlyOneDecoded() {
    FoldedChange folded =
        Fold.of(
            DECODERS,
            bronze(ITEMS.update(30, row("c", "z"))),
            undecodable(ITEMS.update(20, row("b", "y"))),
            undecodable(ITEMS.create(10, row("a", "x"))));

    assertThat(folded.kind()).isEqualTo(Kind.UPSERT);
    assertThat(folded.values()).containsExactly(1L, "c", "z");
    assertThat(folded.newest().position()).isEqualTo(position(30));
    assertThat(folded.events()).isEqualTo(3);
    assertThat(folded.unavailable()).isEmpty();
    assertThat(folded.storedSince()).isEmpty();
  }

  @Test
  void anUnavailableValueComesFromTheNewestOlderChangeThatHasIt() {
    FoldedChange folded =
        Fold.of(
            DECODERS,
            bronze(ITEMS.update(40, toasted("d"))),
            bronze(ITEMS.update(30, toasted("c"))),
            bronze(ITEMS.update(20, row("b", "y"))),
            undecodable(ITEMS.create(10, row("a", "x"))));

    assertThat(folded.values()).containsExactly(1L, "d", "y");
    assertThat(folded.storedSince()).as("needs no stored row").isEmpty();
    assertThat(folded.unavailable())
        .as("a row stored after 20 knows better")
        .isEqualTo(Map.of(BODY, position(20)));
  }

  @Test
  void eachUnavailableValueIsFilledByItself() {
    String neither =
        "{'id':1,'name':'__debezium_unavailable_value','body':'__debezium_unavailable_value'}";
    FoldedChange folded =
        Fold.of(
            DECODERS,
            bronze(ITEMS.update(30, neither)),
            bronze(ITEMS.update(20, toasted("b"))),
            bronze(ITEMS.create(10, row("a", "x"))));

    assertThat(folded.values()).containsExactly(1L, "b", "x");
    assertThat(folded.unavailable()).isEqualTo(Map.of(NAME, position(20), BODY, position(10)));
  }

  @Test
  void anUnavailableValueThatWasNullIsNull() {
    FoldedChange folded =
        Fold.of(
            DECODERS,
            bronze(ITEMS.update(20, toasted("b"))),
            bronze(ITEMS.create(10, "{'id':1,'name':'a','body':null}")));

    assertThat(folded.values()).containsExactly(1L, "b", null);
    assertThat(folded.storedSince()).isEmpty();
  }

  @Test
  void aValueThatNoChangeHasIsLeftToAStoredRow() {
    FoldedChange folded =
        Fold.of(
            DECODERS,
            bronze(ITEMS.update(20, toasted("b"))),
            bronze(ITEMS.update(10, toasted("a"))));

    assertThat(folded.values()).containsExactly(1L, "b", null);
    assertThat(folded.unavailable()).isEqualTo(Map.of(BODY, ""));
    assertThat(folded.storedSince()).as("any stored row will do").contains("");
  }

  @Test
  void aValueFromBeforeADeleteIsAnotherRowsValue() {
    FoldedChange folded =
        Fold.of(
            DECODERS,
            bronze(ITEMS.update(30, toasted("c"))),
            bronze(ITEMS.delete(20, "{'id':1}")),
            undecodable(ITEMS.create(10, row("a", "x"))));

    assertThat(folded.kind()).isEqualTo(Kind.UPSERT);
    assertThat(folded.values()).as("nothing of the deleted row").containsExactly(1L, "c", null);
    assertThat(folded.storedSince())
        .as("only a row stored after the delete can have it")
        .contains(position(20));
    assertThat(folded.events()).isEqualTo(3);
  }

  @Test
  void aDeleteBehindACompleteChangeMeansNothing() {
    FoldedChange folded =
        Fold.of(
            DECODERS,
            bronze(ITEMS.create(30, row("c", "z"))),
            bronze(ITEMS.delete(20, "{'id':1}")),
            undecodable(ITEMS.create(10, row("a", "x"))));

    assertThat(folded.values()).containsExactly(1L, "c", "z");
    assertThat(folded.storedSince()).isEmpty();
  }

  @Test
  void aDeleteWinsOverEverythingOlderAndKeepsTheKeysValues() {
    FoldedChange folded =
        Fold.of(
            DECODERS,
            bronze(ITEMS.delete(20, "{'id':1}")),
            undecodable(ITEMS.update(10, row("a", "x"))));

    assertThat(folded.kind()).isEqualTo(Kind.DELETE);
    assertThat(folded.values()).containsExactly(1L, null, null);
    assertThat(folded.events()).isEqualTo(2);
  }

  @Test
  void changesOfOtherKeysAreToldApart() {
    KeyFold fold = new KeyFold(DECODERS, bronze(ITEMS.delete(20, "{'id':1}")));

    assertThat(fold.isSameKey(bronze(ITEMS.delete(10, "{'id':1}")))).isTrue();
    assertThat(fold.isSameKey(bronze(ITEMS.delete(10, "{'id':11}")))).isFalse();
  }

  @Test
  void aNewestChangeThatDoesNotDecodeIsAnError() {
    BronzeChange broken = undecodable(ITEMS.update(10, row("a", "x")));

    assertThatThrownBy(() -> new KeyFold(DECODERS, broken))
        .isInstanceOf(UndecodableValueException.class)
        .hasMessageContaining("{no json");
  }
}
