package io.tidemark.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.core.event.Operation;
import io.tidemark.core.event.Origin;
import io.tidemark.core.event.SourceTable;
import io.tidemark.core.event.log.BinlogPosition;
import io.tidemark.core.event.log.LogPosition;
import io.tidemark.core.schema.JsonText;
import io.tidemark.ingest.order.CommitMark;
import io.tidemark.ingest.order.OrderMaps;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Rules 2 and 5: source blocks as each connector of Debezium 3.5 sends them. */
class SourcePositionsTest {
  private static final Origin ORIGIN = new Origin("t", 0, 7);
  private static final String END = ".t.000000.0000000000000000007";
  private static final String UUID = "24bc7850-2c16-11e6-a073-0242ac110002";

  private static final String POSTGRES =
      """
      {"version":"3.5.0.Final","connector":"postgresql","name":"shop","ts_ms":1767225600000,\
      "snapshot":"false","db":"shop","sequence":"[\\"24023119\\",\\"24023128\\"]",\
      "ts_us":1767225600000001,"ts_ns":1767225600000001000,"schema":"public","table":"customers",\
      "txId":555,"lsn":24023128,"xmin":null}""";
  private static final String MYSQL =
      """
      {"version":"3.5.0.Final","connector":"mysql","name":"shop","ts_ms":1767225600000,\
      "snapshot":"false","db":"inventory","sequence":null,"table":"customers","server_id":223344,\
      "gtid":null,"file":"mysql-bin.000003","pos":484,"row":1,"thread":7,"query":null}""";
  private static final String SQL_SERVER =
      """
      {"version":"3.5.0.Final","connector":"sqlserver","name":"shop","ts_ms":1767225600000,\
      "snapshot":"false","db":"testDB","schema":"dbo","table":"customers",\
      "change_lsn":"00000027:00000ac0:0002","commit_lsn":"00000027:00000ac0:0007",\
      "event_serial_no":2}""";
  private static final String ORACLE =
      """
      {"version":"3.5.0.Final","connector":"oracle","name":"shop","ts_ms":1767225600000,\
      "snapshot":"false","db":"ORCLPDB1","schema":"DEBEZIUM","table":"CUSTOMERS",\
      "txId":"06001c0027030000","scn":"2122185","commit_scn":"2122190","lcr_position":null,\
      "rs_id":"0x001234.00012345.0124","ssn":1,"redo_thread":1,"user_name":"u","txSeq":3}""";
  private static final String MONGO =
      """
      {"version":"3.5.0.Final","connector":"mongodb","name":"shop","ts_ms":1767225600000,\
      "snapshot":"false","db":"inventory","collection":"customers","ord":31,"lsid":null,\
      "txnNumber":null,"wallTime":null}""";

  private static SourceBlock block(String json, String... replacements) {
    String text = json;
    for (int i = 0; i < replacements.length; i += 2) {
      assertThat(text).contains(replacements[i]);
      text = text.replace(replacements[i], replacements[i + 1]);
    }
    return SourceBlock.of(JsonText.parse(text));
  }

  private static String position(Operation operation, String json, String... replacements) {
    String text = placed(operation, OrderMaps.NONE, json, replacements).position().text();
    assertThat(text).startsWith("0000.").endsWith(END);
    return text.substring(5, text.length() - END.length());
  }

  private static SourceBlock.Placed placed(
      Operation operation, OrderMaps order, String json, String... replacements) {
    return block(json, replacements).place("customers", ORIGIN, operation, order);
  }

  private static CommitMark mark(String json, String... replacements) {
    return placed(Operation.UPDATE, OrderMaps.NONE, json, replacements).mark();
  }

