package dev.codicil.experiment;

import dev.codicil.amendment.Amendment;
import dev.codicil.amendment.Change;
import dev.codicil.contract.Contract;
import dev.codicil.contract.ContractFormat;
import dev.codicil.contract.Exemplar;
import dev.codicil.contract.Expectation;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.PathTemplates;
import dev.codicil.contract.ProviderState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes scenarios: requests, provider states, expectations, read-backs and stable ids. */
final class ScenarioMaker {
  private final Amendment amendment;
  private final Topology topology;
  private final long seed;
  private final Set<String> touchedInteractions = new HashSet<>();
  private final Set<String> touchedOperations = new HashSet<>();
  private final Set<String> changedProviders = new HashSet<>();
  private final Set<String> silent = new HashSet<>();
  private final Map<String, List<HttpInteraction>> baseOperations;
  private final Map<String, List<HttpInteraction>> headOperations;
  private final Map<String, Scenario> made = new LinkedHashMap<>();
  private final List<ContractFormat.Problem> problems = new ArrayList<>();

  ScenarioMaker(Amendment amendment, Topology topology, Set<String> amended, long seed) {
    this.amendment = amendment;
    this.topology = topology;
    this.seed = seed;
    this.baseOperations = operations(amendment.before());
    this.headOperations = operations(amendment.after());
    for (Change change : amendment.changes()) {
      changedProviders.add(change.provider());
      touchedOperations.add(
          Fingerprints.of(change.provider(), normalizedOperation(change.operation())));
      for (Change.Touch touch : change.touches()) {
        touchedInteractions.add(
            Fingerprints.of(touch.consumer(), change.provider(), touch.interaction()));
      }
    }
    amended.stream().filter(name -> !changedProviders.contains(name)).forEach(silent::add);
  }

  /**
   * Code alone is amended, and no document says what it changes: all that may reach it is touched.
   */
  private boolean reachesSilentChange(String start) {
    return topology.reachable(start).stream().anyMatch(silent::contains);
  }

  /** What was made so far, in order. */
  List<Scenario> made() {
    return List.copyOf(made.values());
  }

  List<ContractFormat.Problem> problems() {
    return problems;
  }

  static String consumer(Contract contract) {
    String consumer = contract.consumer();
    return consumer == null ? Stimulus.ANY_CONSUMER : consumer;
  }

  /**
   * Makes the scenario of an interaction.
   *
   * @param again whether the base has an older version of it under the same key
   * @return why it cannot be replayed; empty when it can
   */
  Optional<String> interaction(
      Contract contract, HttpInteraction http, boolean inBase, boolean again, boolean stubbed) {
    HttpRequest request;
    HttpReply example = null;
    boolean generated;
    if (http.exemplars().isEmpty()) {
      if (http.style() == HttpInteraction.Style.BY_EXAMPLE) {
        return Optional.of("the contract gives no request");
      }
      RequestSampler.Made made = RequestSampler.make(http, seed);
      request = made.request();
      if (request == null) {
        return Optional.of("no request can be generated: " + made.reason());
      }
      generated = true;
      if (!made.unread().isEmpty()) {
        problems.add(
            new ContractFormat.Problem(
                http.location(),
                "the generated request of "
                    + http.operation()
                    + " may break keywords that were not understood: "
                    + String.join(", ", made.unread())));
      }
    } else {
      Exemplar exemplar = http.exemplars().get(0);
      request = exemplar.request();
      example = exemplar.reply();
      generated = exemplar.generated();
    }
    String consumer = consumer(contract);
    String provider = contract.provider();
    Map<String, List<ProviderState>> given = given(provider, http, request);
    boolean byExample = http.style() == HttpInteraction.Style.BY_EXAMPLE;
    String key = again ? http.key() + "\u0000amended" : http.key();
    String fingerprint =
        InteractionText.of(http)
            .map(text -> Fingerprints.of(text, InteractionText.of(request), given.toString()))
            .orElse(null);
    Optional<String> id = id(Stimulus.Kind.INTERACTION, consumer, provider, key, http, fingerprint);
    if (id.isEmpty()) {
      return Optional.of("the same interaction was read before from another document");
    }
    Stimulus stimulus =
        new Stimulus(
            id.get(),
            Stimulus.Kind.INTERACTION,
            consumer,
            provider,
            http.description(),
            http.operation(),
            inBase,
            touched(consumer, provider, http, inBase),
            byExample,
            generated,
            stubbed,
            http.location(),
            fingerprint);
    made.put(
        id.get(),
        new Scenario(
            stimulus,
            request,
            given,
            http,
            expectation(provider, http, inBase),
            null,
            effects(provider, request),
            example == null ? 0 : example.status()));
    return Optional.empty();
  }

  /** Makes the scenario of a probe. */
  void probe(Subject subject, Probe probe) {
    Map<String, List<ProviderState>> given = states(probe.given());
    boolean touched =
        reachesSilentChange(subject.name())
            || topology.reachable(subject.name()).stream().anyMatch(changedProviders::contains);
    String fingerprint =
        Fingerprints.of(
            InteractionText.of(probe.request()),
            given.toString(),
            String.valueOf(probe.held()),
            String.valueOf(probe.degraded()),
            String.valueOf(probe.refused()));
    String name = subject.name();
    Optional<String> id = probeId(name, probe);
    if (id.isEmpty()) {
      return;
    }
    Stimulus stimulus =
        new Stimulus(
            id.get(),
            Stimulus.Kind.PROBE,
            name,
            name,
            probe.name(),
            probe.request().method() + " " + probe.request().path(),
            true,
            touched,
            true,
            false,
            false,
            probe.location(),
            fingerprint);
    made.put(
        id.get(),
        new Scenario(
            stimulus,
            probe.request(),
            given,
            null,
            null,
            probe,
            effects(name, probe.request()),
            0));
  }

