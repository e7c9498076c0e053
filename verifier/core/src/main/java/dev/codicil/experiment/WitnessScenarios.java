package dev.codicil.experiment;

import static java.util.Objects.requireNonNull;

import dev.codicil.amendment.Amendment;
import dev.codicil.amendment.Change;
import dev.codicil.amendment.Direction;
import dev.codicil.amendment.Severity;
import dev.codicil.amendment.Witness;
import dev.codicil.contract.Exemplar;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.ProviderState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is done about the witness of each breaking change. A request that the base's document allows
 * and the head's refuses is replayed for its operation, once however many changes it shows; of the
 * others it is said why not. See docs/decisions/0019-witness-as-experiment.md.
 */
final class WitnessScenarios {
  /** How many requests are made stimuli; the changes come worst first. */
  static final int MOST = 20;

  private final Amendment amendment;
  private final Cast cast;
  private final ScenarioMaker maker;
  private final Map<String, Scenario> operations = new LinkedHashMap<>();
  private final Map<String, String> byRequest = new LinkedHashMap<>();
  private final Set<String> ids = new HashSet<>();
  private final List<Scenario> scenarios = new ArrayList<>();
  private final List<Plan.WitnessRun> runs = new ArrayList<>();

  WitnessScenarios(Amendment amendment, Cast cast, ScenarioMaker maker) {
    this.amendment = amendment;
    this.cast = cast;
    this.maker = maker;
    for (Scenario scenario : maker.made()) {
      Stimulus stimulus = scenario.stimulus();
      ids.add(stimulus.id());
      HttpInteraction http = scenario.interaction();
      if (http != null
          && http.style() == HttpInteraction.Style.BY_SCHEMA
          && stimulus.consumer().equals(Stimulus.ANY_CONSUMER)
          && stimulus.inBase()) {
        operations.putIfAbsent(operation(stimulus.provider(), stimulus.operation()), scenario);
        byRequest.putIfAbsent(request(stimulus.provider(), scenario.request()), stimulus.id());
      }
    }
    List<Change> changes = amendment.changes();
    for (int i = 0; i < changes.size(); i++) {
      if (changes.get(i).severity() == Severity.BREAKING) {
        add(i, changes.get(i));
      }
    }
  }

  /** The requests that are not replayed anyway. */
  List<Scenario> scenarios() {
    return scenarios;
  }

  /** One for each breaking change, in their order. */
  List<Plan.WitnessRun> runs() {
    return runs;
  }

  private void add(int index, Change change) {
    Optional<Exemplar> exemplar = Witnesses.exemplar(change);
    Scenario operation = operations.get(operation(change.provider(), change.operation()));
    String reason =
        exemplar.isEmpty() ? notARequest(change) : notWorthIt(change, operation).orElse("");
    if (!reason.isEmpty()) {
      runs.add(new Plan.WitnessRun(index, null, reason));
      return;
    }
    HttpRequest request = exemplar.orElseThrow().request();
    String text = request(change.provider(), request);
    String known = byRequest.get(text);
    if (known == null && scenarios.size() >= MOST) {
      runs.add(
          new Plan.WitnessRun(
              index, null, "only the first " + MOST + " requests that show changes are replayed"));
      return;
    }
    if (known == null) {
      known = make(change, requireNonNull(operation), request);
      byRequest.put(text, known);
    }
    runs.add(new Plan.WitnessRun(index, known, ""));
  }

  private static String notARequest(Change change) {
    Witness witness = change.witness();
    if (witness == null) {
      String missing = change.witnessMissing();
      return missing != null
          ? missing
          : change.direction() == Direction.OPERATION
              ? "it is about the operation, which is replayed as it is"
              : "no message was made that shows it";
    }
    return witness.kind() == Witness.Kind.REPLY
        ? "a reply cannot be sent; what the amended side really answers is judged, and real consumers"
            + " get replies that say what it shows"
        : "a message is published to who listens, as the amended contract makes it";
  }

  /** Why a request that shows a change is not replayed; empty when it is. */
  private Optional<String> notWorthIt(Change change, @Nullable Scenario operation) {
    if (requireNonNull(change.witness()).validOn() == Witness.Side.HEAD) {
      return Optional.of(
          "only the amended side allows this request, so nobody sends it to the base; what amended"
              + " consumers send is replayed from their own contracts");
    }
    if (operation == null) {
      return Optional.of("its operation is not replayed");
    }
    Set<String> users = new HashSet<>();
    change.touches().forEach(touch -> users.add(touch.consumer()));
    if (users.isEmpty()) {
      return consumersKnown(change.provider())
          ? Optional.of("no known consumer uses what changes")
          : Optional.empty();
    }
    return users.stream().anyMatch(user -> cast.baseCounts(user, change.provider()))
        ? Optional.empty()
        : Optional.of("every consumer that uses what changes is amended before the provider");
  }

  /** Where nobody is known, anybody may send what the document allows. */
  private boolean consumersKnown(String provider) {
    return amendment.before().stream()
        .anyMatch(contract -> contract.consumer() != null && contract.provider().equals(provider));
  }

  /** Adds the operation's scenario with another request; returns the id of its stimulus. */
  private String make(Change change, Scenario operation, HttpRequest request) {
    Stimulus like = operation.stimulus();
    HttpInteraction http = requireNonNull(operation.interaction());
    Map<String, List<ProviderState>> given = maker.given(like.provider(), http, request);
    Stimulus stimulus =
        new Stimulus(
            id(like.provider(), http, change),
            Stimulus.Kind.WITNESS,
            like.consumer(),
            like.provider(),
            like.name() + " (witness: " + (change.rule() + " " + change.path()).trim() + ")",
            like.operation(),
            true,
            true,
            false,
            true,
            like.stubbed(),
            change.location(),
            InteractionText.of(http)
                .map(text -> Fingerprints.of(text, InteractionText.of(request), given.toString()))
                .orElse(null));
    scenarios.add(
        new Scenario(
            stimulus,
            request,
            given,
            http,
            operation.expectation(),
            null,
            maker.effects(like.provider(), request),
            0));
    return stimulus.id();
  }

  /** Of what changes where, and never of what was drawn; a second request for it gets a number. */
  private String id(String provider, HttpInteraction http, Change change) {
    int number = 1;
    String id;
    do {
      id =
          Fingerprints.of(
              Stimulus.Kind.WITNESS.name(),
              provider,
              http.key(),
              change.rule(),
              change.path(),
              Integer.toString(number++));
    } while (!ids.add(id));
    return id;
  }

  private static String operation(String provider, String operation) {
    return Fingerprints.of(provider, ScenarioMaker.normalizedOperation(operation));
  }

  /** Which replies a client would like shows no change. */
  private static String request(String provider, HttpRequest request) {
    return Fingerprints.of(
        provider,
        InteractionText.of(
            new HttpRequest(
                request.method(),
                request.target(),
                request.headers().without("accept"),
                request.body())));
  }
}
