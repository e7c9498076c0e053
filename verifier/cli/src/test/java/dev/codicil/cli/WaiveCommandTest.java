package dev.codicil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a finding to a waiver, on a project of documents alone. */
class WaiveCommandTest {
  private static final String TODAY = "2026-11-22";

  @TempDir Path folder;
  private TinyProject project;

  @BeforeEach
  void twoAmendments() throws Exception {
    project = new TinyProject(folder);
    project.write("codicil.yaml", "version: 1\npolicy: { require-evidence: stub }\n");
    project.amendment("rename", TinyProject.document("expiresAt", ""));
    project.amendment("note", TinyProject.document("validUntil", "                  x: {}"));
  }

  private Cli on(String day, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--project", folder.toString(), "--today", day));
    return Cli.run(all.toArray(String[]::new));
  }

  private Cli verify(String... more) {
    List<String> all = new ArrayList<>(List.of("verify"));
    all.addAll(List.of(more));
    return on(TODAY, all.toArray(String[]::new));
  }

  private Cli waive(String finding) {
    return on(
        TODAY,
        "waive",
        finding,
        "--reason",
        "the shop \"moves\"",
        "--owner",
        "ada",
        "--expires",
        "30d");
  }

  private JsonNode verdict() throws IOException {
    return Json.mapper().readTree(Files.readString(folder.resolve("target/codicil/verdict.json")));
  }

  /** Waives all that gates. */
  private void waiveAll() throws IOException {
    for (JsonNode amendment : verdict().path("amendments")) {
      for (JsonNode finding : amendment.path("findings")) {
        if (finding.path("gates").asBoolean()) {
          Cli cli = waive(finding.path("fingerprint").asText());
          assertThat(cli.exit()).describedAs(cli.err()).isZero();
        }
      }
    }
  }

  @Test
  void whatIsWaivedPassesUntilItsLastDayAndIsToldAsWaived() throws Exception {
    assertThat(verify().exit()).isEqualTo(ExitCode.FAIL);
    waiveAll();

    Cli passing = verify();
    assertThat(passing.exit()).describedAs(passing.out() + passing.err()).isEqualTo(ExitCode.PASS);
    assertThat(passing.out()).contains("waived by ada until 2026-12-22 (30 days left)");
    assertThat(verdict().at("/gate/waivers").findValuesAsText("state")).containsOnly("applied");

    String history = folder.resolve("target/codicil/history/rename").toString();
    assertThat(on("2026-12-22", "judge", history).exit()).isEqualTo(ExitCode.PASS);
    Cli over = on("2026-12-23", "judge", history);
    assertThat(over.exit()).isEqualTo(ExitCode.FAIL);
    assertThat(over.out()).contains("expired on 2026-12-22");
    Cli again = on("2026-12-22", "judge", history, "--format", "json");
    assertThat(on("2026-12-22", "judge", history, "--format", "json").out()).isEqualTo(again.out());
  }

  @Test
  void anUnusedWaiverFailsTheGateButNotThatOfAnotherAmendment() throws Exception {
    verify();
    waiveAll();
    project.amendment("rename", TinyProject.document("validUntil", ""));

    Cli other = verify("--amendment", "note");
    assertThat(other.exit()).describedAs(other.out()).isEqualTo(ExitCode.PASS);
    assertThat(other.out()).contains("is no part of this run");
    Cli all = verify();
    assertThat(all.exit()).describedAs(all.out()).isEqualTo(ExitCode.FAIL);
    assertThat(all.out()).contains("unused, fails the gate");
    project.write(
        "codicil.yaml",
        "version: 1\npolicy: { require-evidence: stub, waivers: { unused: tell } }\n");
    assertThat(verify().exit()).isEqualTo(ExitCode.PASS);
  }

  @Test
  void theFileKeepsItsCommentsAndHasTheNewEntryAtItsEnd() throws Exception {
    project.write("codicil-waivers.yaml", "# what we bear for a while\n");
    verify();
    String fingerprint = verdict().findValue("fingerprint").asText();

    Cli cli = waive(fingerprint.substring(0, 6));

    assertThat(cli.exit()).describedAs(cli.err()).isZero();
    assertThat(cli.out()).startsWith("codicil-waivers.yaml:2:3: added\n  - fingerprint: \"");
    assertThat(folder.resolve("codicil-waivers.yaml"))
        .content()
        .startsWith("# what we bear for a while\n- fingerprint: \"" + fingerprint + "\"\n")
        .contains("reason: \"the shop \\\"moves\\\"\"\n")
        .contains("expires: 2026-12-22\n");
    Cli twice = waive(fingerprint);
    assertThat(twice.exit()).isEqualTo(ExitCode.DATA);
    assertThat(twice.err()).contains("waived already at codicil-waivers.yaml:2:3");
  }

