package dev.codicil.experiment;

import dev.codicil.amendment.Amendment;
import dev.codicil.contract.Contract;
import dev.codicil.contract.ContractFormat;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.Interaction;
import dev.codicil.contract.MessageInteraction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What can be replayed for an amendment, and why the rest cannot. Nothing that was read goes
 * missing: every interaction is a scenario or among {@code notReplayed}.
 *
 * @param scenarios touched ones first, then in document order; requests that only show changes last
 * @param notReplayed interactions and probes that nothing can replay, with the reason
 * @param problems what was found and is doubtful: names used twice, requests made past keywords
 *     that were not understood
 * @param witnesses what is done about the witness of each breaking change
 */
public record Scenarios(
    List<Scenario> scenarios,
    List<Plan.NotReplayed> notReplayed,
    List<ContractFormat.Problem> problems,
    List<Plan.WitnessRun> witnesses) {
  /** Why messages are not replayed that nothing can make others of. */
  public static final String NO_MESSAGE_AMENDED =
      "neither the messages nor who listens is amended, and no profile strikes messages";

  public Scenarios {
    scenarios = List.copyOf(scenarios);
    notReplayed = List.copyOf(notReplayed);
    problems = List.copyOf(problems);
    witnesses = List.copyOf(witnesses);
  }

  /**
   * Finds what can be replayed.
   *
   * @param amendment contracts of both sides and their differences
   * @param subjects all declared subjects
   * @param cast what is amended and what runs
   * @param seed of all draws
   */
  public static Scenarios of(Amendment amendment, List<Subject> subjects, Cast cast, long seed) {
    return new Finder(amendment, subjects, cast, seed).find();
  }

  /**
   * The same without the messages that are the same on both sides, for a subject that is the same:
   * in calm their replay could show nothing.
   */
  public Scenarios withoutUntouchedMessages() {
    List<Scenario> kept = new ArrayList<>();
    List<Plan.NotReplayed> left = new ArrayList<>(notReplayed);
    for (Scenario scenario : scenarios) {
      Stimulus stimulus = scenario.stimulus();
      if (scenario.messages() == null || stimulus.touched()) {
        kept.add(scenario);
      } else {
        left.add(
            new Plan.NotReplayed(
                stimulus.consumer(), stimulus.provider(), stimulus.name(), NO_MESSAGE_AMENDED));
      }
    }
    return new Scenarios(kept, left, problems, witnesses);
  }

  /** One pass over the contracts of both sides. */
  private static final class Finder {
    private final Amendment amendment;
    private final List<Subject> subjects;
    private final Topology topology;
    private final Cast cast;
    private final long seed;
    private final ScenarioMaker maker;
    private final Map<String, Interaction> base;
    private final Map<String, Interaction> head;
    private final List<Plan.NotReplayed> notReplayed = new ArrayList<>();

    Finder(Amendment amendment, List<Subject> subjects, Cast cast, long seed) {
      this.amendment = amendment;
      this.subjects = subjects;
      this.topology = new Topology(subjects);
      this.cast = cast;
      this.seed = seed;
      this.base = index(amendment.before());
      this.head = index(amendment.after());
      this.maker = new ScenarioMaker(amendment, topology, cast.amended(), seed);
    }

    Scenarios find() {
      for (Contract contract : amendment.before()) {
        contract.interactions().forEach(interaction -> fromBase(contract, interaction));
      }
      for (Contract contract : amendment.after()) {
        contract.interactions().forEach(interaction -> fromHead(contract, interaction));
      }
      for (Subject subject : subjects) {
        subject.probes().forEach(probe -> probe(subject, probe));
      }
      MessageScenarios messages = new MessageScenarios(amendment, subjects, topology, cast, seed);
      notReplayed.addAll(messages.notReplayed());
      List<Scenario> ordered = new ArrayList<>(maker.made());
      ordered.addAll(messages.made());
      ordered.sort(Comparator.comparing(scenario -> !scenario.stimulus().touched()));
      WitnessScenarios shown = new WitnessScenarios(amendment, cast, maker);
      ordered.addAll(shown.scenarios());
      List<ContractFormat.Problem> problems = new ArrayList<>(maker.problems());
      problems.addAll(messages.problems());
      return new Scenarios(ordered, notReplayed, problems, shown.runs());
    }

    private void fromBase(Contract contract, Interaction interaction) {
      String consumer = ScenarioMaker.consumer(contract);
      if (!cast.baseCounts(consumer, contract.provider())) {
        Interaction later = head.get(key(contract, interaction));
        if (later == null) {
          skip(contract, interaction, "the amended consumer no longer relies on it");
          return;
        }
        if (differs(interaction, later)) {
          // The head version takes its place.
          return;
        }
      }
      add(contract, interaction, true, false);
    }

    private void fromHead(Contract contract, Interaction interaction) {
      Interaction earlier = base.get(key(contract, interaction));
      if (earlier == null) {
        add(contract, interaction, false, false);
      } else if (cast.amended().contains(ScenarioMaker.consumer(contract))
          && differs(earlier, interaction)) {
        add(contract, interaction, false, true);
      }
    }

    private void add(Contract contract, Interaction interaction, boolean inBase, boolean again) {
      if (interaction instanceof MessageInteraction message) {
        if (subjects.stream().noneMatch(subject -> hears(subject, contract, message))) {
          skip(contract, interaction, unheard(message));
        }
        return;
      }
      if (!(interaction instanceof HttpInteraction http)) {
        skip(contract, interaction, "calls that the provider makes are not replayed yet");
        return;
      }
      Optional<String> standing = notUnderTest(contract.provider());
      if (standing.isPresent()) {
        skip(contract, interaction, standing.get());
        return;
      }
      boolean stubbed =
          topology.subject(contract.provider()).isEmpty() || !cast.runs(contract.provider());
      maker
          .interaction(contract, http, inBase, again, stubbed)
          .ifPresent(reason -> skip(contract, interaction, reason));
    }

    private static boolean hears(Subject subject, Contract contract, MessageInteraction message) {
      return subject.messaging().listens().stream()
          .anyMatch(
              listening -> MessageKinds.reaches(contract, message, subject, listening.topic()));
    }

    private static String unheard(MessageInteraction message) {
      return message.channel().isEmpty()
          ? "no subject listens to it: declare 'listens' for who takes it"
          : "no subject declares that it listens to " + message.channel();
    }

    /** Why a provider cannot stand in front of a replay; empty when it can. */
    private Optional<String> notUnderTest(String provider) {
      if (topology.subject(provider).isPresent() && cast.runs(provider)) {
        return Optional.empty();
      }
      boolean amended = cast.amended().contains(provider);
      if (topology.stubOnly(provider) && !amended) {
        return Optional.of("played by a stub; not under test");
      }
      boolean served =
          amendment.before().stream().anyMatch(contract -> speaksFor(contract, provider))
              || amendment.after().stream().anyMatch(contract -> speaksFor(contract, provider));
      if (served || amended) {
        return Optional.empty();
      }
      return Optional.of(
          topology.subject(provider).isPresent()
              ? "the provider does not run on both sides, and no document of its own can be served"
                  + " as a stub"
              : "the provider is not a declared subject, and no document of its own can be served"
                  + " as a stub");
    }

    private static boolean speaksFor(Contract contract, String provider) {
      return contract.provider().equals(provider) && contract.consumer() == null;
    }

    private void probe(Subject subject, Probe probe) {
      if (!cast.runs(subject.name())) {
        notReplayed.add(
            new Plan.NotReplayed(
                subject.name(),
                subject.name(),
                probe.name(),
                "a probe needs the real service, which does not run on both sides"));
        return;
      }
      maker.probe(subject, probe);
    }

    private void skip(Contract contract, Interaction interaction, String reason) {
      notReplayed.add(
          new Plan.NotReplayed(
              ScenarioMaker.consumer(contract),
              contract.provider(),
              interaction.description(),
              reason));
    }

    private static boolean differs(Interaction earlier, Interaction later) {
      if (earlier instanceof MessageInteraction || later instanceof MessageInteraction) {
        return earlier.getClass() != later.getClass();
      }
      Optional<String> before = text(earlier);
      return before.isEmpty() || !before.equals(text(later));
    }

    private static Optional<String> text(Interaction interaction) {
      return interaction instanceof HttpInteraction http
          ? InteractionText.of(http)
          : Optional.empty();
    }

    private static Map<String, Interaction> index(List<Contract> contracts) {
      Map<String, Interaction> index = new HashMap<>();
      for (Contract contract : contracts) {
        for (Interaction interaction : contract.interactions()) {
          index.putIfAbsent(key(contract, interaction), interaction);
        }
      }
      return index;
    }

    private static String key(Contract contract, Interaction interaction) {
      return Fingerprints.of(
          interaction instanceof MessageInteraction ? "message" : "http",
          ScenarioMaker.consumer(contract),
          contract.provider(),
          interaction.key());
    }
  }
}
