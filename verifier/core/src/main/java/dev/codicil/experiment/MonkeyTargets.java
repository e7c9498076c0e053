package dev.codicil.experiment;

import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.FaultCard.Fit;
import dev.codicil.chaos.Parameters;
import java.util.Optional;
import java.util.Set;

/** Aims faults at services that carry a Chaos Monkey. */
final class MonkeyTargets {
  /** The assault that leaves nobody to answer. */
  private static final String KILL = "monkey-kill";

  private final Topology topology;

  MonkeyTargets(Topology topology) {
    this.topology = topology;
  }

  /** Whether a fault needs a Chaos Monkey in the service that is called. */
  static boolean concerns(FaultCard card) {
    return card.aim() == FaultCard.Aim.MONKEY;
  }

  /** On the edge from the replaying consumer, which asks once and does not try again. */
  Targets client(FaultCard card, Parameters written, String edge) {
    boolean alone = topology.called(edge).map(Subject::nodes).orElse(1) == 1;
    return card.id().equals(KILL) && alone
        ? Targets.none(card.id() + ": nobody is left to answer, the subject has one node")
        : upstream(card, written, edge);
  }

  /** On an edge whose caller is real. */
  Targets upstream(FaultCard card, Parameters written, String edge) {
    Optional<Subject> called = topology.called(edge);
    if (called.isEmpty()) {
      return Targets.none(card.id() + ": a stub carries no Chaos Monkey");
    }
    return called.get().chaosMonkey() == null
        ? Targets.none(
            card.id()
                + " needs a subject that carries a Chaos Monkey: 'chaos-monkey' in codicil.yaml")
        : Targets.one(written, Set.of(), Fit.UNTOUCHED);
  }
}
