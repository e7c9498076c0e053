package dev.codicil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The steps of the action, with a double of Codicil that tells how it was called. */
class ActionScriptsTest {
  private static final String DOUBLE =
      """
      #!/bin/sh
      printf '%s\\n' "$@" >"$(dirname "$0")/arguments.txt"
      env >"$(dirname "$0")/environment.txt"
      for argument; do last=$argument; done
      if [ "$1" = report ]; then
        echo "rendered" >"$last"
        exit 0
      fi
      cp "$(dirname "$0")"/verdict.json "$(dirname "$0")"/out/ 2>/dev/null
      echo "::error::from a subject"
      echo "told `cat "$(dirname "$0")"/complaint`" >&2
      exit $(cat "$(dirname "$0")/exit")
      """;

  @TempDir Path folder;
  private Path workspace;
  private Path home;
  private String base = "";
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void start() throws Exception {
    Script.needs("bash", "git", "jq", "unzip");
    workspace = folder.resolve("work");
    Files.createDirectories(workspace.resolve("head"));
    home = Files.createDirectories(folder.resolve("home"));
    Files.createDirectories(home.resolve("out"));
    Files.writeString(home.resolve("codicil"), DOUBLE);
    assertThat(home.resolve("codicil").toFile().setExecutable(true)).isTrue();
    Files.writeString(home.resolve("exit"), "1");
    Files.writeString(home.resolve("complaint"), "progress");
    Files.createDirectories(folder.resolve("temp"));
    try (Git git =
        Git.init()
            .setDirectory(workspace.resolve("head").toFile())
            .setInitialBranch("main")
            .call()) {
      base = commit(git, "base");
      commit(git, "head");
    }
    Files.writeString(
        folder.resolve("event.json"),
        "{\"pull_request\": {\"number\": 7, \"title\": \"$(touch x)\", \"base\": {\"sha\": \""
            + base
            + "\"}}}");
    environment.put("GITHUB_WORKSPACE", workspace.toString());
    environment.put("GITHUB_ACTION_PATH", folder.resolve("work/.github/actions/x").toString());
    environment.put("GITHUB_OUTPUT", folder.resolve("output.txt").toString());
    environment.put("GITHUB_STEP_SUMMARY", folder.resolve("summary.md").toString());
    environment.put("GITHUB_EVENT_PATH", folder.resolve("event.json").toString());
    environment.put("GITHUB_EVENT_NAME", "pull_request");
    environment.put("RUNNER_TEMP", folder.resolve("temp").toString());
    environment.put("CODICIL_WORKING_DIRECTORY", "head");
    environment.put("CODICIL_HOME", home.toString());
    environment.put("CODICIL_LAUNCHER", home.resolve("codicil").toString());
    environment.put("CODICIL_PROJECT", workspace.resolve("head").toString());
    environment.put("CODICIL_OUT", home.resolve("out").toString());
    environment.put("CODICIL_TRUST_HEAD", "false");
    for (String one : new String[] {"COMMENT", "SARIF", "JUNIT"}) {
      environment.put("CODICIL_" + one, "false");
    }
    for (String one : new String[] {"FAIL_ON_INCONCLUSIVE", "ANNOTATIONS", "CACHE"}) {
      environment.put("CODICIL_" + one, "true");
    }
  }

  private static String commit(Git git, String message) throws Exception {
    return git.commit()
        .setMessage(message)
        .setAllowEmpty(true)
        .setAuthor("Ada", "ada@example.org")
        .setCommitter("Ada", "ada@example.org")
        .setSign(false)
        .call()
        .name();
  }

  private Script.Ended run(String script) throws Exception {
    return new Script(script, folder, environment).run();
  }

  private String output(String name) throws IOException {
    return Files.readAllLines(folder.resolve("output.txt")).stream()
        .filter(line -> line.startsWith(name + "="))
        .map(line -> line.substring(name.length() + 1))
        .findFirst()
        .orElse("(none)");
  }

  private void isRefused(String why) throws Exception {
    Script.Ended ended = run("prepare.sh");
    assertThat(ended.exit()).as(ended.out() + ended.err()).isIn(ExitCode.USAGE, ExitCode.DATA);
    assertThat(ended.out()).startsWith("::error title=Codicil::").contains(why);
    assertThat(ended.out().lines()).hasSize(1);
  }

