package io.tidemark.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom; docs/architecture.md says why. */
@AnalyzeClasses(
    packages = "io.tidemark",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.WithoutTestJars.class})
final class ArchitectureTest {
  /** Tests of other modules come as a jar in a packaging build. */
  static final class WithoutTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  @ArchTest
  static final ArchRule CORE_KNOWS_NO_STAGE =
      noClasses()
          .that()
          .resideInAPackage("io.tidemark.core..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.tidemark.ingest..",
              "io.tidemark.merge..",
              "io.tidemark.quality..",
              "io.tidemark.lifecycle..",
              "io.tidemark.cli..",
              "io.tidemark.sandbox..")
          .because("what stages share belongs to core, never the other way round");

  @ArchTest
  static final ArchRule INGEST_KNOWS_NO_OTHER_STAGE =
      stage("ingest", "merge", "quality", "lifecycle");

  @ArchTest
  static final ArchRule MERGE_KNOWS_NO_OTHER_STAGE =
      stage("merge", "ingest", "quality", "lifecycle");

  @ArchTest
  static final ArchRule QUALITY_KNOWS_NO_OTHER_STAGE =
      stage("quality", "ingest", "merge", "lifecycle");

  private static ArchRule stage(String stage, String... others) {
    String[] forbidden = new String[others.length + 2];
    for (int i = 0; i < others.length; i++) {
      forbidden[i] = "io.tidemark." + others[i] + "..";
    }
    forbidden[others.length] = "io.tidemark.cli..";
    forbidden[others.length + 1] = "io.tidemark.sandbox..";
    return noClasses()
        .that()
        .resideInAPackage("io.tidemark." + stage + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .because("stages meet in tables and run records; move what two of them need to core");
  }

  @ArchTest
  static final ArchRule PURE_PACKAGES_KNOW_NO_SPARK =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.tidemark.core.spec..",
              "io.tidemark.core.event..",
              "io.tidemark.core.schema..",
              "io.tidemark.core.error..",
              "io.tidemark.core.json..",
              "io.tidemark.ingest.avro..",
              "io.tidemark.ingest.decode..",
              "io.tidemark.ingest.protobuf..",
              "io.tidemark.ingest.registry..",
              "io.tidemark.ingest.kafka..",
              "io.tidemark.ingest.connect..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "io.delta..")
          .because(
              "decisions are made without Spark and tested without it; thin job classes run them");

  @ArchTest
  static final ArchRule ONLY_ONE_PACKAGE_KNOWS_DELTA =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.tidemark.core.table..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.delta.tables..", "org.apache.spark.sql.delta..")
          .because("the table format stands behind LakeTable, so that another can take its place");

  @ArchTest
  static final ArchRule ONLY_ONE_PACKAGE_KNOWS_DEEQU =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.tidemark.quality.deequ..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.amazon.deequ..", "breeze..")
          .because("Deequ speaks Scala; the rest of the project speaks the words of core.check");

  @ArchTest
  static final ArchRule CHECKS_KNOW_NO_SCALA =
      noClasses()
          .that()
          .resideInAnyPackage("io.tidemark.quality.checks..", "io.tidemark.quality.metrics..")
          .and()
          .doNotHaveSimpleName("ConditionCheck") // Walks the trees of Spark's parser.
          .should()
          .dependOnClassesThat()
          .resideInAPackage("scala.collection..")
          .because("what speaks Scala to Deequ is in one package: io.tidemark.quality.deequ");

  @ArchTest
  static final ArchRule KERNEL_IS_THE_INDEPENDENT_READER =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.tidemark.quality..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.delta.kernel..")
          .because(
              "Delta Kernel proves what Spark wrote; a product that reads with it proves nothing");

  @ArchTest
  static final ArchRule SANDBOX_STANDS_ALONE =
      classes()
          .that()
          .resideInAPackage("io.tidemark.sandbox..")
          .should()
          .onlyDependOnClassesThat()
          .resideOutsideOfPackages(
              "io.tidemark.core..",
              "io.tidemark.ingest..",
              "io.tidemark.merge..",
              "io.tidemark.cli..")
          .because(
              "its servers run in a JVM of their own, with other versions of shared libraries");

  @ArchTest
  static final ArchRule SERVERS_ARE_ONLY_STARTED_AS_A_PROCESS =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.tidemark.sandbox.server..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.tidemark.sandbox.server..")
          .because("Kafka 4 must not reach Spark's class path");

  @ArchTest
  static final ArchRule VERBS_KNOW_NOT_THE_COMMAND =
      noClasses()
          .that()
          .resideInAPackage("io.tidemark.cli.*..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.tidemark.cli")
          .because("the command knows its verbs; what verbs have in common is in cli.verb");

  @ArchTest
  static final ArchRule WHAT_VERBS_SHARE_KNOWS_NONE_OF_THEM =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.tidemark.cli.verb", "io.tidemark.cli.alert", "io.tidemark.cli.run")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.tidemark.cli.backfill..",
              "io.tidemark.cli.check..",
              "io.tidemark.cli.demo..",
              "io.tidemark.cli.letters..",
              "io.tidemark.cli.quality..",
              "io.tidemark.cli.quarantine..",
              "io.tidemark.cli.query..",
              "io.tidemark.cli.reconcile..",
              "io.tidemark.cli.source..",
              "io.tidemark.cli.status..")
          .because("verbs use runs and their reports, which are below them");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices()
          .matching("io.tidemark.(**)")
          .should()
          .beFreeOfCycles()
          .because("a cycle is one package that pretends to be two: move the shared type down");

  @ArchTest
  static final ArchRule NAMES_SAY_WHAT_THINGS_ARE =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Impl")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .because("such a name hides the concept; find it and name it");
}
