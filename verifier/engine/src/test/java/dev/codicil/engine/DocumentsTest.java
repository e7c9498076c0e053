package dev.codicil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.codicil.amendment.Comparison;
import dev.codicil.amendment.Compatibility;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Ledger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

  private Comparison compare(String base, String head) {
    return new Documents(here).compare(base, head, Compatibility.BACKWARD);
  }

  private static List<String> rules(Comparison comparison) {
    return comparison.changes().stream()
        .map(stated -> stated.change().rule() + " " + stated.change().operation())
        .toList();
  }

  private InputException refused(String base, String head) {
    return catchThrowableOfType(InputException.class, () -> compare(base, head));
  }

  @Test
  void filesAndFoldersGiveTheSameChanges() {
    Comparison files = compare("old/api.yaml", "new/api.yaml");
    Comparison folders = compare("old", "new");

    assertThat(rules(files))
        .containsExactly("method-removed GET /licenses", "method-added POST /licenses");
    assertThat(rules(folders)).isEqualTo(rules(files));
    assertThat(compare("old", "old").changes()).isEmpty();
  }

  @Test
  void aRevisionIsComparedWithTheWorkTree() throws Exception {
    commit();
    write("old/api.yaml", document("post"));

    for (String base :
        new String[] {"HEAD:old/api.yaml", "main:old", "HEAD:./old/", "HEAD:old/."}) {
      String head = base.contains("yaml") ? "old/api.yaml" : "old";
      assertThat(compare(base, head).changes()).describedAs(base).hasSize(2);
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

    assertThat(compare("link.yaml", "new/api.yaml").changes()).isNotEmpty();
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

    Comparison comparison = compare("old", "new");

    assertThat(comparison.ledger().unread()).hasSize(1);
    assertThat(comparison.changes()).hasSize(2);
  }

  @Test
  void locationsAreThoseTheUserFinds() throws Exception {
    commit();

    assertThat(files(compare("old", "new"))).containsExactly("old/api.yaml", "new/api.yaml");
    assertThat(files(compare("HEAD:old/api.yaml", "./new/api.yaml")))
        .containsExactly("old/api.yaml", "new/api.yaml");
    assertThat(compare("old", "new").ledger().entries())
        .extracting(Ledger.Entry::file)
        .containsExactly("old/api.yaml", "new/api.yaml");
  }

  private static List<String> files(Comparison comparison) {
    return comparison.changes().stream().map(stated -> stated.change().location().file()).toList();
  }
}
