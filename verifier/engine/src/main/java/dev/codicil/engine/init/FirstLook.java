package dev.codicil.engine.init;

import dev.codicil.amendment.Change;
import dev.codicil.amendment.Comparison;
import dev.codicil.amendment.Compatibility;
import dev.codicil.amendment.Severity;
import dev.codicil.contract.InputException;
import dev.codicil.engine.Conforming;
import dev.codicil.engine.Documents;
import dev.codicil.engine.source.GitRepository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be said of a repository's documents before anything runs. */
public final class FirstLook {
  private static final int MOST_TOLD = 5;

  private FirstLook() {}

  /** A few lines: do the contracts fit each other, and what has changed since the last commit. */
  public static List<String> at(Path root, Proposal proposal) {
    List<String> lines = new ArrayList<>();
    if (proposal.contracts().isEmpty()) {
      return List.of("First verdict: none. There is no contract to look at yet.");
    }
    lines.add("First verdict, on paper (nothing ran):");
    conformity(root, proposal, lines);
    changes(root, proposal.contracts(), lines);
    return lines;
  }

  private static void conformity(Path root, Proposal proposal, List<String> lines) {
    if (!proposal.consumers()) {
      return;
    }
    try {
      Conforming.Checked checked =
          Conforming.check(root, proposal.contracts(), proposal.contracts());
      lines.add(
          "  "
              + checked.interactions()
              + " interactions of consumers held to the providers' documents: "
              + (checked.gaps().isEmpty()
                  ? "all are promised"
                  : checked.gaps().size() + " not promised or not for certain"));
      told(checked.gaps(), lines);
    } catch (InputException nothingToHold) {
      lines.add("  consumers' contracts are held to no document: " + nothingToHold.what());
    }
  }

  private static void changes(Path root, String folder, List<String> lines) {
    Optional<GitRepository> repository = GitRepository.open(root);
    if (repository.isEmpty()) {
      lines.add("  no git repository: name what to compare with, codicil verify --base DIR");
      return;
    }
    repository.get().close();
    try {
      Comparison comparison =
          new Documents(root).pair("HEAD:" + folder, folder, Compatibility.BACKWARD);
      int changes = comparison.changes().size();
      lines.add(
          "  since the last commit: "
              + (changes == 0
                  ? "no change of a contract"
                  : changes
                      + " changes of contracts, "
                      + comparison.count(Severity.BREAKING)
                      + " breaking"));
    } catch (InputException notCommitted) {
      lines.add("  the contracts are not committed yet, so there is nothing to compare them with");
    }
  }

  private static void told(List<Change> gaps, List<String> lines) {
    gaps.stream()
        .limit(MOST_TOLD)
        .forEach(
            gap ->
                lines.add(
                    "    "
                        + gap.severity().toString().toLowerCase(Locale.ROOT)
                        + ": "
                        + gap.message()));
    if (gaps.size() > MOST_TOLD) {
      lines.add("    and " + (gaps.size() - MOST_TOLD) + " more: codicil conform");
    }
  }
}
