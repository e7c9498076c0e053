package dev.codicil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.ResetCommand.ResetType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pull request whose author nobody knows: a real repository, real processes. */
class TrustHeadTest {
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static final Path CLASSES =
      Path.of(
          URI.create(
              TinyServer.class.getProtectionDomain().getCodeSource().getLocation().toString()));
  private static final String DOCUMENT =
      """
      openapi: 3.1.0
      info: { title: things, version: 1.0.0 }
      paths:
        /things:
          get:
            responses:
              '200':
                description: a thing
                content:
                  application/json:
                    schema: { type: object, required: [name], properties: { name: { type: string } } }
      """;

  @TempDir Path folder;
  private Path project;
  private Git git;

  @BeforeEach
  void base() throws Exception {
    project = Files.createDirectories(folder.resolve("project"));
    git = Git.init().setDirectory(project.toFile()).setInitialBranch("main").call();
    write("contracts/things.yaml", DOCUMENT);
    write("src/things.txt", "one");
    write("codicil.yaml", declared("seen-{side}.txt"));
    write(
        "chaos-profiles/world.yaml",
        """
        version: 1
        name: world
        title: What a hook sees
        faults:
          - fault: hook
            parameters:
              inject: sh -c 'env > %s/hook-env.txt; echo ${TOP_TOKEN} > %s/hook-word.txt'
              revert: "true"
        """
            .formatted(folder, folder));
    commit("base");
    git.checkout().setCreateBranch(true).setName("proposal").call();
    write("contracts/things.yaml", DOCUMENT.replace("a thing", "one thing"));
    write("src/things.txt", "two");
  }

  @AfterEach
  void close() {
    git.close();
  }

  /** The subject writes its environment to a file outside of the tree. */
  private String declared(String file) {
    return """
    version: 1
    subjects:
      things:
        build: env > %s/build-env.txt
        sources: [src]
        command: [%s, -cp, %s, dev.codicil.cli.TinyServer, "{port}", "%s"]
        env: { API_TOKEN: "${TOP_TOKEN}", PLACE: "${PLACE_OF_IT}" }
        ready: GET /
        startup: 20s
    profiles: []
    """
        .formatted(folder, JAVA, CLASSES, folder.resolve(file).toString().replace('\\', '/'));
  }

