package dev.codicil.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.codicil.contract.InputException;
import dev.codicil.verdict.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AmendmentReaderTest {
  private static final String FILE = "contracts/amendments/a/amendment.yaml";

  private final Project project =
      ProjectReader.read(
          Path.of("root"),
          "version: 1\nsubjects: { shop: { command: run } }\n".getBytes(StandardCharsets.UTF_8));

  private AmendmentSpec read(String text) {
    return AmendmentReader.read(project, "a", FILE, text.getBytes(StandardCharsets.UTF_8));
  }

  private InputException refused(String text) {
    return catchThrowableOfType(InputException.class, () -> read(text));
  }

  @Test
  void theAmendmentsOfThisRepositoryAreRead() {
    Project repository = ProjectReader.read(Path.of("../.."));

    List<AmendmentSpec> specs = AmendmentReader.readAll(repository);

    assertThat(specs)
        .extracting(AmendmentSpec::name)
        .containsExactly(
            "expiry-renamed",
            "fingerprint-hashed",
            "issue-written-late",
            "partner-in-line",
            "renewal-note",
            "seats-in-license",
            "timeout-halved");
    assertThat(specs)
        .allSatisfy(
            spec -> {
              assertThat(spec.title()).isNotBlank();
              assertThat(spec.expect()).isNotNull();
            });
    assertThat(specs)
        .filteredOn(spec -> spec.head().overlay() != null)
        .hasSize(4)
        .allSatisfy(
            spec ->
                assertThat(spec.head().overlay()).isEqualTo("contracts/amendments/" + spec.name()));
    AmendmentSpec renamed = specs.get(0);
    assertThat(renamed.expect()).isNotNull();
    assertThat(renamed.expect().verdict()).isEqualTo(Verdict.FAIL);
    assertThat(renamed.base().env().get("license-authority"))
        .containsEntry("AUTHORITY_EXPIRY_FIELD", "validUntil");
    assertThat(renamed.profiles()).containsExactly("field-loss");
  }

  @Test
  void whatIsNotDeclaredIsTheWorkTree() {
    AmendmentSpec spec = read("version: 1\ntitle: T\n");

    assertThat(spec.base()).isEqualTo(AmendmentSpec.Side.WORK_TREE);
    assertThat(spec.head()).isEqualTo(AmendmentSpec.Side.WORK_TREE);
    assertThat(spec.profiles()).isNull();
    assertThat(spec.expect()).isNull();
  }

  @Test
  void anUnknownSubjectStandsAtItsLine() {
    InputException refused =
        refused("version: 1\ntitle: T\nsides:\n  head:\n    subjects:\n      shopp: { env: {} }\n");

    assertThat(refused.location().toString()).isEqualTo(FILE + ":6:7");
    assertThat(refused.what()).isEqualTo("'shopp' is no subject of codicil.yaml");
    assertThat(refused.remedy()).contains("shop");
  }

  @Test
  void anAmendmentMayRunSubjectsAsMoreNodes() {
    AmendmentSpec spec = read("version: 1\ntitle: T\nsubjects: { shop: { nodes: 2 } }\n");

    assertThat(spec.nodes()).containsExactly(Map.entry("shop", 2));
    for (String wrong :
        List.of("shopp: { nodes: 2 }", "shop: { nodes: 0 }", "shop: { nodes: two }")) {
      InputException refused = refused("version: 1\ntitle: T\nsubjects:\n  " + wrong + "\n");
      assertThat(refused).as(wrong).isNotNull();
      assertThat(refused.location().line()).as(wrong).isEqualTo(4);
    }
  }

  @Test
  void amendedContractsLieInTheProject() {
    InputException refused =
        refused("version: 1\ntitle: T\nsides:\n  head:\n    contracts: ../../../../elsewhere\n");

    assertThat(refused.location().line()).isEqualTo(5);
    assertThat(refused.what()).contains("leads out of the project");
  }

  @Test
  void anArtifactLiesInTheProject() {
    InputException refused =
        refused(
            """
            version: 1
            title: T
            sides:
              head: { subjects: { shop: { artifact: /usr/bin/true } } }
            """);

    assertThat(refused).isNotNull();
    assertThat(refused.what()).contains("leads out of the project");
  }

  @Test
  void aFolderWithoutItsFileIsNamed(@TempDir Path root) throws Exception {
    Files.createDirectories(root.resolve("contracts/amendments/half-written"));

    InputException refused =
        catchThrowableOfType(
            InputException.class, () -> AmendmentReader.readAll(ProjectReader.read(root)));

    assertThat(refused.location().toString())
        .isEqualTo("contracts/amendments/half-written/amendment.yaml");
    assertThat(refused.what()).contains("no readable amendment.yaml");
  }

  @Test
  void aProjectWithoutTheFolderHasNone(@TempDir Path root) {
    assertThat(AmendmentReader.readAll(ProjectReader.read(root))).isEmpty();
  }

  @Test
  void theFolderOfAmendmentsLiesInTheProject(@TempDir Path root) throws Exception {
    Path inner = Files.createDirectories(root.resolve("project"));
    Files.createDirectories(root.resolve("elsewhere"));
    Project outer = ProjectReader.read(inner);

    for (String given : List.of("../elsewhere", "missing")) {
      InputException refused =
          catchThrowableOfType(
              InputException.class, () -> AmendmentReader.readAll(outer, Path.of(given)));
      assertThat(refused.what()).contains("no folder of amendments inside the project");
    }
  }

  @Test
  void anUnknownKindOfFindingIsRefusedAtItsLine() {
    InputException refused =
        refused(
            """
            version: 1
            title: T
            expect:
              verdict: fail
              findings:
                - { kind: worse, consumer: c, interaction: i }
            """);

    assertThat(refused.location().line()).isEqualTo(6);
  }

  @Test
  void anUndeclaredAmendmentIsNamedByItsSides() {
    AmendmentSpec declared = read("version: 1\ntitle: T\nsides: { base: { revision: v1 } }\n");
    AmendmentSpec spelledOut =
        new AmendmentSpec(
            AmendmentSpec.AD_HOC, "T", declared.base(), AmendmentSpec.Side.WORK_TREE, null, null);

    assertThat(declared.arguments()).isEqualTo("--amendment " + declared.name());
    assertThat(spelledOut.arguments()).isEqualTo("--base v1");
  }
}