  private Optional<String> probeId(String subject, Probe probe) {
    String id = Fingerprints.of(Stimulus.Kind.PROBE.name(), subject, subject, probe.name());
    if (!made.containsKey(id)) {
      return Optional.of(id);
    }
    problems.add(
        new ContractFormat.Problem(
            probe.location(),
            "probe '"
                + probe.name()
                + "' of "
                + subject
                + " is declared twice; this one is left out"));
    return Optional.empty();
  }

  /**
   * The id of an interaction. A key that another document used before for something else gets a
   * number; empty when it is the same thing once more.
   */
  private Optional<String> id(
      Stimulus.Kind kind,
      String consumer,
      String provider,
      String key,
      HttpInteraction http,
      @Nullable String fingerprint) {
    String id = Fingerprints.of(kind.name(), consumer, provider, key);
    int number = 1;
    Scenario earlier = made.get(id);
    while (earlier != null) {
      if (fingerprint != null && fingerprint.equals(earlier.stimulus().fingerprint())) {
        return Optional.empty();
      }
      if (number == 1) {
        problems.add(
            new ContractFormat.Problem(
                http.location(),
                "'"
                    + http.description()
                    + "' is described differently at "
                    + earlier.stimulus().location()
                    + "; both are replayed"));
      }
      number++;
      id = Fingerprints.of(kind.name(), consumer, provider, key, Integer.toString(number));
      earlier = made.get(id);
    }
    return Optional.of(id);
  }

  private boolean touched(String consumer, String provider, HttpInteraction http, boolean inBase) {
    return !inBase
        || reachesSilentChange(provider)
        || touchedInteractions.contains(Fingerprints.of(consumer, provider, http.key()))
        || http.style() == HttpInteraction.Style.BY_SCHEMA
            && (touchedOperations.contains(
                    Fingerprints.of(provider, normalizedOperation(http.operation())))
                || touchedOperations.contains(Fingerprints.of(provider, "")));
  }

  static String normalizedOperation(String operation) {
    int space = operation.indexOf(' ');
    return space < 0
        ? PathTemplates.normalize(operation)
        : operation.substring(0, space).toUpperCase(Locale.ROOT)
            + " "
            + PathTemplates.normalize(operation.substring(space + 1));
  }

  private Expectation expectation(String provider, HttpInteraction http, boolean inBase) {
    if (http.style() == HttpInteraction.Style.BY_SCHEMA) {
      return http.expectation();
    }
    List<HttpInteraction> operations =
        (inBase ? baseOperations : headOperations).getOrDefault(provider, List.of());
    return operations.isEmpty()
        ? http.expectation()
        : new JoinedExpectation(http.expectation(), operations);
  }

  Map<String, List<ProviderState>> given(
      String provider, HttpInteraction http, HttpRequest request) {
    if (!http.states().isEmpty()) {
      return Map.of(provider, http.states());
    }
    Map<String, Map<String, List<String>>> declared =
        topology.subject(provider).map(Subject::given).orElse(Map.of());
    String operation = normalizedOperation(http.operation());
    for (Map.Entry<String, Map<String, List<String>>> entry : declared.entrySet()) {
      if (normalizedOperation(entry.getKey()).equals(operation)) {
        return states(entry.getValue());
      }
    }
    if (http.style() == HttpInteraction.Style.BY_EXAMPLE) {
      for (Map.Entry<String, Map<String, List<String>>> entry : declared.entrySet()) {
        if (covers(entry.getKey(), request)) {
          return states(entry.getValue());
        }
      }
    }
    return Map.of();
  }

  private static Map<String, List<ProviderState>> states(Map<String, List<String>> bySubject) {
    Map<String, List<ProviderState>> given = new LinkedHashMap<>();
    bySubject.forEach((subject, names) -> given.put(subject, states(names)));
    return given;
  }

  private static List<ProviderState> states(List<String> names) {
    return names.stream().map(name -> new ProviderState(name, Map.of())).toList();
  }

  List<EffectCheck> effects(String provider, HttpRequest request) {
    return topology.subject(provider).map(Subject::effects).orElse(List.of()).stream()
        .filter(effect -> covers(effect.operation(), request))
        .toList();
  }

  /** Whether {@code METHOD /template} covers a concrete request. */
  private static boolean covers(String operation, HttpRequest request) {
    int space = operation.indexOf(' ');
    return space > 0
        && operation.substring(0, space).equalsIgnoreCase(request.method())
        && PathTemplates.matches(operation.substring(space + 1).trim(), request.path());
  }

  private static Map<String, List<HttpInteraction>> operations(List<Contract> contracts) {
    Map<String, List<HttpInteraction>> operations = new HashMap<>();
    for (Contract contract : contracts) {
      if (contract.consumer() == null) {
        contract.http().stream()
            .filter(http -> http.style() == HttpInteraction.Style.BY_SCHEMA)
            .forEach(
                http ->
                    operations
                        .computeIfAbsent(contract.provider(), name -> new ArrayList<>())
                        .add(http));
      }
    }
    return operations;
  }
}