  @Test
  void theBaseIsTheMergeBaseOfThePullRequest() throws Exception {
    Script.Ended ended = run("prepare.sh");

    assertThat(ended.exit()).as(ended.out() + ended.err()).isZero();
    assertThat(output("base")).isEqualTo(base);
    assertThat(output("number")).isEqualTo("7");
    assertThat(output("name")).isEmpty();
    assertThat(output("launcher")).isEqualTo(home.toRealPath().resolve("codicil").toString());
    assertThat(output("key")).startsWith(output("restore-key"));
    assertThat(output("save")).isEqualTo("true");
    assertThat(ended.out()).doesNotContain("::warning");
    assertThat(folder.resolve("x")).doesNotExist();
  }

  @Test
  void anotherBaseHasAnotherKey() throws Exception {
    run("prepare.sh");
    String one = output("restore-key");
    Files.delete(folder.resolve("output.txt"));
    environment.put("CODICIL_BASE", "HEAD");
    run("prepare.sh");

    assertThat(output("base")).matches("[0-9a-f]{40}").isNotEqualTo(base);
    assertThat(output("restore-key")).isNotEqualTo(one);
  }

  @Test
  void aFolderOfTheRepositoryIsACheckOfItsOwn() throws Exception {
    Files.createDirectories(workspace.resolve("head/services/portal"));
    environment.put("CODICIL_WORKING_DIRECTORY", "head/services/portal");
    run("prepare.sh");

    assertThat(output("name")).isEqualTo("services/portal");
  }

  @Test
  void whatCannotBeRightIsRefusedInOneLine() throws Exception {
    environment.put("GITHUB_EVENT_NAME", "pull_request_target");
    isRefused("use pull_request");
    environment.put("GITHUB_EVENT_NAME", "pull_request");
    environment.put("CODICIL_WORKING_DIRECTORY", "..");
    isRefused("inside of the checkout");
    environment.put("CODICIL_WORKING_DIRECTORY", "nowhere");
    isRefused("there is no folder nowhere");
    environment.put("CODICIL_WORKING_DIRECTORY", "head");
    environment.put("CODICIL_SEED", "1\nbase=evil");
    isRefused("input seed: one line");
    environment.remove("CODICIL_SEED");
    environment.put("CODICIL_EXPOSE", "A B");
    isRefused("input expose");
    environment.remove("CODICIL_EXPOSE");
    environment.put("CODICIL_TRUST_HEAD", "yes\n::error::x");
    isRefused("input trust-head: true or false");
    environment.put("CODICIL_TRUST_HEAD", "false");
    environment.put("CODICIL_HOME", folder.resolve("temp").toString());
    isRefused("no launcher called codicil");
    environment.put("CODICIL_HOME", home.toString());
    Files.writeString(
        folder.resolve("event.json"),
        "{\"pull_request\": {\"base\": {\"sha\": \"" + "e".repeat(40) + "\"}}}");
    isRefused("fetch-depth: 0");
    assertThat(folder.resolve("output.txt")).doesNotExist();
  }

