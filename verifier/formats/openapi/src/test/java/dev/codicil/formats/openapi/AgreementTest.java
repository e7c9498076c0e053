package dev.codicil.formats.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.codicil.amendment.Change;
import dev.codicil.amendment.Differ;
import dev.codicil.amendment.Severity;
import dev.codicil.contract.Contract;
import dev.codicil.contract.DocumentReader;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.contract.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Holds the differ to amendments that another tool's authors have labeled. The labels are data that
 * is not part of this repository: a folder {@code shared/diff-cases} beside it, or the one that
 * {@code -Dcodicil.diffCases} names. Without it the test is skipped.
 */
class AgreementTest {
  /**
   * Where we differ on purpose, with the reasons in docs/decisions/0010. 036 lacks a file it refers
   * to.
   */
  private static final List<String> DELIBERATE = List.of("010", "011", "036");

  @Test
  void agreesWithLabeledAmendments() throws IOException {
    Optional<Path> folder = folder();
    assumeTrue(folder.isPresent(), "no labeled amendments at hand");
    int[][] counts = new int[2][2];
    List<String> disagreements = new ArrayList<>();
    for (String line : Files.readAllLines(folder.get().resolve("cases.tsv"))) {
      String[] cells = line.split("\t", -1);
      Path pair = folder.get().resolve(cells[0]);
      List<Change> changes =
          Differ.diff(List.of(contract(pair, "before")), List.of(contract(pair, "after")));
      boolean flagged = changes.stream().anyMatch(change -> change.severity() != Severity.SAFE);
      boolean breaking = cells[1].equals("breaking");
      counts[breaking ? 1 : 0][flagged == breaking ? 1 : 0]++;
      if (flagged != breaking) {
        disagreements.add(cells[0]);
      }
    }
    double recall = share(counts[1]);
    double specificity = share(counts[0]);
    double balanced = (recall + specificity) / 2;
    System.out.printf(
        "labeled amendments: recall %.3f, specificity %.3f, balanced accuracy %.3f, otherwise: %s%n",
        recall, specificity, balanced, disagreements);
    assertThat(disagreements).isEqualTo(DELIBERATE);
    assertThat(balanced).isGreaterThanOrEqualTo(0.95);
  }

  private static double share(int[] wrongAndRight) {
    return (double) wrongAndRight[1] / (wrongAndRight[0] + wrongAndRight[1]);
  }

  private static Optional<Path> folder() {
    String named = System.getProperty("codicil.diffCases");
    if (named != null) {
      return Optional.of(Path.of(named));
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path beside = at.resolveSibling("shared").resolve("diff-cases");
      if (Files.exists(beside.resolve("cases.tsv"))) {
        return Optional.of(beside);
      }
    }
    return Optional.empty();
  }

  private static Contract contract(Path folder, String side) throws IOException {
    for (String extension : List.of("yaml", "json")) {
      String file = side + "." + extension;
      if (Files.exists(folder.resolve(file))) {
        Contract read =
            new OpenApiFormat()
                .read(
                    DocumentReader.read(file, Files.readAllBytes(folder.resolve(file))),
                    new Folder(folder))
                .contract();
        return new Contract("openapi", "labeled", null, read.interactions(), read.location());
      }
    }
    throw new IllegalStateException("no " + side + " in " + folder);
  }

  private record Folder(Path root) implements Source {
    @Override
    public String name() {
      return root.toString();
    }

    @Override
    public List<String> files() {
      return List.of();
    }

    @Override
    public byte[] read(String path) {
      try {
        return Files.readAllBytes(root.resolve(path));
      } catch (IOException missing) {
        throw new InputException(Location.of(path), "there is no such file", "");
      }
    }
  }
}
