package io.tidemark.ingest.decode;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.core.event.log.LogPosition;
import io.tidemark.core.event.log.OraclePosition;
import java.math.BigInteger;
import java.util.Optional;

/**
 * Of Debezium's Oracle connector: {@code commit_scn}, {@code scn}, {@code txSeq}, {@code rs_id},
 * {@code ssn}. Rows of a snapshot have only {@code scn}: what they were read as of.
 */
final class OracleSource extends SourceBlock {

  OracleSource(JsonNode source) {
    super(source);
  }

  @Override
  LogPosition log() {
    Optional<BigInteger> scn = OraclePosition.scn(text("scn"));
    Optional<BigInteger> commit = OraclePosition.scn(text("commit_scn"));
    if (scn.isEmpty() && commit.isEmpty()) {
      throw missing("'scn' and no 'commit_scn'");
    }
    return new OraclePosition(
        commit.orElseGet(scn::get),
        commit.isEmpty() ? BigInteger.ZERO : scn.orElse(BigInteger.ZERO),
        number("txSeq", 0),
        OraclePosition.redo(text("rs_id")).orElse(OraclePosition.NO_REDO),
        number("ssn", 0));
  }

  @Override
  String transaction() {
    String id = text("txId");
    return id.isEmpty() ? null : id;
  }
}