  @Test
  void aZipIsUsedWhenItIsTheOneThatWasMeant() throws Exception {
    Path zip = folder.resolve("codicil.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("codicil-1.0/codicil"));
      out.write("#!/bin/sh\n".getBytes(StandardCharsets.UTF_8));
    }
    String hash =
        HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(zip)));
    environment.put("CODICIL_ZIP", zip.toString());
    isRefused("home and zip contradict each other");
    environment.put("CODICIL_HOME", "");
    environment.put("CODICIL_ZIP_SHA256", "0".repeat(64));
    isRefused("is not the one of zip-sha256");
    environment.put("CODICIL_ZIP_SHA256", hash);

    assertThat(run("prepare.sh").exit()).isZero();
    assertThat(output("launcher")).endsWith("codicil-1.0/codicil");

    environment.put("CODICIL_ZIP", "http://example.org/codicil.zip");
    Files.delete(folder.resolve("output.txt"));
    isRefused("an https address or a path");
  }

  @Test
  void aTokenThatTheCheckoutLeftIsWarnedOf() throws Exception {
    try (Git git = Git.open(workspace.resolve("head").toFile())) {
      git.getRepository()
          .getConfig()
          .setString("http", "https://github.com/", "extraheader", "AUTHORIZATION: basic x");
      git.getRepository().getConfig().save();
    }

    assertThat(run("prepare.sh").out())
        .contains("::warning")
        .contains("persist-credentials: false");
  }

  @Test
  void anUntrustedHeadIsVerifiedWithoutTheEnvironmentOfTheJob() throws Exception {
    Files.writeString(
        home.resolve("verdict.json"),
        """
        {"verdict": "fail", "amendments": [{"findings": [
          {"kind": "broken"}, {"kind": "resilience-lost"}, {"kind": "broken"}]}]}
        """);
    environment.put("DEPLOY_KEY", "s3cr3t");
    environment.put("PLACE", "here");
    environment.put("CODICIL_EXPOSE", "PLACE");
    environment.put("CODICIL_BASE", base);
    environment.put("CODICIL_ARGS", "--trust-head\n--concurrency=2\n* $(touch x)");

    Script.Ended ended = run("verify.sh");

    assertThat(ended.exit()).as(ended.out() + ended.err()).isZero();
    assertThat(Files.readAllLines(home.resolve("arguments.txt")))
        .startsWith("verify", "--project", workspace.resolve("head").toString())
        .containsSequence("--base", base)
        .containsSequence("--expose", "PLACE")
        .containsSequence("--trust-head", "--concurrency=2", "* $(touch x)")
        .endsWith("--no-trust-head");
    assertThat(home.resolve("environment.txt"))
        .content()
        .contains("PATH=", "PLACE=here")
        .doesNotContain("s3cr3t", "GITHUB_");
    assertThat(output("verdict")).isEqualTo("fail");
    assertThat(output("exit-code")).isEqualTo("1");
    assertThat(output("findings")).isEqualTo("{\"broken\":2,\"resilience-lost\":1}");
    assertThat(output("broken")).isEqualTo("2");
    assertThat(output("fragile")).isEqualTo("0");
  }

  @Test
  void aTrustedHeadIsGivenWhatItsSubjectsNeed() throws Exception {
    environment.put("CODICIL_TRUST_HEAD", "true");
    environment.put("DEPLOY_KEY", "s3cr3t");

    run("verify.sh");

    assertThat(home.resolve("environment.txt")).content().contains("DEPLOY_KEY=s3cr3t");
    assertThat(Files.readAllLines(home.resolve("arguments.txt"))).doesNotContain("--no-trust-head");
  }

  @Test
  void whatSubjectsPrintIsNoCommandToTheRunner() throws Exception {
    String out = run("verify.sh").out();

    String first = out.lines().findFirst().orElseThrow();
    assertThat(first).matches("::stop-commands::[0-9a-f]{32}");
    String resume = "::" + first.substring("::stop-commands::".length()) + "::";
    assertThat(out.lines().toList()).endsWith(resume).contains("::error::from a subject");
  }

  @Test
  void withoutAVerdictTheCommentOfTheRunBeforeIsNotLeftStanding() throws Exception {
    Files.writeString(home.resolve("complaint"), "```\n<img src=x>\u001b[31m");
    Files.writeString(home.resolve("exit"), "65");
    run("verify.sh");
    environment.put("CODICIL_CODE", output("exit-code"));
    environment.put("CODICIL_NAME", "portal");

    Script.Ended ended = run("report.sh");

    assertThat(ended.exit()).as(ended.err()).isZero();
    assertThat(output("verdict")).isEqualTo("none");
    assertThat(home.resolve("out/comment.md"))
        .content()
        .isEqualTo(
            "<!-- codicil:portal -->\n**Codicil:** no verdict (exit code 65); the run says why.\n");
    assertThat(folder.resolve("summary.md"))
        .content()
        .contains("````text\n")
        .contains("<img src=x>")
        .doesNotContain("\u001b");
    assertThat(ended.out()).contains("::error title=Codicil::no verdict (exit code 65)");
  }

  @Test
  void aVerdictIsRenderedInEveryFormThatWasAskedFor() throws Exception {
    Files.writeString(home.resolve("out/verdict.json"), "{}");
    environment.put("CODICIL_CODE", "1");
    environment.put("CODICIL_SARIF", "true");
    environment.put("CODICIL_JUNIT", "true");

    Script.Ended ended = run("report.sh");

    assertThat(ended.exit()).as(ended.err()).isZero();
    for (String file : new String[] {"comment.md", "codicil.sarif", "junit.xml"}) {
      assertThat(home.resolve("out").resolve(file)).content().isEqualTo("rendered\n");
    }
    assertThat(folder.resolve("summary.md")).content().isEqualTo("rendered\n");
    assertThat(Files.readAllLines(home.resolve("arguments.txt")))
        .containsSequence("--format", "junit", "--out");
  }

  @ParameterizedTest
  @CsvSource({
    "0,true,0",
    "1,true,1",
    "1,false,1",
    "2,true,2",
    "2,false,0",
    "65,false,65",
    ",true,70"
  })
  void theJobEndsAsTheVerificationDid(String code, String failOnInconclusive, int exit)
      throws Exception {
    environment.put("CODICIL_CODE", code == null ? "" : code);
    environment.put("CODICIL_FAIL_ON_INCONCLUSIVE", failOnInconclusive);

    assertThat(run("gate.sh").exit()).isEqualTo(exit);
  }
}