  @Test
  void everyConnectorNamesItsTableAndTransaction() {
    assertThat(block(POSTGRES).table()).isEqualTo(new SourceTable("shop", "public", "customers"));
    assertThat(block(MYSQL).table()).isEqualTo(new SourceTable("inventory", "", "customers"));
    assertThat(block(SQL_SERVER).table()).isEqualTo(new SourceTable("testDB", "dbo", "customers"));
    assertThat(block(ORACLE).table().schema()).isEqualTo("DEBEZIUM");
    assertThat(block(MONGO).table()).isEqualTo(new SourceTable("inventory", "", "customers"));
    assertThat(block(POSTGRES).transaction()).isEqualTo("555");
    assertThat(block(MYSQL).transaction()).isNull();
    assertThat(block(MYSQL, "\"gtid\":null", "\"gtid\":\"0-1-9\"").transaction())
        .isEqualTo("0-1-9");
    assertThat(block(SQL_SERVER).transaction()).isEqualTo("00000027:00000ac0:0007");
    assertThat(block(ORACLE).transaction()).isEqualTo("06001c0027030000");
    assertThat(
            block(
                    MONGO,
                    "\"lsid\":null",
                    "\"lsid\":\"{}\"",
                    "\"txnNumber\":null",
                    "\"txnNumber\":1")
                .transaction())
        .isEqualTo("{}:1");
  }

  @Test
  void rule2PostgresTakesTheLsnAndWatchesTheLastCommit() {
    assertThat(position(Operation.UPDATE, POSTGRES)).isEqualTo("00000000016E9058.1");
    assertThat(mark(POSTGRES)).isEqualTo(new CommitMark(24023119, 24023119, null));
    assertThat(mark(POSTGRES, "\\\"24023119\\\"", "null")).isEqualTo(CommitMark.NONE);
  }

  @Test
  void rule5IncrementalSnapshotRowsOfPostgresHaveOnlyTheirSequence() {
    String[] incremental = {"\"false\"", "\"incremental\"", ",\"lsn\":24023128", ""};

    assertThat(position(Operation.READ, POSTGRES, incremental)).isEqualTo("00000000016E9058.0");
    assertThat(placed(Operation.READ, OrderMaps.NONE, POSTGRES, incremental).mark())
        .isEqualTo(CommitMark.NONE);
  }

  @Test
  void rule2BinlogsWithoutGtidTakeFilePositionAndRow() {
    assertThat(position(Operation.UPDATE, MYSQL))
        .isEqualTo("00000-0000000000000000000-0000000003-0000000000000000484-0000000001.1");
    assertThat(mark(MYSQL)).isEqualTo(CommitMark.of(BinlogPosition.of(3, 484, 1)));
    assertThat(position(Operation.READ, MYSQL, "\"false\"", "\"first\"")).endsWith("0000000001.0");
  }

  @Test
  void rule2GtidsTakeTheTimelineThatTheLakeHasLearnt() {
    String[] gtid = {"\"gtid\":null", "\"gtid\":\"" + UUID + ":17\""};
    OrderMaps learnt =
        new OrderMaps(
            Map.of(), Map.of("customers#0", Map.of(UUID, new TreeMap<>(Map.of(1L, 1, 10L, 3)))));

    assertThat(placed(Operation.UPDATE, learnt, MYSQL, gtid).position().text())
        .startsWith("0000.00003-0000000000000000017-0000000003-0000000000000000484-0000000001.1.");
    assertThat(placed(Operation.UPDATE, learnt, MYSQL, gtid).mark())
        .isEqualTo(
            new CommitMark(
                BinlogPosition.commitOrder(3, 17), BinlogPosition.commitOrder(3, 17), UUID));
    assertThat(mark(MYSQL, gtid).lineage()).as("unknown yet, but named").isEqualTo(UUID);
    assertThat(mark(MYSQL, "mysql\"", "mariadb\"", "\"gtid\":null", "\"gtid\":\"2-1-9\""))
        .extracting(CommitMark::lineage)
        .isEqualTo("domain 2");
  }

  @Test
  void rule5SnapshotRowsOfABinlogAreALineageOfTheirOwn() {
    SourceBlock.Placed row = placed(Operation.READ, OrderMaps.NONE, MYSQL, "\"false\"", "\"true\"");

    assertThat(row.mark().lineage()).isEqualTo("snapshot 3:484");
    assertThat(row.mark().floor()).isEqualTo(CommitMark.EXEMPT);
    assertThat(row.position().text()).startsWith("0000.00000-0000000000000000000-0000000003-");
  }

