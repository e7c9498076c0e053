package dev.codicil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports of a run that is over; the run is one of documents, so that nothing is started. */
class ReportCommandTest {
  private static final String MADE_BY_HAND =
      "{\"schema\":\"codicil-verdict/1\",\"verdict\":\"pass\",\"amendments\":[]}";

  @TempDir Path folder;
  private TinyProject project;

  @BeforeEach
  void contracts() throws Exception {
    project = new TinyProject(folder);
    project.amendment("rename", TinyProject.document("expiresAt", ""));
  }

  private Cli verify(String... more) {
    return run("verify", more);
  }

  private Cli report(String... more) {
    return run("report", more);
  }

  private Cli run(String command, String... more) {
    List<String> args = new ArrayList<>(List.of(command, "--project", folder.toString()));
    args.addAll(Arrays.asList(more));
    return Cli.run(args.toArray(new String[0]));
  }

  private String written(String file) throws Exception {
    return Files.readString(folder.resolve(file));
  }

  @Test
  void everyFormatOfTheLastRunIsThatOfTheRunItself() throws Exception {
    Cli verify =
        verify(
            "--report",
            "junit",
            "--report",
            "sarif",
            "--report",
            "gitlab",
            "--report",
            "github-comment=" + folder.resolve("made/comment.md"));
    assertThat(verify.exit()).describedAs(verify.err()).isEqualTo(ExitCode.FAIL);
    assertThat(verify.out()).contains("junit.xml", "report.sarif", "gitlab-code-quality.json");

    for (String format : List.of("junit", "sarif", "gitlab", "markdown", "html", "json")) {
      String file =
          switch (format) {
            case "junit" -> "junit.xml";
            case "sarif" -> "report.sarif";
            case "gitlab" -> "gitlab-code-quality.json";
            case "markdown" -> "report.md";
            case "html" -> "report.html";
            default -> "verdict.json";
          };
      Cli report = report("--format", format);
      assertThat(report.exit()).describedAs(report.err()).isEqualTo(ExitCode.PASS);
      assertThat(report.out()).isEqualTo(written("target/codicil/" + file));
      assertThat(report.err()).isEmpty();
    }
    assertThat(report("--format", "github-comment").out())
        .isEqualTo(written("made/comment.md"))
        .startsWith("<!-- codicil -->\n## \u274c Codicil: fail")
        .contains("shop");
    assertThat(report().out()).contains("FAIL").contains("rename");

    theHistoryTellsTheSame();
  }

  /** A killed run leaves no verdict, and its histories are judged instead. */
  private void theHistoryTellsTheSame() throws Exception {
    String before = report("--format", "markdown").out();
    Files.delete(folder.resolve("target/codicil/verdict.json"));

    Cli judged = report("--format", "markdown");
    assertThat(judged.exit()).describedAs(judged.err()).isEqualTo(ExitCode.PASS);
    assertThat(judged.out()).isEqualTo(before);
    assertThat(judged.err()).contains("judged from a history");
    Path history = folder.resolve("target/codicil/history/rename/history.ndjson");
    assertThat(report(history.toString(), "--format", "markdown").out()).isEqualTo(before);
  }

  @Test
  void severalFormatsGoToTheirFilesAndOneToWhereOutSays() throws Exception {
    project.write("v/verdict.json", MADE_BY_HAND);
    String verdict = folder.resolve("v").toString();

    Cli both =
        report(
            verdict,
            "--format",
            "junit=" + folder.resolve("a/b/j.xml"),
            "--format",
            "sarif",
            "--out",
            folder.resolve("s.sarif").toString());
    assertThat(both.exit()).describedAs(both.err()).isEqualTo(ExitCode.PASS);
    assertThat(both.out()).isEmpty();
    assertThat(written("a/b/j.xml")).startsWith("<?xml");
    assertThat(written("s.sarif")).contains("2.1.0");
    assertThat(
            report(verdict, "--format", "gitlab", "--out", folder.resolve("a").toString()).exit())
        .isEqualTo(ExitCode.PASS);
    assertThat(written("a/gitlab-code-quality.json")).isEqualTo("[]\n");
  }