  @Test
  void whatIsNotFoundOrAmbiguousIsRefused() throws Exception {
    assertThat(waive("3f2a91").exit()).isEqualTo(ExitCode.DATA);
    verify();

    Cli none = waive("zzz");
    assertThat(none.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(none.err()).contains("no finding 'zzz'");
    assertThat(waive("").exit()).isEqualTo(ExitCode.USAGE);
    assertThat(folder.resolve("codicil-waivers.yaml")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "0x, 'a day as YYYY-MM-DD'",
    "2026-02-30, 'a day as YYYY-MM-DD'",
    "2026-11-21, 'over already'",
    "401d, 'more than 400 days'",
    "9999d, 'more than 400 days'",
    "-3d, 'a day as'"
  })
  void aLastDayThatCannotBeIsRefused(String expires, String told) {
    Cli cli = on(TODAY, "waive", "a", "--reason", "r", "--owner", "o", "--expires=" + expires);

    assertThat(cli.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(cli.err()).contains(told);
  }

  @Test
  void aWaiverWithoutReasonOrOwnerIsRefused() {
    Cli blank = on(TODAY, "waive", "a", "--reason", " ", "--owner", "o", "--expires", "1d");
    Cli missing = on(TODAY, "waive", "a", "--reason", "r", "--expires", "1d");

    assertThat(blank.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(missing.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(missing.err()).contains("--owner");
  }

  @Test
  void aWaiverFileThatCannotBeReadEndsTheRunBeforeItBegins() throws Exception {
    project.write("codicil-waivers.yaml", "- fingerprint: \"3f2a91c0de\"\n  ownr: ada\n");

    Cli cli = verify();

    assertThat(cli.exit()).isEqualTo(ExitCode.DATA);
    assertThat(cli.err()).startsWith("codicil: codicil-waivers.yaml:");
    assertThat(cli.showsStackTrace()).isFalse();
    assertThat(folder.resolve("target/codicil/verdict.json")).doesNotExist();
  }

  @Test
  void explainSaysWhyAFindingGatesAndByWhichWaiverItDoesNot() throws Exception {
    project.write(
        "codicil.yaml",
        """
        version: 1
        policy:
          require-evidence: stub
          tags: { licenses: [GET /licenses/**] }
          environments: { staging: {} }
          rules:
            - { environment: staging, tag: licenses, gate: tell }
        """);
    verify();

    Cli plain = on(TODAY, "policy", "explain");
    assertThat(plain.exit()).describedAs(plain.err()).isZero();
    assertThat(plain.out())
        .contains("fails by default: fail-on: broken, resilience-lost")
        .contains("tags       licenses")
        .contains("stub; asked for: stub");
    Cli staging = on(TODAY, "policy", "explain", "--environment", "staging");
    assertThat(staging.out())
        .contains("codicil.yaml:7:7: rule 1 (tag licenses, environment staging): tell; decided");
    assertThat(on(TODAY, "verify", "--environment", "staging").exit()).isEqualTo(ExitCode.PASS);

    String fingerprint = verdict().findValue("fingerprint").asText();
    waiveAll();
    verify();
    assertThat(verdict().findValuesAsText("fingerprint")).contains(fingerprint);
    waive(fingerprint);
    Cli one = on(TODAY, "policy", "explain", fingerprint);
    assertThat(one.out()).contains("waived by ada").contains(fingerprint);
    assertThat(on(TODAY, "policy", "explain", "nothing-like-it").exit()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void anEnvironmentThatIsNotDeclaredIsRefused() {
    Cli cli = verify("--environment", "stagin");

    assertThat(cli.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(cli.err()).contains("'stagin'");
    assertThat(on("tomorrow", "verify").exit()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aRunWithoutHistoriesIsOneError() throws Exception {
    project.write(
        "target/codicil/verdict.json", "{ \"amendments\": [ { \"name\": \"../../../etc\" } ] }");

    Cli cli = on(TODAY, "policy", "explain");

    assertThat(cli.exit()).isEqualTo(ExitCode.DATA);
    assertThat(cli.err()).contains("the history of its amendment '../../../etc' is not there");
  }
}