  @Test
  void rule2SqlServerTakesCommitChangeAndSerialNumber() {
    assertThat(position(Operation.UPDATE, SQL_SERVER))
        .isEqualTo("0000002700000AC00007-0000002700000AC00002-0000000000000000002.1");
    assertThat(mark(SQL_SERVER).order()).isEqualTo(0x0000002700000AC0L);
    assertThat(position(Operation.UPDATE, SQL_SERVER, "no\":2", "no\":\"2\""))
        .as("as text, as in the connector's documentation")
        .isEqualTo(position(Operation.UPDATE, SQL_SERVER));
    assertThat(
            position(
                Operation.READ,
                SQL_SERVER,
                "\"false\"",
                "\"true\"",
                "\"00000027:00000ac0:0002\"",
                "null",
                "no\":2",
                "no\":null"))
        .as("a snapshot's row has only a commit")
        .isEqualTo("0000002700000AC00007-00000000000000000000-0000000000000000000.0");
  }

  @Test
  void rule2OracleTakesTheCommitThenTheOrderWithinTheTransaction() {
    String streamed = position(Operation.UPDATE, ORACLE);

    assertThat(streamed)
        .isEqualTo(
            "00000000000002122190-00000000000002122185-0000000000000000003"
                + "-00001234000123450124-0000000000000000001.1");
    assertThat(mark(ORACLE).order()).isEqualTo(2122190);
    assertThat(position(Operation.UPDATE, ORACLE, "\"txSeq\":3", "\"txSeq\":4"))
        .isGreaterThan(streamed);
    assertThat(
            position(
                Operation.READ,
                ORACLE,
                "\"false\"",
                "\"true\"",
                "\"commit_scn\":\"2122190\"",
                "\"commit_scn\":null",
                "\"2122185\"",
                "\"2122190\""))
        .as("read as of the commit: before a change that commits at it, after earlier ones")
        .isLessThan(streamed)
        .isGreaterThan(position(Operation.UPDATE, ORACLE, "\"2122190\"", "\"2122189\""));
  }

  @Test
  void rule2MongoTakesClusterTimeOrTheWallClock() {
    assertThat(position(Operation.UPDATE, MONGO)).isEqualTo("001767225600000-0000000031.1");
    assertThat(mark(MONGO)).isEqualTo(new CommitMark(1767225600000L, 1767225600000L, null));
    String[] wall = {"\"wallTime\":null", "\"wallTime\":1767225600123", "600000", "600123"};
    assertThat(position(Operation.UPDATE, MONGO, wall)).isEqualTo("001767225600123-0000000000.1");
    assertThat(mark(MONGO, wall).floor())
        .as("clocks of primaries differ")
        .isEqualTo(1767225600123L + 600_000);
  }

  @Test
  void epochsStandInFront() {
    OrderMaps declared =
        new OrderMaps(
            Map.of("customers", List.of(new OrderMaps.Epoch(1, Map.of("t/0", 7L, "t/1", 9L)))),
            Map.of());

    assertThat(placed(Operation.UPDATE, declared, POSTGRES).position().text())
        .startsWith("0001.00000000016E9058.1.");
    assertThat(declared.epoch("customers", new Origin("t", 0, 6))).isZero();
    assertThat(declared.epoch("customers", new Origin("t", 1, 8))).isZero();
    assertThat(declared.epoch("customers", new Origin("t", 2, 0))).isEqualTo(1);
    assertThat(declared.epoch("orders", new Origin("t", 0, 7))).isZero();
  }

  @Test
  void aBlockWithoutItsConnectorsPositionIsRejected() {
    for (String[] broken :
        List.of(
            new String[] {MYSQL, "mysql-bin.000003", "mysql-bin"},
            new String[] {MYSQL, "\"pos\":484", "\"pos\":null"},
            new String[] {SQL_SERVER, "\"commit_lsn\":\"00000027:00000ac0:0007\"", "\"x\":1"},
            new String[] {SQL_SERVER, "ac0:0002", "ac0:2"},
            new String[] {ORACLE, "\"scn\":\"2122185\",\"commit_scn\":\"2122190\"", "\"x\":1"},
            new String[] {MONGO, "\"ord\":31", "\"ord\":-1"})) {
      assertThatThrownBy(() -> block(broken[0], broken[1], broken[2]).log())
          .as(broken[2])
          .isInstanceOf(RejectedRecordException.class)
          .hasMessageStartingWith("the 'source' block has no");
    }
    assertThat(LogPosition.UNKNOWN).isNegative();
  }
}
