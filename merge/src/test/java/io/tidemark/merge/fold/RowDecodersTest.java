package io.tidemark.merge.fold;

import static io.tidemark.merge.fold.Fold.bronze;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.schema.Column;
import io.tidemark.core.schema.ColumnDeclaration;
import io.tidemark.core.schema.DecodedRow;
import io.tidemark.core.schema.EventSchema;
import io.tidemark.core.schema.RowSchema;
import io.tidemark.core.schema.UnavailableValue;
import io.tidemark.merge.log.Shape;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rule 11: every change decodes with the schema it was written with, into the columns of now. */
class RowDecodersTest {
  private static final Shape OLD = Shape.of("id int", "price decimal(6,2)", "gone string");
  private static final Shape NEW = Shape.of("id bigint", "extra string", "price decimal(12,4)");
  private static final List<String> TARGET =
      List.of("id bigint", "price decimal(12,4)", "gone string", "extra string");

  private final RowDecoders decoders = Fold.decoders(TARGET, OLD, NEW);

  @Test
  void valuesOfNarrowerColumnsAreWidened() {
    DecodedRow row = decoders.row(bronze(OLD.create(1, "{'id':7,'price':1.50,'gone':'g'}")));

    assertThat(row.values()).containsExactly(7L, new BigDecimal("1.5000"), "g", null);
  }

  @Test
  void valuesFindTheirColumnWhateverItsPlaceInTheSource() {
    DecodedRow row = decoders.row(bronze(NEW.create(1, "{'id':7,'extra':'e','price':2.1234}")));

    assertThat(row.values()).containsExactly(7L, new BigDecimal("2.1234"), null, "e");
  }

  @Test
  void keysStandInTheTargetsPlaces() {
    Shape pair = Shape.keyed(2, "country string", "code int", "name string");
    RowDecoders byPair =
        Fold.decoders(List.of("name string", "code bigint", "country string"), pair);

    assertThat(byPair.keyValues(bronze(pair.delete(1, "{'country':'NO','code':47}"))))
        .containsExactly(null, 47L, "NO");
  }

  @Test
  void aKeyColumnThatTheConnectorExcludesFromTheRowComesFromTheKey() {
    Column id = new Column("id", ColumnDeclaration.parse("bigint"), false, null);
    Column name = new Column("name", ColumnDeclaration.parse("string"), true, null);
    EventSchema schema =
        new EventSchema(Optional.of(new RowSchema(List.of(id))), new RowSchema(List.of(name)));
    Shape excluded = new Shape(List.of("id"), schema);
    RowDecoders byKey =
        new RowDecoders(
            List.of(Fold.field("id bigint"), Fold.field("name string")),
            Map.of(schema.fingerprint(), schema),
            UnavailableValue.standard(),
            Map.of(),
            Set.of(),
            Map.of(schema.fingerprint(), Map.of("id", 0L))); // A later schema has it in the row.
    BronzeChange change =
        new BronzeChange("c", "{\"id\":7}", "{\"name\":\"a\"}", "1", null, schema.fingerprint());

    assertThat(byKey.row(change).values()).containsExactly(7L, "a");
  }

  @Test
  void decodersTravelToExecutors() throws IOException, ClassNotFoundException {
    RowDecoders travelled = travelled(decoders);

    assertThat(travelled.row(bronze(OLD.create(1, "{'id':7,'price':0,'gone':null}"))).values())
        .containsExactly(7L, new BigDecimal("0.0000"), null, null);
  }

  @SuppressWarnings("BanSerializableRead") // What Spark does with it.
  private static RowDecoders travelled(RowDecoders decoders)
      throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(decoders);
    return (RowDecoders)
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
  }
}
