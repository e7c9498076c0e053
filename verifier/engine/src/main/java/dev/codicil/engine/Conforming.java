package dev.codicil.engine;

import dev.codicil.amendment.Change;
import dev.codicil.conformance.Conformance;
import dev.codicil.conformance.Conformity;
import dev.codicil.contract.Contract;
import dev.codicil.contract.ContractFormat;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Ledger;
import dev.codicil.contract.Location;
import dev.codicil.engine.source.ContractLoader;
import dev.codicil.engine.source.ContractPrograms;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Holds consumers' contracts to providers' documents, by files, folders or {@code REV:path}. */
public final class Conforming {
  private Conforming() {}

  /**
   * What was found.
   *
   * @param gaps what the documents do not promise, worst first
   * @param interactions how many interactions were checked
   * @param ledger what was read on both sides; what could not be decided is a problem in it
   */
  public record Checked(List<Change> gaps, int interactions, Ledger ledger) {
    public Checked {
      gaps = List.copyOf(gaps);
    }
  }

  /**
   * Checks, and runs nothing.
   *
   * @param here folder that relative paths and revisions refer to
   * @param consumer where the consumers' contracts are
   * @param provider where the providers' documents are
   * @throws InputException when one of the two cannot be read, or has no contract of its kind
   */
  public static Checked check(Path here, String consumer, String provider) {
    return check(here, consumer, provider, null);
  }

  /**
   * The same, with contracts that are programs.
   *
   * @param programs runs them; null where the user did not allow it
   * @see #check(Path, String, String)
   */
  public static Checked check(
      Path here, String consumer, String provider, @Nullable ContractPrograms programs) {
    ContractLoader loader = new ContractLoader(Formats.all(), programs);
    ContractLoader.Loaded theirs = NamedDocuments.load(loader, "consumer", here, consumer).loaded();
    ContractLoader.Loaded promised =
        NamedDocuments.load(loader, "provider", here, provider).loaded();
    demand(
        theirs,
        contract -> contract.consumer() != null,
        consumer,
        "no contract of a consumer in it, such as a pact");
    demand(
        promised,
        contract -> contract.consumer() == null,
        provider,
        "no document of a provider in it, such as an OpenAPI document");
    Conformity conformity = Conformance.of(theirs.contracts(), promised.contracts());
    List<Ledger.Entry> entries = new ArrayList<>();
    theirs.entries().forEach(entry -> entries.add(with(entry, conformity.undecided())));
    entries.addAll(promised.entries());
    return new Checked(conformity.gaps(), conformity.interactions(), new Ledger(entries));
  }

  private static void demand(
      ContractLoader.Loaded loaded, Predicate<Contract> kind, String name, String what) {
    boolean unread =
        loaded.entries().stream().anyMatch(entry -> entry.fate() == Ledger.Fate.UNREADABLE);
    if (!unread && loaded.contracts().stream().noneMatch(kind)) {
      throw new InputException(Location.of(name), what, "check the name and the order");
    }
  }

  /** What could not be decided about a file is among its problems, and counted with them. */
  private static Ledger.Entry with(Ledger.Entry entry, List<ContractFormat.Problem> undecided) {
    List<String> problems = new ArrayList<>(entry.problems());
    undecided.stream()
        .filter(problem -> problem.location().file().equals(entry.file()))
        .forEach(problem -> problems.add(problem.location() + ": " + problem.message()));
    return new Ledger.Entry(
        entry.side(), entry.file(), entry.fate(), entry.format(), entry.interactions(), problems);
  }
}
