package dev.codicil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.codicil.chaos.profile.BuiltInProfiles;
import dev.codicil.contract.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfilesTest {
  @TempDir Path root;

  private void own(String name, String text) throws Exception {
    Path folder = Files.createDirectories(root.resolve(Profiles.FOLDER));
    Files.writeString(folder.resolve(name + ".yaml"), text);
  }

  private static String renamed(String builtIn, String title) throws Exception {
    return Files.readString(Path.of("../../chaos-profiles/" + builtIn + ".yaml"))
        .replaceFirst("(?m)^title: .*$", "title: " + title);
  }

  @Test
  void theBuiltInOnesAreThereWithoutAFolder() {
    assertThat(Profiles.names(root)).isEqualTo(BuiltInProfiles.names().stream().sorted().toList());
    for (String name : Profiles.names(root)) {
      assertThat(Profiles.read(root, name).name()).isEqualTo(name);
    }
  }

  @Test
  void theProjectsOwnComesBeforeTheBuiltInOne() throws Exception {
    own("outage", renamed("outage", "Ours"));

    assertThat(Profiles.read(root, "outage").title()).isEqualTo("Ours");
    assertThat(Profiles.names(root)).hasSameSizeAs(BuiltInProfiles.names());
  }

  @Test
  void anUnknownNameListsTheKnownOnes() throws Exception {
    own("stormy-monday", renamed("outage", "Ours"));

    InputException refused =
        catchThrowableOfType(InputException.class, () -> Profiles.read(root, "stormy"));

    assertThat(refused.what()).isEqualTo("there is no chaos profile 'stormy'");
    assertThat(refused.remedy()).contains("stormy-monday").contains("outage");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../chaos-profiles/outage",
        "/etc/passwd",
        "",
        ".",
        "outage.yaml",
        "a/b",
        "OUTAGE"
      })
  void aPathIsNoName(String name) {
    assertThat(catchThrowableOfType(InputException.class, () -> Profiles.read(root, name)))
        .isNotNull();
  }

  @Test
  void aFileThatCannotBeChosenIsNotOffered() throws Exception {
    own("Not A Name", "");
    Files.writeString(root.resolve(Profiles.FOLDER).resolve("notes.txt"), "");

    assertThat(Profiles.names(root)).isEqualTo(BuiltInProfiles.names().stream().sorted().toList());
  }

  @Test
  void aBadProfileOfTheProjectIsRefusedAtItsLine() throws Exception {
    own("outage", "version: 1\nnaem: outage\n");

    InputException refused =
        catchThrowableOfType(InputException.class, () -> Profiles.read(root, "outage"));

    assertThat(refused.location().file()).isEqualTo("chaos-profiles/outage.yaml");
  }
}
