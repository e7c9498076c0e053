package dev.codicil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project in which nothing can be started: stubs that serve the documents play the provider. */
class DocumentsOnlyTest {
  private static final String COMPATIBLE = "                  note: { type: string }";

  @TempDir Path folder;
  private TinyProject project;

  @BeforeEach
  void contracts() throws Exception {
    project = new TinyProject(folder);
  }

  private Cli verify(String... more) {
    String[] args = new String[more.length + 3];
    args[0] = "verify";
    args[1] = "--project";
    args[2] = folder.toString();
    System.arraycopy(more, 0, args, 3, more.length);
    return Cli.run(args);
  }

  private JsonNode verdict() throws Exception {
    return Json.mapper().readTree(Files.readString(folder.resolve("target/codicil/verdict.json")));
  }

  @Test
  void aRenamedFieldThatAConsumerUsesBreaksIt() throws Exception {
    project.amendment("rename", TinyProject.document("expiresAt", ""));

    Cli cli = verify();

    assertThat(cli.exit()).describedAs(cli.err() + cli.out()).isEqualTo(ExitCode.FAIL);
    assertThat(cli.out()).contains("broken").contains("shop").contains("a license");
    assertThat(cli.out()).contains("validUntil");
    assertThat(verdict().findValuesAsText("kind")).contains("broken");
    assertThat(verdict().findValuesAsText("evidence")).contains("stub");
  }

  @Test
  void aCompatibleAmendmentIsCompatibleOnPaperOnly() throws Exception {
    project.amendment("note", TinyProject.document("validUntil", COMPATIBLE));

    Cli cli = verify();

    assertThat(cli.exit()).describedAs(cli.err() + cli.out()).isEqualTo(ExitCode.INCONCLUSIVE);
    assertThat(cli.out()).contains("compatible on paper");
    assertThat(verdict().findValuesAsText("kind")).doesNotContain("broken");
  }

  @Test
  void aPolicyThatAsksForNoMoreThanStubsLetsItPass() throws Exception {
    project.amendment("note", TinyProject.document("validUntil", COMPATIBLE));
    project.write("codicil.yaml", "version: 1\npolicy: { require-evidence: stub }\n");

    Cli cli = verify();

    assertThat(cli.exit()).describedAs(cli.err() + cli.out()).isEqualTo(ExitCode.PASS);
  }

  @Test
  void theHistoryOfTheRunIsJudgedToTheSameVerdict() throws Exception {
    project.amendment("rename", TinyProject.document("expiresAt", ""));
    verify();

    Cli judged =
        Cli.run(
            "judge",
            "--project",
            folder.toString(),
            "--format",
            "json",
            folder.resolve("target/codicil/history/rename").toString());

    assertThat(judged.exit()).describedAs(judged.err()).isEqualTo(ExitCode.FAIL);
    assertThat(Json.mapper().readTree(judged.out())).isEqualTo(verdict());
  }

  @Test
  void aConsumerThatIsUnreadableKeepsTheVerdictFromPassing() throws Exception {
    project.amendment("note", TinyProject.document("validUntil", COMPATIBLE));
    project.write("codicil.yaml", "version: 1\npolicy: { require-evidence: stub }\n");
    project.write("contracts/pact/broken.json", "{ \"consumer\": ");

    Cli cli = verify();

    assertThat(cli.exit()).describedAs(cli.err() + cli.out()).isEqualTo(ExitCode.INCONCLUSIVE);
    assertThat(cli.out()).contains("contracts/pact/broken.json");
  }

  @Test
  void theWorkTreeIsComparedWithTheMergeBase() throws Exception {
    project.commit("base");
    project.write(TinyProject.DOCUMENT, TinyProject.document("expiresAt", ""));

    Cli cli = verify();

    assertThat(cli.exit()).describedAs(cli.err() + cli.out()).isEqualTo(ExitCode.FAIL);
    assertThat(cli.out()).contains("broken");
  }

  @Test
  void nothingAmendedPassesAndSaysSo() throws Exception {
    project.commit("base");

    Cli cli = verify();

    assertThat(cli.exit()).describedAs(cli.err() + cli.out()).isEqualTo(ExitCode.PASS);
    assertThat(cli.out()).contains("Nothing is amended between").contains("the work tree");
  }

