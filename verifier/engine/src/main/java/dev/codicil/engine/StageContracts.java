package dev.codicil.engine;

import dev.codicil.amendment.Amendment;
import dev.codicil.chaos.ChaosProfile;
import dev.codicil.contract.Contract;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.engine.config.AmendmentSpec;
import dev.codicil.engine.config.Project;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a provider is played by on each side while a consumer's code is tested, and in which
 * weather. Read once for all tests of an amendment: immutable.
 */
public final class StageContracts {
  private final Project project;
  private final Amendment amendment;
  private final @Nullable List<String> chosen;
  private final @Nullable Contract declared;

  private StageContracts(
      Project project,
      Amendment amendment,
      @Nullable List<String> chosen,
      @Nullable Contract declared) {
    this.project = project;
    this.amendment = amendment;
    this.chosen = chosen;
    this.declared = declared;
  }

  /**
   * The same, with the examples of a contract that a test declares in place of all others.
   *
   * @param name what the contract is called in errors
   * @param document its text, of a format that is recognized by content
   * @throws InputException when it cannot be read whole
   */
  public StageContracts declaring(String name, byte[] document) {
    return new StageContracts(
        project, amendment, chosen, new DeclaredContract(name, document).read());
  }

  /** The contract that a test declares; null when there is none. */
  public @Nullable Contract declared() {
    return declared;
  }

  /**
   * Reads and compares the contracts of an amendment.
   *
   * @param verification of the project
   * @param amendment name of a declared amendment; empty for none
   * @param base revision or folder that the work tree is compared with when no amendment is named;
   *     empty for nothing, so that both sides are the work tree
   * @throws InputException when there is no such amendment, or it cannot be read
   */
  public static StageContracts of(Verification verification, String amendment, String base) {
    AmendmentSpec spec =
        !amendment.isEmpty()
            ? declared(verification, amendment)
            : base.isEmpty()
                ? new AmendmentSpec(
                    AmendmentSpec.AD_HOC,
                    "the work tree",
                    AmendmentSpec.Side.WORK_TREE,
                    AmendmentSpec.Side.WORK_TREE,
                    null,
                    null)
                : verification.adHoc(base, null);
    return new StageContracts(
        verification.project(), verification.documents(spec), spec.profiles(), null);
  }

  private static AmendmentSpec declared(Verification verification, String name) {
    try {
      return Verification.named(verification.amendments(null), List.of(name)).get(0);
    } catch (NoSuchElementException unknown) {
      throw new InputException(
          Location.of(Project.FILE), String.valueOf(unknown.getMessage()), "name one of them");
    }
  }

  /** Whether the documents of both sides differ. */
  public boolean amended() {
    return !amendment.changes().isEmpty();
  }

  /** What the documents of a provider changed, one line each, as they have it. */
  public List<String> changes(String provider) {
    return amendment.changes().stream()
        .filter(change -> change.provider().equals(provider))
        .map(change -> change.location() + ": " + change.message() + " (" + change.rule() + ")")
        .toList();
  }

  Amendment amendment() {
    return amendment;
  }

  Project project() {
    return project;
  }

  /**
   * The weather.
   *
   * @param names chosen profiles; empty for those of the amendment, else of the project
   */
  List<ChaosProfile> profiles(List<String> names) {
    List<String> profiles = !names.isEmpty() ? names : chosen != null ? chosen : project.profiles();
    return profiles.stream().map(name -> Profiles.read(project.root(), name)).toList();
  }

  /**
   * What the provider is played by before: the examples its consumers rely on, then its documents.
   *
   * @throws InputException when no contract describes it
   */
  List<HttpInteraction> before(String provider, String consumer) {
    List<HttpInteraction> all = known(provider, consumer);
    if (all.isEmpty()) {
      throw new InputException(
          Location.of(project.contracts()),
          "no contract describes the provider '" + provider + "'",
          "providers are " + providers(amendment.before()));
    }
    return all;
  }

  /** The same; empty when no contract describes it. */
  List<HttpInteraction> known(String provider, String consumer) {
    List<HttpInteraction> all = new ArrayList<>(examples(amendment.before(), provider, consumer));
    all.addAll(Preparation.documents(amendment.before(), provider));
    return all;
  }

  /**
   * What it is played by after. A consumer still relies on its own examples, and those that the
   * amended documents allow are still what comes; where they allow them no more, what they promise
   * instead comes.
   *
   * @param replies what the documents' operations answer without an example
   */
  List<HttpInteraction> after(String provider, String consumer, StubReplies replies) {
    List<HttpInteraction> documents = Preparation.documents(amendment.after(), provider);
    if (documents.isEmpty()) {
      return examples(amendment.after(), provider, consumer);
    }
    AmendedExamples amended =
        new AmendedExamples(
            Preparation.documents(amendment.before(), provider), documents, replies);
    List<HttpInteraction> all = new ArrayList<>();
    examples(amendment.before(), provider, consumer)
        .forEach(example -> amended.amended(example).ifPresent(all::add));
    all.addAll(documents);
    return all;
  }

  /** Names of all providers that have a contract, sorted. */
  Set<String> providers() {
    return providers(amendment.before());
  }

  private List<HttpInteraction> examples(
      List<Contract> contracts, String provider, String consumer) {
    if (declared != null) {
      return declared.provider().equals(provider) ? declared.http() : List.of();
    }
    return contracts.stream()
        .filter(contract -> contract.provider().equals(provider))
        .filter(contract -> matches(contract.consumer(), consumer))
        .flatMap(contract -> contract.http().stream())
        .toList();
  }

  private static boolean matches(@Nullable String consumer, String wanted) {
    return consumer != null && (wanted.isEmpty() || consumer.equals(wanted));
  }

  private static Set<String> providers(List<Contract> contracts) {
    TreeSet<String> names = new TreeSet<>();
    contracts.forEach(contract -> names.add(contract.provider()));
    return names;
  }

  /** What was found and not, or not wholly, understood; one line each. */
  public List<String> unread() {
    return amendment.ledger().unread().stream()
        .map(
            entry ->
                entry.side()
                    + ": "
                    + entry.file()
                    + ": "
                    + (entry.problems().isEmpty() ? entry.fate() : entry.problems().get(0)))
        .toList();
  }
}
