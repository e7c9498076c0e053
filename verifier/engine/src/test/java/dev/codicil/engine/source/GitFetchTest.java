package dev.codicil.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codicil.engine.config.GitSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A repository that lives elsewhere, brought here by the git of this machine. */
class GitFetchTest {
  @TempDir Path dir;

  private final List<String> progress = new ArrayList<>();
  private TempRepository origin;
  private GitFetch fetch;

  @BeforeEach
  void makeOrigin() throws Exception {
    origin = new TempRepository(dir.resolve("origin"));
    fetch = new GitFetch(dir.resolve("kept"), progress::add);
  }

  private GitSource at(String revision) {
    return GitSource.parse("file://" + dir.resolve("origin") + "#" + revision);
  }

  @AfterEach
  void closeOrigin() {
    origin.close();
  }

  private String read(GitSource source) throws Exception {
    GitFetch.Fetched fetched = fetch.fetch(source);
    try (GitRepository repository = fetched.repository()) {
      Path tree = Files.createTempDirectory(dir, "tree");
      repository.export(fetched.commit(), tree);
      return Files.readString(tree.resolve("a.txt"));
    }
  }

  @Test
  void aTagStaysABranchMovesAndACommitIsAskedForOnce() throws Exception {
    origin.write("a.txt", "one");
    String first = origin.commit("first").name();
    origin.git().tag().setName("v1").setAnnotated(false).setSigned(false).call();
    origin.write("a.txt", "two");
    origin.commit("second");

    assertThat(read(at("v1"))).isEqualTo("one");
    assertThat(read(at("main"))).isEqualTo("two");
    assertThat(read(at(first))).isEqualTo("one");
    int asked = progress.size();
    assertThat(read(at(first))).isEqualTo("one");
    assertThat(progress).hasSize(asked);

    origin.write("a.txt", "three");
    origin.commit("third");
    assertThat(read(at("main"))).isEqualTo("three");
    assertThat(read(at("v1"))).isEqualTo("one");
  }

  @Test
  void whatIsNotThereIsSaidInGitsOwnWords() throws Exception {
    origin.write("a.txt", "one");
    origin.commit("first");

    assertThatThrownBy(() -> fetch.fetch(at("v9")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot be had: git fetch ended with 128")
        .hasMessageContaining("v9");
    assertThatThrownBy(
            () -> fetch.fetch(GitSource.parse("file://" + dir.resolve("nowhere") + "#v1")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nowhere#v1 cannot be had");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://github.com/shop/checkout.git#v1",
        "ssh://git@github.com/shop/checkout.git#main",
        "git@github.com:shop/checkout.git#feature/a",
        "file:///srv/git/checkout#0123456789012345678901234567890123456789"
      })
  void aUrlAndARevisionAreTaken(String text) {
    assertThat(GitSource.parse(text).url() + "#" + GitSource.parse(text).revision())
        .isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://github.com/shop/checkout.git | names no revision",
        "ext::sh -c touch% /tmp/x#v1          | is no URL that git may fetch by",
        "ext://sh#v1                          | is no URL that git may fetch by",
        "../checkout#v1                       | is no URL that git may fetch by",
        "--upload-pack=touch@x:y#v1           | is no URL that git may fetch by",
        "-u@x:y#v1                            | is no",
        "https://h/r.git#--upload-pack=x      | is no revision",
        "https://h/r.git#a..b                 | is no revision",
        "https://h/r.git#a:refs/heads/b       | is no revision",
        "https://h/r.git#refs/*               | is no revision"
      })
  void whatCouldMakeGitDoSomethingElseIsRefused(String text, String why) {
    assertThatThrownBy(() -> GitSource.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void credentialsOfAUrlAreNotShown() {
    assertThat(GitSource.parse("https://bot:s3cret@github.com/shop/checkout.git#v1").shown())
        .isEqualTo("https://github.com/shop/checkout.git#v1");
  }
}
