package dev.codicil.engine.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.codicil.contract.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourcesTest {
  @TempDir Path folder;
  private Path root;
  private FolderSource source;

  @BeforeEach
  void tree() throws Exception {
    root = Files.createDirectory(folder.resolve("root"));
    write("root/b/two.yaml", "two");
    write("root/a.yaml", "one");
    write("outside/secret.yaml", "secret");
    source = new FolderSource(root, "the tree");
  }

  private void write(String path, String text) throws Exception {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void filesAreListedInOrderWithForwardSlashes() {
    assertThat(source.files()).containsExactly("a.yaml", "b/two.yaml");
    assertThat(source.name()).isEqualTo("the tree");
    assertThat(new String(source.read("b/two.yaml"), UTF_8)).isEqualTo("two");
  }

  @Test
  void foldersThatHoldNoSourcesAreLeftOut() throws Exception {
    for (String ignored : FolderSource.IGNORED) {
      write("root/" + ignored + "/x.yaml", "x");
      write("root/b/" + ignored + "/x.yaml", "x");
    }

    assertThat(source.files()).containsExactly("a.yaml", "b/two.yaml");
    assertThat(new FolderSource(root.resolve("target"), "named itself").files())
        .containsExactly("x.yaml");
  }

  @Test
  void theFileThatLeadsALinkedWorkTreeToItsRepositoryIsNoSource() throws Exception {
    String before = TreeStamp.of(root, List.of()).hash();
    write("root/.git", "gitdir: elsewhere");

    assertThat(source.files()).containsExactly("a.yaml", "b/two.yaml");
    assertThat(TreeStamp.of(root, List.of()).hash()).isEqualTo(before);
  }

  @Test
  void linksAreNotFollowed() throws Exception {
    Files.createSymbolicLink(root.resolve("link.yaml"), folder.resolve("outside/secret.yaml"));
    Files.createSymbolicLink(root.resolve("linked"), folder.resolve("outside"));

    assertThat(source.files()).containsExactly("a.yaml", "b/two.yaml");
    for (String path : List.of("link.yaml", "linked/secret.yaml")) {
      InputException refused = catchThrowableOfType(InputException.class, () -> source.read(path));
      assertThat(refused).describedAs(path).isNotNull();
      assertThat(refused.what()).isEqualTo("no such file in the tree");
    }
  }

  @Test
  void aRootThatIsItselfReachedByALinkIsRead() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("alias"), root);

    assertThat(new String(new FolderSource(link, "alias").read("a.yaml"), UTF_8)).isEqualTo("one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../outside/secret.yaml", "b/../../outside/secret.yaml", "b", "", "nope"})
  void whatIsNoFileInsideIsRefused(String path) {
    assertThat(catchThrowableOfType(InputException.class, () -> source.read(path))).isNotNull();
  }

  @Test
  void anAbsolutePathIsRefused() {
    String secret = folder.resolve("outside/secret.yaml").toString();

    assertThat(catchThrowableOfType(InputException.class, () -> source.read(secret))).isNotNull();
  }

  @Test
  void anOverlayReplacesAndAddsAndLeavesTheRest() throws Exception {
    write("over/proposal/a.yaml", "amended");
    write("over/proposal/new.yaml", "added");
    FolderSource over = new FolderSource(folder.resolve("over"), "proposal");
    OverlaySource overlay =
        new OverlaySource(
            source, over, Map.of("a.yaml", "proposal/a.yaml", "new.yaml", "proposal/new.yaml"));

    assertThat(overlay.files()).containsExactly("a.yaml", "b/two.yaml", "new.yaml");
    assertThat(new String(overlay.read("a.yaml"), UTF_8)).isEqualTo("amended");
    assertThat(new String(overlay.read("new.yaml"), UTF_8)).isEqualTo("added");
    assertThat(new String(overlay.read("b/two.yaml"), UTF_8)).isEqualTo("two");
    assertThat(overlay.display("a.yaml")).isEqualTo("proposal/a.yaml");
    assertThat(overlay.display("b/two.yaml")).isEqualTo("b/two.yaml");
    assertThat(overlay.name()).isEqualTo("the tree with proposal");
  }

  @Test
  void aStampTellsNamesFromContents() throws Exception {
    String before = TreeStamp.of(root, List.of("b")).hash();
    Files.move(root.resolve("b/two.yaml"), root.resolve("b/three.yaml"));
    String renamed = TreeStamp.of(root, List.of("b")).hash();
    write("root/b/three.yaml", "three");

    assertThat(renamed).isNotEqualTo(before);
    assertThat(TreeStamp.of(root, List.of("b")).hash()).isNotEqualTo(renamed);
    assertThat(TreeStamp.of(root, List.of("nowhere", "../outside")).isEmpty()).isTrue();
  }
}
