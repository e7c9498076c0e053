package dev.codicil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiffCommandTest {
  private static final String NOTE = "                  note: { type: string }";

  @TempDir Path folder;
  private String base;
  private String renamed;
  private String noted;

  @BeforeEach
  void documents() throws Exception {
    base = write("base/licenses.yaml", TinyProject.document("validUntil", ""));
    renamed = write("renamed/licenses.yaml", TinyProject.document("expiresAt", ""));
    noted = write("noted/licenses.yaml", TinyProject.document("validUntil", NOTE));
  }

  private String write(String path, String text) throws Exception {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return file.toString();
  }

  private String folder(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void aBreakingChangeExitsOne() {
    Cli files = Cli.run("diff", base, renamed);
    Cli folders = Cli.run("diff", folder("base"), folder("renamed"));

    assertThat(files.exit()).isEqualTo(ExitCode.FAIL);
    assertThat(files.out()).contains("validUntil").contains("licenses.yaml:");
    assertThat(folders.exit()).isEqualTo(ExitCode.FAIL);
  }

  @Test
  void nothingBreakingExitsZero() {
    assertThat(Cli.run("diff", base, base).exit()).isEqualTo(ExitCode.PASS);
    assertThat(Cli.run("diff", base, noted).exit()).isEqualTo(ExitCode.PASS);
  }

  @ParameterizedTest
  @CsvSource({"breaking, 1", "risky, 1", "none, 0"})
  void theLimitIsChosen(String limit, int exit) {
    assertThat(Cli.run("diff", base, renamed, "--fail-on", limit).exit()).isEqualTo(exit);
  }

  @Test
  void whatIsUnreadableInAFolderIsInconclusiveUnlessSomethingBreaks() throws Exception {
    write("noted/bad.json", "{");
    write("renamed/bad.json", "{");

    Cli compatible = Cli.run("diff", folder("base"), folder("noted"));
    assertThat(compatible.exit()).isEqualTo(ExitCode.INCONCLUSIVE);
    assertThat(compatible.out()).contains("bad.json");
    assertThat(Cli.run("diff", folder("base"), folder("renamed")).exit()).isEqualTo(ExitCode.FAIL);
  }

  @Test
  void foldersWithoutContractsAreInconclusive() throws Exception {
    write("one/readme.txt", "");
    write("two/values.yaml", "a: 1");

    Cli cli = Cli.run("diff", folder("one"), folder("two"));

    assertThat(cli.exit()).isEqualTo(ExitCode.INCONCLUSIVE);
    assertThat(cli.err()).contains("no contract on either side");
  }

  @Test
  void aSideWithoutContractsIsNoPass() throws Exception {
    write("none/values.yaml", "a: 1");

    Cli added = Cli.run("diff", folder("none"), folder("base"));
    Cli gone = Cli.run("diff", folder("base"), folder("none"));

    assertThat(added.exit()).isEqualTo(ExitCode.INCONCLUSIVE);
    assertThat(added.err()).contains("no contract in BASE");
    assertThat(gone.exit()).isEqualTo(ExitCode.FAIL);
    assertThat(gone.err()).contains("no contract in HEAD");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\n", "openapi: [", "\u0000\u0001", "just text", "asyncapi: 3.0.0"})
  void aNamedFileThatIsUnreadableIsOneErrorWithoutAStackTrace(String text) throws Exception {
    String bad = write("bad.yaml", text);

    Cli cli = Cli.run("diff", base, bad);

    assertThat(cli.exit()).describedAs(cli.err()).isEqualTo(ExitCode.DATA);
    assertThat(cli.out()).isEmpty();
    assertThat(cli.showsStackTrace()).isFalse();
    assertThat(cli.errLines()).hasSizeBetween(1, 2);
    assertThat(cli.errLines().get(0)).startsWith("codicil: bad.yaml");
  }

  @Test
  void aDeepDocumentIsRefusedAndNotRecursedInto() throws Exception {
    String deep = write("deep.json", "[".repeat(100_000));

    assertThat(Cli.run("diff", base, deep).exit()).isEqualTo(ExitCode.DATA);
  }

  @Test
  void aMissingFileIsNamed() {
    Cli cli = Cli.run("diff", base, "nowhere\u001b[31m.yaml");

    assertThat(cli.exit()).isEqualTo(ExitCode.DATA);
    assertThat(cli.err()).contains("nowhere?[31m.yaml: no such file, folder or REV:path");
  }

  @Test
  void aRevisionIsNamedAsGitNamesIt() {
    // The tests run inside this repository, in the folder of their module.
    Cli cli = Cli.run("diff", "HEAD:no/such/place", base);

    assertThat(cli.exit()).isEqualTo(ExitCode.DATA);
    assertThat(cli.err()).contains("HEAD:no/such/place");
  }

  @Test
  void jsonIsForPrograms() throws Exception {
    JsonNode json =
        Json.mapper().readTree(Cli.run("diff", base, renamed, "--format", "json").out());

    assertThat(json.path("changes")).isNotEmpty();
    assertThat(json.path("changes").path(0).path("rule").asText()).isNotBlank();
    assertThat(json.path("ledger").path("entries")).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "text, changes for existing consumers",
    "json, codicil-diff/1",
    "markdown, ## Codicil diff",
    "sarif, 2.1.0",
    "github, ::error file=",
    "html, <!doctype html>"
  })
  void everyFormatIsPrintedWithTheSameExitCode(String format, String shown) {
    Cli cli = Cli.run("diff", base, renamed, "--format", format);

    assertThat(cli.exit()).isEqualTo(ExitCode.FAIL);
    assertThat(cli.out()).contains(shown);
  }

  @Test
  void theModeSaysForWhom() {
    Cli forward = Cli.run("diff", base, noted, "--mode", "forward");
    Cli backward = Cli.run("diff", base, noted, "--mode", "backward", "--fail-on", "risky");

    assertThat(forward.out()).contains("for new consumers against the old provider");
    assertThat(backward.out()).contains("for existing consumers against the new provider");
    assertThat(backward.exit()).isEqualTo(ExitCode.PASS);
    assertThat(Cli.run("diff", base, noted, "--mode", "full", "--fail-on", "risky").exit())
        .isEqualTo(ExitCode.FAIL);
    assertThat(Cli.run("diff", renamed, base, "--mode", "forward").exit()).isEqualTo(ExitCode.FAIL);
  }

  @Test
  void theRolloutIsAdvised() throws Exception {
    assertThat(Cli.run("diff", base, renamed).out())
        .contains("Rollout: impossible in one step")
        .contains("body/expiresAt: send it")
        .contains("body/validUntil: stop relying on it");
    JsonNode json = Json.mapper().readTree(Cli.run("diff", base, noted, "--format", "json").out());
    assertThat(json.at("/rollout/order").asText()).isEqualTo("provider-first");
  }

  @Test
  void severalBasesAreComparedAtOnce() throws Exception {
    Cli cli =
        Cli.run("diff", "--against", folder("re*"), "--against", base, noted, "--format", "json");

    JsonNode json = Json.mapper().readTree(cli.out());
    assertThat(cli.exit()).isEqualTo(ExitCode.FAIL);
    assertThat(json.path("bases")).hasSize(2);
    assertThat(json.at("/changes/0/against/0").asText()).isEqualTo(folder("renamed"));
    assertThat(json.at("/changes/0/against")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "diff, name BASE and HEAD",
    "diff a.yaml, name BASE and HEAD",
    "diff a b c, 'c'",
    "diff --against a, name HEAD alone",
    "diff --against a b c, name HEAD alone",
    "diff --batch list a b, leave out BASE and HEAD",
    "diff --batch list --format sarif, leave out --format",
    "diff --against, --against",
  })
  void wrongUsageIsOneLineAndAHint(String line, String said) {
    Cli cli = Cli.run(line.split(" "));

    assertThat(cli.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(cli.err()).contains(said.replace("'", ""));
    assertThat(cli.out()).isEmpty();
    assertThat(cli.showsStackTrace()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tags:no-such-tag-*", "nowhere/*", "v0.0.0-nowhere:contracts", "nowhere"})
  void aBaseThatLeadsNowhereIsUnreadableInput(String bad) {
    Cli cli = Cli.run("diff", "--against", bad, noted);

    assertThat(cli.exit()).describedAs(cli.err()).isEqualTo(ExitCode.DATA);
    assertThat(cli.errLines()).hasSizeBetween(1, 2);
    assertThat(cli.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"--format, xml", "--fail-on, sometimes", "--mode, sideways", "--color, red"})
  void aValueThatIsNotOfferedIsWrongUsage(String option, String value) {
    Cli cli = Cli.run("diff", base, renamed, option, value);

    assertThat(cli.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(cli.err()).contains("'" + value + "'");
  }
}
