package dev.codicil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.codicil.amendment.Amendment;
import dev.codicil.amendment.Change;
import dev.codicil.contract.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentsTest {
  @TempDir Path here;

  @BeforeEach
  void documents() throws Exception {
    write("old/api.yaml", document("get"));
    write("new/api.yaml", document("post"));
  }

  private void write(String path, String text) throws Exception {
    Path file = here.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String document(String method) {
    return """
    openapi: 3.0.3
    info: { title: licenses, version: "1" }
    paths:
      /licenses:
        %s: { responses: { "200": { description: all } } }
    """
        .formatted(method);
  }

  private void commit() throws Exception {
    try (Git git = Git.init().setDirectory(here.toFile()).setInitialBranch("main").call()) {
      git.add().addFilepattern(".").call();
      git.commit().setMessage("base").setAuthor("A", "a@example.org").setSign(false).call();
    }
  }

  private InputException refused(String base, String head) {
    return catchThrowableOfType(InputException.class, () -> Documents.compare(here, base, head));
  }

  @Test
  void filesAndFoldersGiveTheSameChanges() {
    Amendment files = Documents.compare(here, "old/api.yaml", "new/api.yaml");
    Amendment folders = Documents.compare(here, "old", "new");

    assertThat(files.changes()).extracting(Change::operation).isNotEmpty();
    assertThat(folders.changes()).isEqualTo(files.changes());
    assertThat(Documents.compare(here, "old", "old").changes()).isEmpty();
  }

  @Test
  void aRevisionIsComparedWithTheWorkTree() throws Exception {
    commit();
    write("old/api.yaml", document("post"));

    for (String base :
        new String[] {"HEAD:old/api.yaml", "main:old", "HEAD:./old/", "HEAD:old/."}) {
      String head = base.contains("yaml") ? "old/api.yaml" : "old";
      assertThat(Documents.compare(here, base, head).changes()).describedAs(base).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"HEAD:nowhere", "HEAD:old/nope.yaml", "v9:old", ":old", "nowhere", "HEAD:ol"})
  void aNameThatLeadsNowhereIsRefused(String name) throws Exception {
    commit();

    assertThat(refused(name, "new")).isNotNull();
    assertThat(refused("old", name)).isNotNull();
  }

  @Test
  void aLinkThatIsNamedIsFollowed() throws Exception {
    Files.createSymbolicLink(here.resolve("link.yaml"), here.resolve("old/api.yaml"));

    assertThat(Documents.compare(here, "link.yaml", "new/api.yaml").changes()).isNotEmpty();
  }

  @Test
  void aNamedFileThatIsUnreadableIsRefusedAtItsLine() throws Exception {
    write("bad.json", "{\n \"openapi\": \n");

    InputException refused = refused("bad.json", "new");

    assertThat(refused.location().file()).isEqualTo("bad.json");
    assertThat(refused.location().line()).isPositive();
  }

  @Test
  void anUnreadableFileInsideAFolderGoesToTheLedger() throws Exception {
    write("old/bad.json", "{");

    Amendment amendment = Documents.compare(here, "old", "new");

    assertThat(amendment.ledger().unread()).hasSize(1);
    assertThat(amendment.before()).hasSize(1);
  }
}