  @Test
  void nothingIsSaidToBeUnamendedWhereNoContractWasRead() throws Exception {
    Files.delete(folder.resolve(TinyProject.DOCUMENT));
    Files.delete(folder.resolve(TinyProject.PACT));
    project.write("README.md", "no contracts here").commit("base");

    Cli cli = verify();

    assertThat(cli.exit()).describedAs(cli.err() + cli.out()).isEqualTo(ExitCode.INCONCLUSIVE);
    assertThat(cli.out()).doesNotContain("Nothing is amended");
  }

  @Test
  void amendedFilesMayLieBesideTheAmendment() throws Exception {
    Files.delete(folder.resolve(TinyProject.DOCUMENT));
    project.write("contracts/licenses.yaml", TinyProject.document("validUntil", ""));
    project.amendment("rename", TinyProject.document("expiresAt", ""));
    Path amendment = folder.resolve("contracts/amendments/rename");
    Files.move(amendment.resolve("openapi/licenses.yaml"), amendment.resolve("licenses.yaml"));

    Cli cli = verify();

    assertThat(cli.exit()).describedAs(cli.err() + cli.out()).isEqualTo(ExitCode.FAIL);
  }

  /** A pact's order, and the document of its provider in which the order's field has a name. */
  private void orders() throws Exception {
    project.write(TinyProject.DOCUMENT, TinyProject.orders("license"));
    project.write(TinyProject.PACT, TinyProject.order());
  }

  @Test
  void aRenamedRequestFieldThatAConsumerUsesIsShownByAnExecutedWitness() throws Exception {
    orders();
    project.amendment("rename", TinyProject.orders("licenseId"));

    Cli cli = verify();

    assertThat(cli.exit()).describedAs(cli.err() + cli.out()).isEqualTo(ExitCode.FAIL);
    JsonNode amendment = verdict().at("/amendments/0");
    JsonNode shown = null;
    for (JsonNode change : amendment.get("changes")) {
      if (change.at("/witnessRun/result").asText().equals("broken")) {
        shown = change;
      }
    }
    assertThat(shown).describedAs(amendment.get("changes").toPrettyString()).isNotNull();
    assertThat(shown.at("/witness/validOn").asText()).isEqualTo("BASE");
    assertThat(shown.at("/witnessRun/told").asText())
        .isEqualTo("replayed, and broken: before HELD 201, after REFUSED 400");
    String stimulus = shown.at("/witnessRun/stimulus").asText();
    assertThat(amendment.get("findings"))
        .anySatisfy(
            finding -> {
              assertThat(finding.get("id").asText()).isEqualTo(stimulus);
              assertThat(finding.get("kind").asText()).isEqualTo("broken");
            });
    assertThat(amendment.at("/coverage/witnesses/broken").asInt()).isPositive();
    assertThat(cli.out()).contains("replayed, and broken: before HELD 201, after REFUSED 400");
    assertThat(Files.readString(folder.resolve("target/codicil/report.md")))
        .contains("replayed, and broken");
    assertThat(Files.readString(folder.resolve("target/codicil/report.html")))
        .contains("replayed, and broken");

    Cli replayed = Cli.run("replay", "--project", folder.toString(), stimulus);
    assertThat(replayed.exit()).describedAs(replayed.err()).isEqualTo(ExitCode.FAIL);
  }

  @Test
  void aChangeThatNoKnownConsumerUsesIsNotExecutedAndSaysSo() throws Exception {
    orders();
    project.amendment(
        "shorter", TinyProject.orders("license").replace("maxLength: 90", "maxLength: 9"));
    project.write("codicil.yaml", "version: 1\npolicy: { require-evidence: stub }\n");

    Cli cli = verify();

    assertThat(cli.exit()).describedAs(cli.err() + cli.out()).isEqualTo(ExitCode.PASS);
    JsonNode change = verdict().at("/amendments/0/changes/0");
    assertThat(change.get("severity").asText()).isEqualTo("BREAKING");
    assertThat(change.at("/witnessRun/result").asText()).isEqualTo("not-executed");
    assertThat(change.at("/witnessRun/told").asText())
        .isEqualTo("not replayed: no known consumer uses what changes");
  }

  @Test
  void planShowsWhatWouldRunAndStartsNothing() throws Exception {
    project.amendment("rename", TinyProject.document("expiresAt", ""));

    Cli cli = Cli.run("plan", "--project", folder.toString());

    assertThat(cli.exit()).describedAs(cli.err()).isEqualTo(ExitCode.PASS);
    assertThat(cli.out()).contains("rename: A proposal").contains("a license");
    assertThat(folder.resolve("target")).doesNotExist();
  }
}
