package dev.codicil.experiment;

import dev.codicil.chaos.BlastRadius;
import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Parcel;
import dev.codicil.chaos.Stream;
import dev.codicil.experiment.Experiment.RequestFit;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Aims faults on messages at the topics that a sequence is published on. */
final class MessageTargets {
  private static final String DROP = "drop-message";
  private static final String REORDER = "reorder-messages";
  private static final String OLD = "old-message";
  private static final String HEADERS = "drop-message-headers";
  private static final String KEY = "wrong-key";

  private final Topology topology;

  MessageTargets(PlanRequest request) {
    this.topology = new Topology(request.subjects());
  }

  /** All ways in which a fault strikes the messages of a scenario; why not goes to skipped. */
  void strikes(
      Scenario scenario,
      MessageScript script,
      FaultCard card,
      ChaosProfile.Entry entry,
      BlastRadius radius,
      Consumer<String> skipped,
      List<Planner.Strike> into) {
    String name = scenario.stimulus().provider();
    for (String topic : script.topics()) {
      String edge = Listening.edge(topic, name);
      Optional<Listening> listening =
          topology.subject(name).flatMap(subject -> subject.messaging().listening(topic));
      if (!radius.reachesEdge(edge)) {
        skipped.accept("outside the profile's blast radius");
        continue;
      }
      if (listening.isEmpty()) {
        skipped.accept(name + " does not listen to " + topic);
        continue;
      }
      Optional<String> pointless = pointless(card, entry, script, topic, listening.get());
      if (pointless.isPresent()) {
        skipped.accept(pointless.get());
        continue;
      }
      into.add(
          Planner.strike(
              card,
              Stream.DOWNSTREAM,
              edge,
              new Targets.Target(entry.parameters(), Set.of(), card.fit()),
              RequestFit.UNTOUCHED));
    }
  }

  private static Optional<String> pointless(
      FaultCard card,
      ChaosProfile.Entry entry,
      MessageScript script,
      String topic,
      Listening listening) {
    List<Parcel> parcels =
        script.lines().stream()
            .map(line -> line.before() == null ? line.after() : line.before())
            .filter(Objects::nonNull)
            .filter(parcel -> parcel.topic().equals(topic))
            .toList();
    Set<String> keys = new HashSet<>();
    parcels.forEach(parcel -> keys.add(String.valueOf(parcel.key())));
    boolean withinKey = entry.parameters().text("within").map("key"::equals).orElse(false);
    return switch (card.id()) {
      case REORDER ->
          withinKey && keys.size() == parcels.size()
              ? Optional.of("no key has two messages that could change places")
              : !withinKey && keys.size() < 2
                  ? Optional.of("there is only one key, and no other that it could change with")
                  : Optional.empty();
      case OLD ->
          script.amended()
              ? Optional.empty()
              : Optional.of("the amendment changes no message of the sequence");
      case HEADERS ->
          parcels.stream().allMatch(parcel -> parcel.headers().isEmpty())
              ? Optional.of("the messages have no headers")
              : Optional.empty();
      case KEY ->
          parcels.stream().allMatch(parcel -> parcel.key() == null)
              ? Optional.of("the messages have no keys")
              : Optional.empty();
      case DROP -> Optional.empty();
      default ->
          card.fit() == FaultCard.Fit.OUT_OF_CONTRACT && listening.deadLetter() == null
              ? Optional.of(
                  "what cannot be read must end somewhere: declare 'dead-letter' for " + topic)
              : Optional.empty();
    };
  }
}