  private void write(String file, String text) throws IOException {
    Path path = project.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void commit(String message) throws Exception {
    git.add().addFilepattern(".").call();
    git.commit()
        .setMessage(message)
        .setAuthor("Ada", "ada@example.org")
        .setCommitter("Ada", "ada@example.org")
        .setSign(false)
        .call();
  }

  private Cli in(String command, String... more) {
    List<String> args = new ArrayList<>(List.of(command, "--project", project.toString()));
    args.addAll(List.of(more));
    return Cli.run(args.toArray(String[]::new));
  }

  /** The command in a process of its own, whose environment holds what nobody may see. */
  private CodicilProcess.Result process(String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                JAVA,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                absolute(System.getProperty("java.class.path")),
                "dev.codicil.cli.Main",
                "verify",
                "--project",
                project.toString()));
    command.addAll(List.of(more));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out.txt").toFile())
            .redirectError(folder.resolve("err.txt").toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "TOP_TOKEN", "s3cr3t-of-ours",
                "GITHUB_TOKEN", "s3cr3t-of-the-runner",
                "MAVEN_PASSWORD", "s3cr3t-of-maven",
                "MAVEN_OPTS", "-Dhttps.proxyPassword=s3cr3t-of-the-proxy",
                "PLACE_OF_IT", "here"));
    Process process = builder.start();
    assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
    return new CodicilProcess.Result(
        process.exitValue(),
        Files.readString(folder.resolve("out.txt")),
        Files.readString(folder.resolve("err.txt")));
  }

  private static String absolute(String classPath) {
    List<String> parts = new ArrayList<>();
    for (String part : classPath.split(File.pathSeparator, -1)) {
      parts.add(Path.of(part).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, parts);
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ");
  }

  @Test
  void theBaseSaysWhatIsRunAndNoProcessSeesASecret() throws Exception {
    write("codicil.yaml", declared("marker-{side}.txt"));

    CodicilProcess.Result result =
        process("--no-trust-head", "--expose", "PLACE_OF_IT", "--profiles", "world");

    assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(ExitCode.PASS);
    assertThat(folder.resolve("marker-head.txt")).doesNotExist();
    assertThat(folder.resolve("marker-base.txt")).doesNotExist();
    for (String file : List.of("seen-base.txt", "seen-head.txt", "build-env.txt")) {
      assertThat(folder.resolve(file))
          .content()
          .doesNotContain("s3cr3t")
          .contains("PATH=", "PLACE_OF_IT=here");
    }
    assertThat(folder.resolve("hook-env.txt")).content().doesNotContain("s3cr3t").contains("PATH=");
    assertThat(folder.resolve("hook-word.txt")).hasContent("placeholder-for-TOP_TOKEN");
    assertThat(folder.resolve("seen-head.txt"))
        .content()
        .contains("API_TOKEN=placeholder-for-TOP_TOKEN", "PLACE=here");
    assertThat(oneLine(result.out()))
        .contains("codicil.yaml was changed by the head, which is not trusted")
        .contains("a placeholder stood for TOP_TOKEN on both sides");
    assertThat(Files.readString(project.resolve("target/codicil/verdict.json")))
        .contains("codicil.yaml was changed by the head");
  }

  @Test
  void whoTrustsTheHeadRunsWhatItSays() throws Exception {
    write("codicil.yaml", declared("marker-{side}.txt"));

    CodicilProcess.Result result = process();

    assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(ExitCode.PASS);
    assertThat(folder.resolve("marker-head.txt")).content().contains("API_TOKEN=s3cr3t-of-ours");
    assertThat(folder.resolve("build-env.txt")).content().contains("s3cr3t-of-the-runner");
    assertThat(result.out()).doesNotContain("not trusted");
  }

  @Test
  void profilesOfTheHeadAreNotUsed() throws Exception {
    write("codicil.yaml", declared("x").replace("profiles: []", "profiles: [own]"));
    write("chaos-profiles/own.yaml", "this: is [no profile");

    assertThat(in("plan").exit()).isEqualTo(ExitCode.DATA);
    assertThat(in("plan", "--no-trust-head").exit()).isEqualTo(ExitCode.PASS);
    Cli named = in("plan", "--no-trust-head", "--profiles", "own");
    assertThat(named.exit()).isEqualTo(ExitCode.DATA);
    assertThat(named.err()).contains("there is no chaos profile 'own'");
  }

  @Test
  void aPolicyOfTheHeadDoesNotOpenTheGate() throws Exception {
    TinyProject documents = new TinyProject(folder.resolve("documents"));
    documents.write("codicil.yaml", "version: 1\n").commit("base");
    documents
        .write(TinyProject.DOCUMENT, TinyProject.document("expires", ""))
        .write("codicil.yaml", "version: 1\npolicy: { fail-on: [] }\n");
    String[] verify = {"verify", "--project", documents.root().toString(), "--no-trust-head"};

    Cli untrusted = Cli.run(verify);
    verify[3] = "--trust-head";
    Cli trusted = Cli.run(verify);

    assertThat(untrusted.exit()).as(untrusted.out()).isEqualTo(ExitCode.FAIL);
    assertThat(trusted.exit()).as(trusted.out()).isNotEqualTo(ExitCode.FAIL);
  }

  @Test
  void aBaseThatDeclaresNothingIsOneClearError() throws Exception {
    git.checkout().setName("main").call();
    git.rm().addFilepattern("codicil.yaml").call();
    commit("nothing declared");
    git.checkout().setCreateBranch(true).setName("first").call();
    write("codicil.yaml", declared("x"));
    commit("declared");

    Cli cli = in("verify", "--no-trust-head", "--base", "main");

    assertThat(cli.exit()).isEqualTo(ExitCode.DATA);
    assertThat(cli.errLines())
        .anyMatch(
            line -> line.matches("codicil: codicil.yaml: the base \\([0-9a-f]{12}\\) has none.*"))
        .anyMatch(line -> line.contains("merge one into the base first"));
    assertThat(cli.showsStackTrace()).isFalse();
  }

  @Test
  void aFolderThatIsCalledLikeARevisionIsNotTheBase() throws Exception {
    write("main/codicil.yaml", "no: yaml of ours");

    assertThat(in("plan", "--no-trust-head", "--base", "main").exit()).isEqualTo(ExitCode.PASS);
  }

  @Test
  void aFolderOfTheHeadIsNoBase() throws Exception {
    write("old/codicil.yaml", declared("x"));
    commit("a base of its own");

    Cli cli = in("plan", "--no-trust-head", "--base", "old");

    assertThat(cli.exit()).isEqualTo(ExitCode.DATA);
    assertThat(cli.err()).contains("old: this folder is part of the head");
  }

  @Test
  void aFolderOutsideOfTheWorkTreeIsReadAsTheBase() throws Exception {
    Path base = folder.resolve("base");
    Files.createDirectories(base.resolve("contracts"));
    Files.writeString(base.resolve("contracts/things.yaml"), DOCUMENT);
    Files.writeString(base.resolve("codicil.yaml"), declared("seen-{side}.txt"));
    write("codicil.yaml", "version: nothing");

    Cli cli = in("plan", "--no-trust-head", "--base", "../base");

    assertThat(cli.exit()).as(cli.err()).isEqualTo(ExitCode.PASS);
  }

  @Test
  void whatTheHeadPutWhereCodicilKeepsItsOwnIsRefused() throws Exception {
    write(".codicil/trees/poisoned.done", "");
    git.add().addFilepattern(".codicil").call();
    commit("poison");

    Cli cli = in("verify", "--no-trust-head");

    assertThat(cli.exit()).isEqualTo(ExitCode.DATA);
    assertThat(cli.err()).contains(".codicil: files below it are part of the head");
  }

  @Test
  void reportsAreNotWrittenThroughALinkOfTheHead() throws Exception {
    Files.createSymbolicLink(
        project.resolve("target"), Files.createDirectories(folder.resolve("elsewhere")));

    Cli cli = in("verify", "--no-trust-head");

    assertThat(cli.exit()).isEqualTo(ExitCode.DATA);
    assertThat(cli.err()).contains("target: is a link").contains("--out DIR");
    assertThat(folder.resolve("elsewhere")).isEmptyDirectory();
  }

  @Test
  void whatComesWithTheHeadCannotBeAskedForWhenItIsNotTrusted() {
    for (List<String> contradiction :
        List.of(
            List.of("--allow-contract-code"),
            List.of("--amendment", "any"),
            List.of("--amendments", "contracts"))) {
      List<String> args = new ArrayList<>(List.of("--no-trust-head"));
      args.addAll(contradiction);

      Cli cli = in("verify", args.toArray(String[]::new));

      assertThat(cli.exit()).as(contradiction.toString()).isEqualTo(ExitCode.USAGE);
      assertThat(cli.err()).contains("the head");
    }
    assertThat(in("verify", "--expose", "HOME").exit()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void nothingAmendedButWhatSaysWhatIsRunIsTold() throws Exception {
    git.reset().setMode(ResetType.HARD).call();
    write("codicil-waivers.yaml", "version: 1\n");

    Cli cli = in("verify", "--no-trust-head");

    assertThat(cli.exit()).as(cli.err()).isEqualTo(ExitCode.PASS);
    assertThat(cli.out())
        .contains("Nothing is amended")
        .contains("note: codicil-waivers.yaml is new in the head, which is not trusted");
  }
}
