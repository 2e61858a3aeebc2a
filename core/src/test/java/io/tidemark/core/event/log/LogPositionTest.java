package io.tidemark.core.event.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.event.log.MongoPosition.Clock;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Rule 2: the text of every connector's position has the order of what it is made of. */
class LogPositionTest {
  private static final long SEED = 20260302;
  private static final int POSITIONS = 400;

  /** Small numbers often, so that ties and neighbours occur; else any that fit. */
  private static long number(Random random, int bits) {
    return random.nextBoolean() ? random.nextInt(4) : random.nextLong() >>> (64 - bits);
  }

  private static <T extends LogPosition> void assertOrder(
      Function<Random, T> any, Comparator<T> order) {
    Random random = new Random(SEED);
    List<T> positions = new ArrayList<>();
    for (int i = 0; i < POSITIONS; i++) {
      positions.add(any.apply(random));
    }
    int width = positions.get(0).text().length();
    for (T one : positions) {
      assertThat(one.text()).as("seed %d", SEED).hasSize(width).doesNotContain(".");
      for (T other : positions) {
        assertThat(Integer.signum(Arrays.compareUnsigned(bytes(one), bytes(other))))
            .as("seed %d: %s against %s", SEED, one, other)
            .isEqualTo(Integer.signum(order.compare(one, other)));
      }
    }
  }

  private static byte[] bytes(LogPosition position) {
    return position.text().getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void rule2PostgresIsOrderedByLsn() {
    assertOrder(
        random -> new PostgresPosition(number(random, 64), number(random, 62)),
        (a, b) -> Long.compareUnsigned(a.lsn(), b.lsn()));
    assertThat(new PostgresPosition(0x16B3748, 7).text()).isEqualTo("00000000016B3748");
    assertThat(new PostgresPosition(100, 99).commitOrder()).isEqualTo(99);
  }

  @Test
  void rule2BinlogIsOrderedByTimelineTransactionFilePositionRow() {
    assertOrder(
        random ->
            new BinlogPosition(
                random.nextInt(3),
                number(random, 48),
                number(random, 19),
                number(random, 40),
                number(random, 31)),
        Comparator.comparingInt(BinlogPosition::timeline)
            .thenComparingLong(BinlogPosition::transaction)
            .thenComparingLong(BinlogPosition::file)
            .thenComparingLong(BinlogPosition::position)
            .thenComparingLong(BinlogPosition::row));
    assertThat(BinlogPosition.of(3, 805, 2).text())
        .isEqualTo("00000-0000000000000000000-0000000003-0000000000000000805-0000000002");
  }

  @Test
  void aBinlogsCommitOrderIsThatOfItsFilesAndAnyTimelineIsAboveThem() {
    assertThat(BinlogPosition.of(999_999, 1, 0).commitOrder())
        .isGreaterThan(BinlogPosition.of(999_998, 4_000_000_000L, 0).commitOrder())
        .isLessThan(BinlogPosition.commitOrder(1, 0));
    long order = BinlogPosition.commitOrder(BinlogPosition.MAX_TIMELINE, 123_456_789_012L);
    assertThat(BinlogPosition.timelineOf(order)).isEqualTo(BinlogPosition.MAX_TIMELINE);
    assertThat(BinlogPosition.transactionOf(order)).isEqualTo(123_456_789_012L);
    assertThat(BinlogPosition.timelineOf(BinlogPosition.of(999_999, 9, 9).commitOrder())).isZero();
  }

  @Test
  void aBinlogsFileNumberIsTheEndOfItsName() {
    assertThat(BinlogPosition.fileNumber("mysql-bin.000042")).hasValue(42);
    assertThat(BinlogPosition.fileNumber("db1.example-bin.1000000")).as("seven digits").isEmpty();
    assertThat(BinlogPosition.fileNumber("")).isEmpty();
  }

  @Test
  void gtidsOfBothServersNameTheirSource() {
    String uuid = "24bc7850-2c16-11e6-a073-0242ac110002";
    assertThat(Gtid.parse(uuid + ":7")).contains(new Gtid(uuid, 7));
    assertThat(Gtid.parse(uuid + ":batch:7")).contains(new Gtid(uuid + ":batch", 7));
    assertThat(Gtid.parse("0-184-39")).contains(new Gtid("domain 0", 39));
    assertThat(Gtid.parse("0-9-40")).as("another primary").contains(new Gtid("domain 0", 40));
    assertThat(Gtid.parse("null")).isEmpty();
  }

  private static String hex(Random random) {
    return SqlServerPosition.lsn(
            "%08x:%08x:%04x"
                .formatted(
                    (int) number(random, 31), (int) number(random, 31), (int) number(random, 16)))
        .orElseThrow();
  }

  @Test
  void rule2SqlServerIsOrderedByCommitThenChangeThenSerialNumber() {
    assertOrder(
        random -> new SqlServerPosition(hex(random), hex(random), number(random, 40)),
        Comparator.<SqlServerPosition, BigInteger>comparing(p -> new BigInteger(p.commitLsn(), 16))
            .thenComparing(p -> new BigInteger(p.changeLsn(), 16))
            .thenComparingLong(SqlServerPosition::serial));
    assertThat(SqlServerPosition.lsn("00000027:00000AC0:00ff")).contains("0000002700000AC000FF");
    assertThat(SqlServerPosition.lsn("27:ac0:2")).isEmpty();
    assertThat(SqlServerPosition.lsn("NULL")).isEmpty();
  }

  @Test
  void rule2OracleIsOrderedByCommitThenWithinTheTransaction() {
    assertOrder(
        random ->
            new OraclePosition(
                BigInteger.valueOf(number(random, 60)),
                BigInteger.valueOf(number(random, 60)),
                number(random, 40),
                OraclePosition.redo("0x%08x.%08x.0010".formatted(random.nextInt(3), 5))
                    .orElseThrow(),
                number(random, 30)),
        Comparator.comparing(OraclePosition::commitScn)
            .thenComparing(OraclePosition::scn)
            .thenComparingLong(OraclePosition::sequence)
            .thenComparing(p -> new BigInteger(p.redo(), 16))
            .thenComparingLong(OraclePosition::ssn));
    assertThat(OraclePosition.redo(" 0x1234.12345.124 ")).contains("00001234000123450124");
    assertThat(OraclePosition.redo("001234.00012345.0124")).contains("00001234000123450124");
    assertThat(OraclePosition.redo("")).isEmpty();
    assertThat(OraclePosition.scn("18446744073709551615")).isPresent();
    assertThat(OraclePosition.scn("-1")).isEmpty();
  }

  @Test
  void rule2MongoIsOrderedByTimeThenCount() {
    assertOrder(
        random -> new MongoPosition(number(random, 41), number(random, 31), Clock.CLUSTER),
        Comparator.comparingLong(MongoPosition::millis).thenComparingLong(MongoPosition::ordinal));
    assertThat(new MongoPosition(5, 0, Clock.WALL).slack()).isEqualTo(600_000);
    assertThat(new MongoPosition(5, 1, Clock.CLUSTER).slack()).isZero();
  }

  @Test
  void whatHasNoPlaceInALogLeavesTheOrderToItsOffset() {
    assertThat(new OriginOnly().text()).isEqualTo(new OriginOnly().text());
    assertThat(new OriginOnly().commitOrder()).isEqualTo(LogPosition.UNKNOWN);
  }
}
