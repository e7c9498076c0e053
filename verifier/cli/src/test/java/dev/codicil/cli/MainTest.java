package dev.codicil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  @TempDir Path folder;

  private Cli in(String command, String... more) {
    String[] args = new String[more.length + 3];
    args[0] = command;
    args[1] = "--project";
    args[2] = folder.toString();
    System.arraycopy(more, 0, args, 3, more.length);
    return Cli.run(args);
  }

  private static void isDataError(Cli cli) {
    assertThat(cli.exit()).describedAs(cli.err() + cli.out()).isEqualTo(ExitCode.DATA);
    assertThat(cli.showsStackTrace()).isFalse();
    assertThat(cli.err()).contains("codicil: ");
  }

  @Test
  void withoutArgumentsTheUsageIsShown() {
    Cli cli = Cli.run();

    assertThat(cli.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(cli.out()).contains("Usage: codicil");
  }

  @Test
  void helpListsCommandsAndExitCodes() {
    Cli cli = Cli.run("--help");

    assertThat(cli.exit()).isEqualTo(ExitCode.PASS);
    assertThat(cli.out())
        .contains("verify", "diff", "plan", "judge", "replay", "profiles")
        .contains("0 pass, 1 fail, 2 inconclusive, 64 usage, 65 unreadable input")
        .contains("69 nothing could be started, 70 a bug of Codicil");
  }

  @ParameterizedTest
  @ValueSource(strings = {"verify", "diff", "plan", "judge", "replay", "profiles"})
  void everyCommandExplainsItself(String command) {
    Cli cli = Cli.run(command, "--help");

    assertThat(cli.exit()).isEqualTo(ExitCode.PASS);
    assertThat(cli.out()).startsWith("Usage: codicil " + command);
  }

  @Test
  void anUnknownOptionIsWrongUsageWithASuggestion() {
    Cli cli = Cli.run("verify", "--amendmet=x");

    assertThat(cli.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(cli.err())
        .contains("--amendmet")
        .contains("--amendment")
        .contains("Try 'codicil verify --help'.");
  }

  @Test
  void anUnknownCommandIsWrongUsageWithASuggestion() {
    Cli cli = Cli.run("verfy");

    assertThat(cli.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(cli.err()).contains("verfy").contains("verify");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--seed=x", "--budget=0", "--time-budget=soon", "--color=red"})
  void aValueThatCannotBeIsWrongUsage(String option) throws Exception {
    new TinyProject(folder).amendment("a", TinyProject.document("validUntil", ""));

    Cli cli = in("verify", option);

    assertThat(cli.exit()).describedAs(cli.err() + cli.out()).isEqualTo(ExitCode.USAGE);
    assertThat(cli.showsStackTrace()).isFalse();
  }

  @Test
  void anUnknownAmendmentListsTheKnownOnes() throws Exception {
    new TinyProject(folder).amendment("rename", TinyProject.document("expiresAt", ""));

    Cli cli = in("verify", "--amendment", "renam");

    assertThat(cli.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(cli.err())
        .contains("no amendment 'renam'; did you mean 'rename'? there are [rename]");
  }

  @Test
  void severalAmendmentsCanBeNamed() throws Exception {
    new TinyProject(folder)
        .amendment("first", TinyProject.document("validUntil", ""))
        .amendment("second", TinyProject.document("validUntil", ""))
        .amendment("third", TinyProject.document("validUntil", ""));

    Cli commas = in("plan", "--amendment", "third,first");
    Cli twice = in("plan", "--amendment", "third", "--amendment", "first");

    assertThat(commas.out()).contains("first", "third").doesNotContain("second");
    assertThat(twice.out()).isEqualTo(commas.out());
  }

  @Test
  void aFolderOfAmendmentsWithNoneInItIsTold() throws Exception {
    new TinyProject(folder);
    Files.createDirectories(folder.resolve("empty"));

    isDataError(in("verify", "--amendments", "empty"));
  }

  @Test
  void anUnknownProfileListsTheKnownOnes() throws Exception {
    new TinyProject(folder).amendment("rename", TinyProject.document("expiresAt", ""));

    Cli cli = in("verify", "--profiles", "../outage");

    isDataError(cli);
    assertThat(cli.err()).contains("outage, ");
  }

  @Test
  void aProjectThatIsNotThereIsTold() {
    isDataError(Cli.run("verify", "--project", folder.resolve("nowhere").toString()));
  }

  @Test
  void aBadProjectFileIsOneErrorAtItsLine() throws Exception {
    Files.writeString(folder.resolve("codicil.yaml"), "version: 1\nsubject: {}\n");

    Cli cli = in("verify");

    isDataError(cli);
    assertThat(cli.err()).contains("codicil.yaml:2:1: unknown key 'subject'");
  }

  @Test
  void aFolderThatIsNoRepositoryNeedsNamedSides() throws Exception {
    new TinyProject(folder);

    Cli cli = in("verify");

    isDataError(cli);
    assertThat(cli.err()).contains("no git repository").contains("--base FOLDER --head FOLDER");
  }

  @Test
  void aShallowCloneWithoutTheBaseSaysWhatToType() throws Exception {
    TinyProject project = new TinyProject(folder).commit("base");
    try (Git git = Git.open(folder.toFile())) {
      git.checkout().setCreateBranch(true).setName("proposal").call();
    }
    project.write(TinyProject.DOCUMENT, TinyProject.document("expiresAt", "")).commit("proposed");
    try (Git git = Git.open(folder.toFile())) {
      ObjectId head = git.getRepository().resolve("HEAD");
      Files.writeString(folder.resolve(".git/shallow"), head.name() + "\n");
    }

    Cli cli = in("verify");

    isDataError(cli);
    assertThat(cli.err()).contains("shallow clone").contains("git fetch --unshallow");
    Cli named = in("verify", "--base", "HEAD~1");
    isDataError(named);
    assertThat(named.err()).contains("git fetch --unshallow");
  }

  @Test
  void foldersCanBeComparedWithoutARepository() throws Exception {
    new TinyProject(folder.resolve("old"));
    new TinyProject(folder.resolve("new"))
        .write(TinyProject.DOCUMENT, TinyProject.document("expiresAt", ""));

    Cli cli = in("verify", "--base", "old", "--head", "new");

    assertThat(cli.exit()).describedAs(cli.err() + cli.out()).isEqualTo(ExitCode.FAIL);
    assertThat(in("verify", "--base", "old", "--head", "old").out())
        .contains("Nothing is amended between old and old.");
  }

  @Test
  void aHistoryThatIsNotThereIsTold() {
    isDataError(in("judge", folder.resolve("nowhere").toString()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "garbage\n",
        "garbage\ngarbage\n",
        "{\"n\":0,\"crc\":\"00000000\",\"data\":{}}\n",
        "{\"n\":0,\"crc\":\"a3830348\",\"data\":{}}\n",
        "{\"n\":0,"
      })
  void aDamagedHistoryIsTold(String text) throws Exception {
    Path history = folder.resolve("history.ndjson");
    Files.writeString(history, text);

    isDataError(in("judge", history.toString()));
  }

  @Test
  void aHistoryThatIsDamagedInTheMiddleIsTold() throws Exception {
    new TinyProject(folder).amendment("rename", TinyProject.document("expiresAt", ""));
    in("verify");
    Path history = folder.resolve("target/codicil/history/rename/history.ndjson");
    String text = Files.readString(history);
    Files.writeString(history, text.replaceFirst("validUntil", "validuntil"));
    isDataError(in("judge", history.toString()));

    Files.writeString(history, text.substring(text.indexOf('\n') + 1));
    isDataError(in("judge", history.toString()));

    Files.writeString(history, text.substring(0, text.length() - 40));
    Cli torn = in("judge", history.toString());
    assertThat(torn.exit()).describedAs(torn.err()).isEqualTo(ExitCode.FAIL);
    assertThat(torn.out()).contains("--resume");
  }

  @Test
  void anExperimentThatIsNotInThePlanIsTold() throws Exception {
    new TinyProject(folder).amendment("rename", TinyProject.document("expiresAt", ""));

    Cli cli = in("replay", "nonsense");

    isDataError(cli);
    assertThat(cli.err()).contains("codicil plan --amendment rename");
  }

  @Test
  void profilesAreListed() {
    Cli cli = in("profiles");

    assertThat(cli.exit()).isEqualTo(ExitCode.PASS);
    assertThat(cli.out()).contains("outage", "slow-partner", "latency");
  }
}
