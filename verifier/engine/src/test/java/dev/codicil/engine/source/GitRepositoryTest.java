package dev.codicil.engine.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.codicil.contract.InputException;
import dev.codicil.contract.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitRepositoryTest {
  @TempDir Path folder;
  private Path root;
  private TempRepository temp;
  private ObjectId first;
  private ObjectId second;

  @BeforeEach
  void repository() throws Exception {
    root = Files.createDirectory(folder.resolve("repository"));
    temp = new TempRepository(root);
    temp.write("contracts/a.yaml", "a: 1\n").write("shop/contracts/b.yaml", "b: 1\n");
    temp.write("run.sh", "exit 0\n");
    assertThat(root.resolve("run.sh").toFile().setExecutable(true)).isTrue();
    first = temp.commit("first");
    temp.write("contracts/a.yaml", "a: 2\n").write("contracts/c.yaml", "c: 1\n");
    second = temp.commit("second");
  }

  @AfterEach
  void close() {
    temp.close();
  }

  private static GitRepository open(Path folder) {
    Optional<GitRepository> repository = GitRepository.open(folder);
    assertThat(repository).isPresent();
    return repository.orElseThrow();
  }

  private static String text(Source source, String path) {
    return new String(source.read(path), UTF_8);
  }

  @Test
  void aRevisionHoldsWhatItHeldThen() {
    try (GitRepository repository = open(root)) {
      Source before = repository.source(repository.resolve("HEAD~1"), "HEAD~1");

      assertThat(before.name()).isEqualTo("HEAD~1");
      assertThat(before.files())
          .containsExactly("contracts/a.yaml", "run.sh", "shop/contracts/b.yaml");
      assertThat(text(before, "contracts/a.yaml")).isEqualTo("a: 1\n");
      assertThat(text(repository.source(second, "head"), "contracts/a.yaml")).isEqualTo("a: 2\n");
    }
  }

  @Test
  void aProjectInAFolderOfTheRepositorySeesOnlyItself() {
    try (GitRepository repository = open(root.resolve("shop"))) {
      Source source = repository.source(first, "first");

      assertThat(source.files()).containsExactly("contracts/b.yaml");
      assertThat(text(source, "contracts/b.yaml")).isEqualTo("b: 1\n");
      repository.export(first, folder.resolve("exported"));
    }
    assertThat(folder.resolve("exported/contracts/b.yaml")).hasContent("b: 1");
    assertThat(folder.resolve("exported/run.sh")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "missing.yaml",
        "",
        "/contracts/a.yaml",
        "contracts",
        "../repository/run.sh",
        "a//b"
      })
  void whatIsNoFileOfTheRevisionIsRefused(String path) {
    try (GitRepository repository = open(root)) {
      Source source = repository.source(first, "v1");

      InputException refused = catchThrowableOfType(InputException.class, () -> source.read(path));

      assertThat(refused).isNotNull();
      assertThat(refused.what()).isEqualTo("no such file in revision v1");
    }
  }

  @Test
  void aLinkIsNoFileOfARevision() throws Exception {
    Files.createSymbolicLink(root.resolve("contracts/link.yaml"), Path.of("a.yaml"));
    ObjectId third = temp.commit("third");

    try (GitRepository repository = open(root)) {
      Source source = repository.source(third, "third");
      assertThat(source.files()).doesNotContain("contracts/link.yaml").contains("run.sh");
      assertThat(
              catchThrowableOfType(InputException.class, () -> source.read("contracts/link.yaml")))
          .isNotNull();
      repository.export(third, folder.resolve("exported"));
    }
    assertThat(folder.resolve("exported/contracts/a.yaml")).exists();
    assertThat(Files.isSymbolicLink(folder.resolve("exported/contracts/link.yaml"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v9",
        "HEAD~99",
        "HEAD:contracts",
        "a..b",
        "^",
        "",
        "0123456789",
        "@{-1}",
        "~~\u001b["
      })
  void aMissingRevisionSaysWhatToDo(String revision) {
    try (GitRepository repository = open(root)) {
      InputException refused =
          catchThrowableOfType(InputException.class, () -> repository.resolve(revision));

      assertThat(refused).isNotNull();
      assertThat(refused.what()).isEqualTo("no such revision in this repository");
      assertThat(refused.remedy()).isEqualTo("git fetch, or name another base");
    }
  }

  @Test
  void theIdOfACommitThatIsNotHereIsMissing() {
    try (GitRepository repository = open(root)) {
      assertThat(
              catchThrowableOfType(InputException.class, () -> repository.resolve("1".repeat(40))))
          .isNotNull();
    }
  }

  @Test
  void aShallowCloneSaysHowToDeepenIt() throws Exception {
    temp.shallowAt(second);

    try (GitRepository repository = open(root)) {
      assertThat(repository.isShallow()).isTrue();
      InputException refused =
          catchThrowableOfType(InputException.class, () -> repository.resolve("HEAD~1"));
      assertThat(refused.what()).contains("shallow clone");
      assertThat(refused.remedy()).contains("git fetch --unshallow").contains("fetch-depth: 0");
    }
  }

  @Test
  void theMergeBaseIsWhereTheBranchLeftTheDefaultBranch() throws Exception {
    temp.git().checkout().setCreateBranch(true).setName("proposal").call();
    temp.write("contracts/a.yaml", "a: 3\n").commit("proposed");
    temp.git().checkout().setName("main").call();
    temp.write("other.txt", "meanwhile").commit("meanwhile");
    temp.git().checkout().setName("proposal").call();

    try (GitRepository repository = open(root)) {
      assertThat(repository.mergeBase()).contains(second);
    }
  }

  @Test
  void aRepositoryWithoutADefaultBranchHasNoMergeBase() throws Exception {
    temp.git().branchRename().setNewName("trunk").call();

    try (GitRepository repository = open(root)) {
      assertThat(repository.mergeBase()).isEmpty();
    }
  }

  @Test
  void aShallowCloneWithoutTheDefaultBranchSaysHowToFetchIt() throws Exception {
    temp.git().branchRename().setNewName("proposal").call();
    temp.shallowAt(second);

    try (GitRepository repository = open(root)) {
      InputException refused = catchThrowableOfType(InputException.class, repository::mergeBase);
      assertThat(refused).isNotNull();
      assertThat(refused.what()).contains("shallow clone");
      assertThat(refused.remedy()).contains("git fetch --unshallow").contains("fetch-depth: 0");
    }
  }

  @Test
  void aShallowCloneThatLacksTheCommonAncestorSaysHowToDeepenIt() throws Exception {
    temp.git().checkout().setCreateBranch(true).setName("proposal").call();
    ObjectId proposed = temp.write("contracts/a.yaml", "a: 3\n").commit("proposed");
    temp.shallowAt(proposed);

    try (GitRepository repository = open(root)) {
      InputException refused = catchThrowableOfType(InputException.class, repository::mergeBase);
      assertThat(refused).isNotNull();
      assertThat(refused.what()).contains("no common ancestor").contains("shallow clone");
      assertThat(refused.remedy()).contains("git fetch --unshallow");
    }
  }

  @Test
  void anExportKeepsExecutablesAndNeverTouchesTheWorkTree() throws Exception {
    assumeFalse(System.getProperty("os.name", "").startsWith("Windows"));
    temp.write("contracts/a.yaml", "uncommitted\n").write("untracked.txt", "new\n");
    Map<String, String> before = tree(root);

    try (GitRepository repository = open(root)) {
      repository.export(first, folder.resolve("exported"));
    }

    assertThat(folder.resolve("exported/run.sh")).isExecutable();
    assertThat(Files.isExecutable(folder.resolve("exported/contracts/a.yaml"))).isFalse();
    assertThat(folder.resolve("exported/contracts/a.yaml")).hasContent("a: 1");
    assertThat(folder.resolve("exported/contracts/c.yaml")).doesNotExist();
    assertThat(tree(root)).isEqualTo(before);
  }

  @Test
  void aFolderOutsideAnyRepositoryHasNone() {
    assertThat(GitRepository.open(folder)).isEmpty();
  }

  /** Every file of the work tree and of the repository itself, with its content. */
  private static Map<String, String> tree(Path root) throws Exception {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        files.put(
            root.relativize(path) + "@" + Files.getLastModifiedTime(path),
            new String(Files.readAllBytes(path), java.nio.charset.StandardCharsets.ISO_8859_1));
      }
    }
    return files;
  }
}
