package dev.codicil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.profile.BuiltInProfiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfilesCommandTest {
  private static final String GOOD =
      "version: 1\nname: ours\ntitle: Ours\nfaults:\n  - { fault: duplicate, when: { call: 2 } }\n";
  private static final String BAD =
      "version: 1\nname: theirs\nfaults:\n  - { fault: latncy }\n  - { fault: alsowrong }\n";

  @TempDir Path folder;

  private Cli in(String... args) {
    String[] all = new String[args.length + 3];
    all[0] = "profiles";
    System.arraycopy(args, 0, all, 1, args.length);
    all[args.length + 1] = "--project";
    all[args.length + 2] = folder.toString();
    return Cli.run(all);
  }

  private Path own(String name, String text) throws IOException {
    Path profiles = Files.createDirectories(folder.resolve("chaos-profiles"));
    return Files.writeString(profiles.resolve(name + ".yaml"), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "list"})
  void builtInProfilesAndTheProjectsOwnAreListed(String word) throws IOException {
    own("ours", GOOD);

    Cli cli = word.isEmpty() ? in() : in(word);

    assertThat(cli.exit()).isEqualTo(ExitCode.PASS);
    assertThat(cli.out())
        .contains("ours", "Ours (the project's)", "duplicate", "exchange 2")
        .contains(BuiltInProfiles.names());
    assertThat(cli.err()).isEmpty();
  }

  @Test
  void badProfileIsToldAndDoesNotHideTheOthers() throws IOException {
    own("theirs", BAD);

    Cli cli = in("list");

    assertThat(cli.exit()).isEqualTo(ExitCode.DATA);
    assertThat(cli.out()).contains(BuiltInProfiles.names());
    assertThat(cli.err()).contains("chaos-profiles/theirs.yaml:4:7: unknown fault 'latncy'");
  }

  @Test
  void profileIsExplained() {
    Cli cli = in("explain", "outage");

    assertThat(cli.exit()).isEqualTo(ExitCode.PASS);
    assertThat(cli.out())
        .startsWith("outage  A partner is down\nbuilt-in, chaos-profiles/outage.yaml\n")
        .contains("strikes", "good", "status 503", "codicil verify --profiles outage");
  }

  @Test
  void unknownProfileIsNamedWithTheNearest() {
    Cli cli = in("explain", "outag");

    assertThat(cli.exit()).isEqualTo(ExitCode.DATA);
    assertThat(cli.err()).contains("there is no chaos profile 'outag'", "did you mean 'outage'?");
  }

  @Test
  void validFilesPassWithALineEach() throws IOException {
    Path file = own("ours", GOOD);

    Cli cli = in("validate", file.toString());

    assertThat(cli.exit()).isEqualTo(ExitCode.PASS);
    assertThat(cli.out()).isEqualTo(file + ": ours, 1 fault\n");
    assertThat(cli.err()).isEmpty();
  }

  @Test
  void everyBadFileIsToldWithItsFirstError() throws IOException {
    Path good = own("ours", GOOD);
    Path bad = own("theirs", BAD);
    Path missing = folder.resolve("missing.yaml");

    Cli cli = in("validate", bad.toString(), missing.toString(), good.toString());

    assertThat(cli.exit()).isEqualTo(ExitCode.DATA);
    assertThat(cli.out()).isEqualTo(good + ": ours, 1 fault\n");
    assertThat(cli.errLines())
        .filteredOn(line -> line.startsWith("codicil: "))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("codicil: " + bad + ":4:7: unknown fault"),
            line -> assertThat(line).isEqualTo("codicil: " + missing + ": there is no such file"));
    assertThat(cli.err()).doesNotContain("alsowrong");
  }

  @Test
  void folderStandsForItsProfiles() throws IOException {
    own("ours", GOOD);
    own("theirs", BAD);
    Files.writeString(folder.resolve("chaos-profiles/notes.txt"), "no profile");

    Cli cli = in("validate", folder.resolve("chaos-profiles").toString());

    assertThat(cli.exit()).isEqualTo(ExitCode.DATA);
    assertThat(cli.out()).contains("ours, 1 fault").doesNotContain("notes");
    assertThat(cli.err()).contains("theirs.yaml:4:7");
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertThat(in("validate", empty.toString()).err())
        .contains("there is no profile in this folder");
  }

  @Test
  void hostileBytesAreOneError() throws IOException {
    Path file = own("bytes", "\u0000\u001b[2J: [");

    Cli cli = in("validate", file.toString());

    assertThat(cli.exit()).isEqualTo(ExitCode.DATA);
    assertThat(cli.err()).doesNotContain("\u001b").contains("bytes.yaml");
    assertThat(cli.showsStackTrace()).isFalse();
  }

  @Test
  void validateWithoutAFileIsWrongUsage() {
    assertThat(in("validate").exit()).isEqualTo(ExitCode.USAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "explain", "validate"})
  void helpShowsAnExample(String word) {
    Cli cli = Cli.run("profiles", word, "--help");

    assertThat(cli.exit()).isEqualTo(ExitCode.PASS);
    assertThat(cli.out()).contains("Example", "codicil profiles " + word);
  }
}