  @Test
  void aCheckHasTheNameOfItsFolderOrTheOneThatIsGiven() throws Exception {
    project.write("v/verdict.json", MADE_BY_HAND);
    Files.createDirectories(folder.resolve(".git"));
    String verdict = folder.resolve("v/verdict.json").toString();
    Path below = Files.createDirectories(folder.resolve("services/shop"));
    String[] words = {"report", verdict, "--project", below.toString(), "--format"};

    assertThat(Cli.run(with(words, "github-comment")).out())
        .startsWith("<!-- codicil:services/shop -->\n");
    assertThat(Cli.run(with(words, "github-comment", "--name", "nightly")).out())
        .startsWith("<!-- codicil:nightly -->\n");
    assertThat(Cli.run(with(words, "sarif")).out()).contains("\"codicil/services/shop/\"");
    Cli bad = Cli.run(with(words, "sarif", "--name", "a --> b"));
    assertThat(bad.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(bad.err()).contains("--name");
  }

  private static String[] with(String[] words, String... more) {
    String[] all = Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return all;
  }

  @ParameterizedTest
  @CsvSource({"report, --format", "verify, --report"})
  void anUnknownFormatIsWrongUsage(String command, String option) {
    Cli cli = run(command, option, "pdf");

    assertThat(cli.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(cli.err()).contains("junit").contains("github-comment").contains("not 'pdf'");
    assertThat(Files.exists(folder.resolve("target"))).isFalse();
    assertThat(run(command, option, "junit=").exit()).isEqualTo(ExitCode.USAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"schema\":\"other/1\"}", "\u0000", "<html>"})
  void anUnreadableVerdictIsOneClearError(String text) throws Exception {
    project.write("target/codicil/verdict.json", text);

    Cli cli = report("--format", "junit");

    assertThat(cli.exit()).isEqualTo(ExitCode.DATA);
    assertThat(cli.err()).contains("verdict.json").contains("to do:");
    assertThat(cli.errLines()).hasSize(2);
    assertThat(cli.out()).isEmpty();
  }

  @Test
  void bytesThatAreNoTextAreOneClearError() throws Exception {
    Files.createDirectories(folder.resolve("target/codicil"));
    Files.write(folder.resolve("target/codicil/verdict.json"), new byte[] {(byte) 0xff, 0, 1});

    Cli cli = report();
    assertThat(cli.exit()).isEqualTo(ExitCode.DATA);
    assertThat(cli.err()).contains("cannot be read as UTF-8");
    assertThat(cli.showsStackTrace()).isFalse();
  }

  @Test
  void noRunIsOneClearError() {
    assertThat(report().exit()).isEqualTo(ExitCode.DATA);
    assertThat(report().err()).contains("there is no verdict").contains("run codicil verify first");
    assertThat(report(folder.toString()).err()).contains("neither verdict.json nor a history");
    assertThat(report(folder.resolve("gone.json").toString()).exit()).isEqualTo(ExitCode.DATA);
  }

  @Test
  void aPlaceThatCannotBeWrittenIsOneClearError() throws Exception {
    project.write("v/verdict.json", MADE_BY_HAND);
    project.write("file", "");
    String verdict = folder.resolve("v").toString();

    Cli below = report(verdict, "--format", "junit=" + folder.resolve("file/x.xml"));
    assertThat(below.exit()).isEqualTo(ExitCode.DATA);
    assertThat(below.err()).contains("cannot be written").contains("name another file");
    Cli run = verify("--report", "junit=" + folder.resolve("file/x.xml"));
    assertThat(run.exit()).isEqualTo(ExitCode.DATA);
    assertThat(run.err()).contains("cannot be written");
    assertThat(Files.exists(folder.resolve("target/codicil/history"))).isFalse();
  }

  @Test
  void whatContradictsItselfIsWrongUsage() throws Exception {
    project.write("v/verdict.json", MADE_BY_HAND);
    String verdict = folder.resolve("v").toString();

    assertThat(report(verdict, "--format", "junit", "--format", "sarif").exit())
        .isEqualTo(ExitCode.USAGE);
    assertThat(report(verdict, "--format", "junit=x.xml", "--out", "y").exit())
        .isEqualTo(ExitCode.USAGE);
    assertThat(report("--history", verdict, "--format", "junit").exit()).isEqualTo(ExitCode.USAGE);
    assertThat(report(verdict, "--history", verdict).exit()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void runsAreComparedInTheOrderOfTheirNamesAndWhatIsUnreadIsCounted() throws Exception {
    project.write("runs/run-10/verdict.json", MADE_BY_HAND);
    project.write("runs/run-9/verdict.json", MADE_BY_HAND);
    project.write("runs/run-8/verdict.json", "{");

    Cli text = report("--history", folder.resolve("runs").toString());
    assertThat(text.exit()).describedAs(text.err()).isEqualTo(ExitCode.PASS);
    assertThat(text.out()).contains("2 runs").contains("1 run not read").contains("run-8");
    assertThat(text.out()).contains("From run-9 to run-10");
    JsonNode json =
        Json.mapper()
            .readTree(
                report("--history", folder.resolve("runs").toString(), "--format", "json").out());
    assertThat(json.at("/runs").findValuesAsText("name")).containsExactly("run-9", "run-10");
    Cli none = report("--history", folder.resolve("contracts").toString());
    assertThat(none.exit()).isEqualTo(ExitCode.DATA);
    assertThat(none.err()).contains("no verdict.json below");
  }
}
