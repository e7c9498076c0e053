package dev.codicil.conformance;

import dev.codicil.amendment.Change;
import dev.codicil.amendment.Direction;
import dev.codicil.amendment.Effect;
import dev.codicil.amendment.MessageNames;
import dev.codicil.amendment.Severity;
import dev.codicil.amendment.rule.Excerpt;
import dev.codicil.contract.Contract;
import dev.codicil.contract.ContractFormat.Problem;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.Interaction;
import dev.codicil.contract.MessageInteraction;
import dev.codicil.contract.PathTemplates;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Holds consumers' contracts to providers' documents: every request must be allowed, and every
 * expected part of a reply promised. Credentials are not looked at.
 */
public final class Conformance {
  private static final Comparator<Change> ORDER =
      Comparator.comparing(Change::severity)
          .reversed()
          .thenComparing(Change::provider)
          .thenComparing(change -> change.touches().get(0).consumer())
          .thenComparing(change -> change.touches().get(0).interaction())
          .thenComparing(Change::path)
          .thenComparing(Change::rule)
          .thenComparing(Change::message);

  private final List<Contract> documents;
  private final boolean anyName;
  private final List<Change> gaps = new ArrayList<>();
  private final List<Problem> undecided = new ArrayList<>();
  private int interactions;

  private Conformance(List<Contract> documents, boolean anyName) {
    this.documents = documents;
    this.anyName = anyName;
  }

  /**
   * Checks each consumer's contract against the documents of the provider it names.
   *
   * @param contracts those with a consumer are checked, those without one are the documents
   */
  public static Conformity of(List<Contract> contracts) {
    return check(contracts, contracts, false);
  }

  /**
   * Checks consumers' contracts against documents that the user paired with them: where all are
   * about one provider, the two sides may call it differently.
   *
   * @param consumers contracts of consumers; others among them are left out
   * @param documents contracts of providers; others among them are left out
   */
  public static Conformity of(List<Contract> consumers, List<Contract> documents) {
    boolean paired = providers(documents, false) == 1 && providers(consumers, true) == 1;
    return check(consumers, documents, paired);
  }

  private static long providers(List<Contract> contracts, boolean ofConsumers) {
    return contracts.stream()
        .filter(contract -> ofConsumers == (contract.consumer() != null))
        .map(contract -> fold(contract.provider()))
        .distinct()
        .count();
  }

  private static Conformity check(
      List<Contract> consumers, List<Contract> documents, boolean anyName) {
    Conformance conformance =
        new Conformance(
            documents.stream().filter(contract -> contract.consumer() == null).toList(), anyName);
    consumers.stream()
        .filter(contract -> contract.consumer() != null)
        .forEach(conformance::contract);
    conformance.gaps.sort(ORDER);
    return new Conformity(conformance.gaps, conformance.undecided, conformance.interactions);
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]+", "-");
  }

  private void contract(Contract contract) {
    List<Interaction> declared = new ArrayList<>();
    for (Contract document : documents) {
      if (anyName || fold(document.provider()).equals(fold(contract.provider()))) {
        declared.addAll(document.interactions());
      }
    }
    if (declared.isEmpty()) {
      undecided.add(
          new Problem(
              contract.location(),
              "no document describes the provider " + Excerpt.quoted(contract.provider())));
      return;
    }
    for (Interaction interaction : contract.interactions()) {
      interactions++;
      if (interaction instanceof HttpInteraction http) {
        http(contract, http, declared);
      } else if (interaction instanceof MessageInteraction message) {
        message(contract, message, declared);
      }
    }
  }

  private void http(Contract contract, HttpInteraction use, List<Interaction> declared) {
    HttpInteraction best = null;
    String otherMethod = "";
    for (Interaction candidate : declared) {
      if (candidate instanceof HttpInteraction operation
          && PathTemplates.matches(operation.path(), use.path())) {
        if (!operation.method().equals(use.method())) {
          otherMethod = operation.method();
        } else if (best == null || variables(operation) < variables(best)) {
          best = operation;
        }
      }
    }
    if (best == null) {
      String what =
          otherMethod.isEmpty()
              ? "no operation has the path " + Excerpt.quoted(use.path())
              : "the path "
                  + Excerpt.quoted(use.path())
                  + " has no method "
                  + Excerpt.quoted(use.method());
      Gaps gaps = new Gaps();
      gaps.add(
          new Gaps.Gap(
              "request-not-allowed",
              Severity.BREAKING,
              "",
              "$.path",
              use.operation(),
              "not described",
              what,
              use.location(),
              null));
      tell(contract, use, use.operation(), Direction.OPERATION, gaps);
      return;
    }
    HttpConformity check = new HttpConformity(use, best);
    tell(contract, use, best.operation(), Direction.REQUEST, check.request());
    tell(contract, use, best.operation(), Direction.REPLY, check.replies());
  }

  private static long variables(HttpInteraction operation) {
    return operation.path().chars().filter(c -> c == '{').count();
  }

  private void message(Contract contract, MessageInteraction use, List<Interaction> declared) {
    Gaps best = null;
    for (Interaction candidate : declared) {
      if (candidate instanceof MessageInteraction message && MessageNames.meet(use, message)) {
        Gaps gaps = HttpConformity.message(use, message);
        best = best == null || gaps.weight() < best.weight() ? gaps : best;
      }
    }
    String operation = "message " + use.description();
    if (best == null) {
      best = new Gaps();
      best.add(
          new Gaps.Gap(
              "message-not-described",
              Severity.BREAKING,
              "",
              "$",
              use.description(),
              "not described",
              "no message of the document has the name or channel of "
                  + Excerpt.quoted(use.description()),
              use.location(),
              null));
    }
    tell(contract, use, operation, Direction.REPLY, best);
  }

  private void tell(
      Contract contract, Interaction use, String operation, Direction direction, Gaps found) {
    String consumer = contract.consumer() == null ? "" : contract.consumer();
    for (Gaps.Gap gap : found.found) {
      gaps.add(
          new Change(
              gap.rule(),
              gap.severity(),
              direction == Direction.REPLY ? Effect.WIDENED : Effect.NARROWED,
              direction,
              contract.provider(),
              operation,
              gap.path(),
              gap.expected(),
              gap.promised(),
              gap.message(),
              gap.consumer(),
              gap.provider(),
              List.of(
                  new Change.Touch(
                      consumer, use.key(), use.description(), gap.place(), gap.consumer()))));
    }
    for (String what : found.undecided) {
      undecided.add(
          new Problem(
              use.location(), "undecided: " + what + " (" + Excerpt.of(use.description()) + ")"));
    }
  }
}
