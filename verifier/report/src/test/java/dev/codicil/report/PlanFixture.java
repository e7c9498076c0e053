package dev.codicil.report;

import dev.codicil.chaos.FaultSet;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.Location;
import dev.codicil.experiment.Column;
import dev.codicil.experiment.Experiment;
import dev.codicil.experiment.Plan;
import dev.codicil.experiment.Step;
import dev.codicil.experiment.Stimulus;
import java.util.List;
import java.util.Map;

/** A plan with everything a plan can have. */
final class PlanFixture {
  private PlanFixture() {}

  static Plan plan() {
    return new Plan(
        42,
        List.of(
            new Column("base", Map.of()), new Column("head", Map.of("license-authority", "head"))),
        List.of(new Step(List.of("license-authority"), "base", "head")),
        List.of(
            stimulus("s1", Stimulus.Kind.INTERACTION, "a validation of an active license", true),
            stimulus("s2", Stimulus.Kind.PROBE, "buy", false)),
        List.of(
            new Experiment(
                "e1",
                "s1",
                new FaultSet(
                    "slow-partner",
                    List.of(
                        new PlannedFault(
                            "latency",
                            Fixture.EDGE,
                            Stream.DOWNSTREAM,
                            new Parameters(Map.of("latency", "30s"))))),
                Experiment.RequestFit.UNTOUCHED)),
        Map.of("a synthetic consumer reads no reply", 12),
        List.of(new Plan.Cut("e2", "s1", "reset on " + Fixture.EDGE, true, 2)),
        List.of(new Plan.NotReplayed("checkout", "license-authority", "revoked", Fixture.HOSTILE)),
        List.of(
            node("", "latency(latency=30s)", true, "e1"),
            node("/validUntil", "drop-field", true),
            node("/id", "drop-field", false)),
        List.of("chaos-profiles/late.yaml:12:5: latency" + Fixture.HOSTILE),
        Map.of());
  }

  private static Plan.Node node(
      String pointer, String fault, boolean amended, String... experiments) {
    return new Plan.Node(
        Fixture.EDGE, "", pointer, fault, Stream.DOWNSTREAM, amended, List.of(experiments));
  }

  private static Stimulus stimulus(String id, Stimulus.Kind kind, String name, boolean touched) {
    return new Stimulus(
        id,
        kind,
        "checkout",
        "license-authority",
        name,
        "GET /licenses/{id}/validation",
        true,
        touched,
        true,
        !touched,
        !touched,
        Location.of("pact.json"),
        null);
  }
}
