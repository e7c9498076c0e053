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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeveralBasesTest {
  @TempDir Path here;

  private void write(String path, String... methods) throws Exception {
    StringBuilder text =
        new StringBuilder(
            "openapi: 3.0.3\ninfo: { title: licenses, version: '1' }\npaths:\n  /licenses:\n");
    for (String method : methods) {
      text.append("    ")
          .append(method)
          .append(": { responses: { '200': { description: all } } }\n");
    }
    Path file = here.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** v2 has get and put, v9 get, v10 get and post; the work tree has get. */
  private void releases() throws Exception {
    try (Git git = Git.init().setDirectory(here.toFile()).setInitialBranch("main").call()) {
      Files.writeString(here.resolve("readme.txt"), "");
      tag(git, "v1");
      write("contracts/api.yaml", "get", "put");
      tag(git, "v2");
      write("contracts/api.yaml", "get");
      tag(git, "v9");
      write("contracts/api.yaml", "get", "post");
      tag(git, "v10");
      tag(git, "nightly");
      write("contracts/api.yaml", "get");
    }
  }

  private static void tag(Git git, String name) throws Exception {
    git.add().addFilepattern(".").call();
    git.commit()
        .setMessage(name)
        .setAuthor("A", "a@example.org")
        .setCommitter("A", "a@example.org")
        .setSign(false)
        .call();
    git.tag().setName(name).setAnnotated(false).setSigned(false).call();
  }

  private Comparison against(String... bases) {
    return new Documents(here).against(List.of(bases), "contracts", Compatibility.BACKWARD);
  }

  private static List<String> told(Comparison comparison) {
    return comparison.changes().stream()
        .map(stated -> stated.change().operation() + " " + stated.against())
        .toList();
  }

  @Test
  void everyTagOfAPatternIsComparedInOrderOfVersions() throws Exception {
    releases();

    Comparison comparison = against("tags:v*");

    assertThat(comparison.bases()).containsExactly("v2:contracts", "v9:contracts", "v10:contracts");
    assertThat(told(comparison))
        .containsExactly("POST /licenses [v10:contracts]", "PUT /licenses [v2:contracts]");
  }

  @Test
  void aTagWithoutThePathIsToldInTheLedger() throws Exception {
    releases();

    assertThat(against("tags:v*").ledger().entries())
        .filteredOn(entry -> entry.fate() == Ledger.Fate.NOT_A_CONTRACT)
        .extracting(Ledger.Entry::file)
        .containsExactly("v1:contracts");
    assertThat(against("tags:v*").ledger().unread()).isEmpty();
  }

  @Test
  void aChangeAgainstSeveralBasesIsToldOnceWithAllOfThem() throws Exception {
    write("old/1/api.yaml", "get", "put");
    write("old/2/api.yaml", "get", "put", "post");
    write("old/.hidden/api.yaml", "get", "delete");
    write("contracts/api.yaml", "get");

    assertThat(told(against("old/*")))
        .containsExactlyInAnyOrder("PUT /licenses [old/1, old/2]", "POST /licenses [old/2]");
    assertThat(against("old/1", "old/?", "old/1").bases()).containsExactly("old/1", "old/2");
    assertThat(against("old/*/api.yaml").bases())
        .containsExactly("old/1/api.yaml", "old/2/api.yaml");
  }

  @ParameterizedTest
  @CsvSource({
    "tags:w*, no tag matches",
    "tags:v1, none of 1 tags has 'contracts'",
    "tags:v*:nowhere, none of 4 tags has 'nowhere'",
    "nowhere/*, no file or folder matches",
    "contracts/*/x, no file or folder matches",
    "nowhere, 'no such file, folder or REV:path'",
    "v11:contracts, no such revision",
  })
  void aBaseThatLeadsNowhereIsRefused(String base, String said) throws Exception {
    releases();

    assertThat(catchThrowableOfType(InputException.class, () -> against(base)))
        .hasMessageContaining(said);
  }

  @Test
  void tagsWithoutARepositoryAreRefused() throws Exception {
    write("contracts/api.yaml", "get");

    assertThat(catchThrowableOfType(InputException.class, () -> against("tags:v*")))
        .hasMessageContaining("no git repository");
  }

  @Test
  void thePathInTagsIsSaidWhereTheHeadDoesNotTellIt() throws Exception {
    releases();
    Path elsewhere = Files.createTempDirectory("codicil-test");
    try {
      Documents documents = new Documents(here);
      String head = elsewhere.toString();
      assertThat(
              catchThrowableOfType(
                  InputException.class,
                  () -> documents.against(List.of("tags:v*"), head, Compatibility.BACKWARD)))
          .hasMessageContaining("tags:v*:PATH");
      assertThat(
              documents
                  .against(List.of("tags:v9:contracts"), head, Compatibility.BACKWARD)
                  .changes())
          .hasSize(1);
    } finally {
      Files.delete(elsewhere);
    }
  }
}
