package io.tidemark.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.event.Position.Phase;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Rules 2 and 5: a total order by the source's log, in which snapshot rows lose. */
class PositionTest {
  private static final Origin FIRST = new Origin("shop.public.orders", 0, 7);
  private static final Origin SECOND = new Origin("shop.public.orders", 0, 8);

  /** What a position is made of; the order of its text must be the order of these. */
  record Parts(long lsn, Phase phase, Origin origin) {
    // A topic counts with the dot that ends it, so that "a" and "a-b" have an order too.
    static final Comparator<Parts> ORDER =
        Comparator.<Parts, Long>comparing(Parts::lsn, Long::compareUnsigned)
            .thenComparing(Parts::phase)
            .thenComparing(parts -> parts.origin().topic() + ".")
            .thenComparingInt(parts -> parts.origin().partition())
            .thenComparingLong(parts -> parts.origin().offset());

    Position position() {
      return Position.ofPostgres(lsn, phase, origin);
    }
  }

  @Provide
  Arbitrary<Parts> parts() {
    Arbitrary<Long> lsns =
        Arbitraries.oneOf(
            Arbitraries.of(0L, 1L, 9L, 10L, 0xFFL, 0x100L, Long.MAX_VALUE, Long.MIN_VALUE, -1L),
            Arbitraries.longs());
    // Lengths differ, and one is another's beginning.
    Arbitrary<String> topics = Arbitraries.of("shop.public.a", "shop.public.a-b", "t", "T_1");
    Arbitrary<Integer> partitions = Arbitraries.of(0, 1, 9, 10, 11, 99, 100, 999_999);
    Arbitrary<Long> offsets = Arbitraries.of(0L, 1L, 9L, 10L, 99L, 100L, Long.MAX_VALUE);
    return Combinators.combine(
            lsns,
            Arbitraries.of(Phase.values()),
            Combinators.combine(topics, partitions, offsets).as(Origin::new))
        .as(Parts::new);
  }

  @Property
  void textHasTheOrderOfItsParts(@ForAll("parts") Parts one, @ForAll("parts") Parts other) {
    int expected = Integer.signum(Parts.ORDER.compare(one, other));

    assertThat(Integer.signum(one.position().compareTo(other.position()))).isEqualTo(expected);
    // Spark and Delta compare UTF-8 bytes.
    assertThat(Integer.signum(Arrays.compareUnsigned(bytes(one), bytes(other))))
        .isEqualTo(expected);
    assertThat(one.position().equals(other.position())).isEqualTo(one.equals(other));
  }

  private static byte[] bytes(Parts parts) {
    return parts.position().text().getBytes(StandardCharsets.UTF_8);
  }

  /** The lake holds positions: another spelling would misorder every change after it. */
  @Test
  void spellingNeverChanges() {
    Origin origin = new Origin("shop.public.orders", 3, 1234);

    assertThat(Position.ofPostgres(0x16B3748, Phase.STREAM, origin))
        .hasToString("0000.00000000016B3748.1.shop.public.orders.000003.0000000000000001234");
    assertThat(Position.ofPostgres(0x16B3748, Phase.SNAPSHOT, origin).text())
        .isEqualTo("0000.00000000016B3748.0.shop.public.orders.000003.0000000000000001234");
  }

  @Test
  void aSnapshotRowLosesToAStreamedChangeOfTheSameLsnEvenIfItCameLater() {
    assertThat(Position.ofPostgres(100, Phase.SNAPSHOT, SECOND))
        .isLessThan(Position.ofPostgres(100, Phase.STREAM, FIRST));
  }

  @Test
  void aSnapshotRowBeatsChangesFromBeforeTheSnapshotBegan() {
    assertThat(Position.ofPostgres(101, Phase.SNAPSHOT, FIRST))
        .isGreaterThan(Position.ofPostgres(100, Phase.STREAM, SECOND));
  }

  @Test
  void changesOfOneLsnAreOrderedByTheirOffset() {
    assertThat(Position.ofPostgres(100, Phase.STREAM, FIRST))
        .isLessThan(Position.ofPostgres(100, Phase.STREAM, SECOND))
        .isEqualTo(Position.ofPostgres(100, Phase.STREAM, FIRST));
  }

  @Test
  void aLaterLsnWinsWhateverItsOffset() {
    assertThat(Position.ofPostgres(100, Phase.STREAM, SECOND))
        .isLessThan(Position.ofPostgres(101, Phase.STREAM, FIRST));
  }
}
