package io.tidemark.core.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.core.error.ExitCode;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.spark.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedSpark.class)
class LakeOwnerTest {
  @TempDir private Path folder;
  private Lake lake;
  private Path file;

  @BeforeEach
  void openLake(SparkSession spark) {
    lake = Lake.at(spark, folder.toString());
    file = folder.resolve("_tidemark").resolve("lake.json");
  }

  private Map<String, String> sources() throws IOException {
    return LakeOwner.sources(lake.files(), lake.root());
  }

  private TidemarkException refused(String pipeline, String source) {
    return catchThrowableOfType(
        TidemarkException.class, () -> LakeOwner.claim(lake, pipeline, source));
  }

  private void write(String claims) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, claims);
    Files.deleteIfExists(file.resolveSibling(".lake.json.crc"));
  }

  @Test
  void theFirstRunClaimsAndItsLikesGoOn() throws Exception {
    LakeOwner.claim(lake, "shop", "Kafka cluster A");
    LakeOwner.claim(lake, "shop", "Kafka cluster A");

    assertThat(sources()).isEqualTo(Map.of("shop", "Kafka cluster A"));
    assertThat(file).content().contains("\"format\" : 1");
  }

  @Test
  void severalPipelinesShareOneLake() throws Exception {
    LakeOwner.claim(lake, "shop", "Kafka cluster A");
    LakeOwner.claim(lake, "billing.eu", "Kafka cluster B");
    LakeOwner.claim(lake, "shop", "Kafka cluster A");

    assertThat(sources())
        .isEqualTo(Map.of("shop", "Kafka cluster A", "billing.eu", "Kafka cluster B"));
    assertThat(refused("billing.eu", "Kafka cluster A").exitCode())
        .isEqualTo(ExitCode.CONFIGURATION);
  }

  /** Offsets of one cluster mean nothing in another. */
  @Test
  void anotherClusterIsRefused() throws Exception {
    LakeOwner.claim(lake, "shop", "Kafka cluster A");

    TidemarkException error = refused("shop", "Kafka cluster B");

    assertThat(error.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(error)
        .hasMessage(
            "Cannot use the lake at "
                + lake
                + ": its pipeline 'shop' was fed from Kafka cluster A, this one reads Kafka cluster"
                + " B");
    assertThat(error.remedy()).contains("Set another 'lake'", "rename the pipeline");
    assertThat(sources()).isEqualTo(Map.of("shop", "Kafka cluster A"));
  }

  @Test
  void aNewerLakeIsRefusedAndLeftAlone() throws Exception {
    String newer = "{\"format\": 2, \"pipelines\": {\"shop\": \"Kafka cluster A\"}}";
    write(newer);

    TidemarkException error = refused("shop", "Kafka cluster A");

    assertThat(error.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(error)
        .hasMessage(
            "Cannot use the lake at " + lake + ": its format is 2, this Tidemark knows up to 1");
    assertThat(error.remedy()).isEqualTo("Use the newer Tidemark that wrote it");
    assertThat(refused("another", "Kafka cluster A")).isNotNull();
    assertThat(catchThrowableOfType(TidemarkException.class, () -> LakeOwner.requireReadable(lake)))
        .hasMessage(error.getMessage());
    assertThat(catchThrowableOfType(TidemarkException.class, this::sources)).isNotNull();
    assertThat(file).hasContent(newer);
  }

  @Test
  void aLakeNobodyClaimedIsReadable() throws Exception {
    assertThatCode(() -> LakeOwner.requireReadable(lake)).doesNotThrowAnyException();
    assertThat(sources()).isEmpty();
    assertThat(file).doesNotExist();
  }

  /** What a crash between creating the file and writing it leaves behind. */
  @Test
  void anEmptyClaimIsNone() throws Exception {
    write("");

    LakeOwner.claim(lake, "shop", "Kafka cluster A");

    assertThat(sources()).isEqualTo(Map.of("shop", "Kafka cluster A"));
  }
}
