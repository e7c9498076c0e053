package dev.codicil.experiment;

import java.util.Map;

/** A plan as a person reads it; the golden files are made of this. */
final class PlanText {
  private PlanText() {}

  static String of(Plan plan) {
    StringBuilder out = new StringBuilder("columns\n");
    plan.columns().forEach(column -> line(out, column.id(), column.sides().toString()));
    out.append("steps\n");
    plan.steps()
        .forEach(
            step -> line(out, step.before() + " -> " + step.after(), step.amended().toString()));
    out.append("stimuli\n");
    for (Stimulus stimulus : plan.stimuli()) {
      line(
          out,
          stimulus.id(),
          stimulus.kind() + " " + stimulus.consumer() + " -> " + stimulus.provider(),
          stimulus.name(),
          stimulus.operation()
              + (stimulus.inBase() ? "" : ", only in head")
              + (stimulus.touched() ? ", touched" : "")
              + (stimulus.byExample() ? ", by example" : ", by schema")
              + (stimulus.generated() ? ", generated" : "")
              + (stimulus.stubbed() ? ", stubbed" : ""));
    }
    out.append("experiments\n");
    for (Experiment experiment : plan.experiments()) {
      line(
          out,
          experiment.id(),
          experiment.stimulus(),
          experiment.faults().profile(),
          experiment.faults().label(),
          experiment.request().toString());
    }
    out.append("nodes\n");
    for (Plan.Node node : plan.nodes()) {
      line(
          out,
          node.label() + (node.amended() ? ", amended" : ""),
          node.experiments().size() + " experiments");
    }
    out.append("not applicable\n");
    for (Map.Entry<String, Integer> reason : plan.notApplicable().entrySet()) {
      line(out, reason.getValue().toString(), reason.getKey());
    }
    out.append("not replayed\n");
    for (Plan.NotReplayed left : plan.notReplayed()) {
      line(out, left.consumer() + " -> " + left.provider(), left.interaction(), left.reason());
    }
    out.append("cut\n");
    for (Plan.Cut cut : plan.cut()) {
      line(out, cut.id(), cut.label(), cut.cells() + " cells");
    }
    return out.append("cells ").append(Planner.cells(plan)).append('\n').toString();
  }

  private static void line(StringBuilder out, String... parts) {
    out.append("  ").append(String.join(" | ", parts)).append('\n');
  }
}
