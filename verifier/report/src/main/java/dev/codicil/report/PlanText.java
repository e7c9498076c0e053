package dev.codicil.report;

import dev.codicil.experiment.Experiment;
import dev.codicil.experiment.Plan;
import dev.codicil.experiment.Step;
import dev.codicil.experiment.Stimulus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What would be run, and what would not and why. */
public final class PlanText {
  private static final int WIDTH = 100;

  private PlanText() {}

  /** Renders a plan: each stimulus with its experiments in the order they run. */
  public static String render(Plan plan, boolean color) {
    TextPage page = new TextPage(new Palette(color), WIDTH);
    summary(page, plan);
    Map<String, List<Experiment>> storms = new LinkedHashMap<>();
    for (Experiment experiment : plan.experiments()) {
      storms.computeIfAbsent(experiment.stimulus(), key -> new ArrayList<>()).add(experiment);
    }
    Set<String> amended =
        plan.nodes().stream()
            .filter(Plan.Node::amended)
            .flatMap(node -> node.experiments().stream())
            .collect(Collectors.toSet());
    for (Stimulus stimulus : plan.stimuli()) {
      page.blank();
      stimulus(page, stimulus);
      for (Experiment experiment : storms.getOrDefault(stimulus.id(), List.of())) {
        page.text(
            "    " + page.palette().dim(id(experiment.id())),
            experiment.faults().profile()
                + ": "
                + experiment.label()
                + (amended.contains(experiment.id()) ? " [amended]" : ""));
      }
    }
    left(page, plan);
    return page.toString();
  }

  private static void summary(TextPage page, Plan plan) {
    int stimuli = plan.stimuli().size();
    int cells = plan.columns().size() * (stimuli + plan.experiments().size());
    page.raw(
        "  "
            + page.palette()
                .bold(
                    stimuli
                        + (stimuli == 1 ? " stimulus, " : " stimuli, ")
                        + Wording.count(plan.experiments().size(), "experiment")
                        + ", "
                        + Wording.count(cells, "cell"))
            + page.palette().dim("  seed " + plan.seed()));
    nodes(page, plan);
    for (Step step : plan.steps()) {
      page.text(
          "  step: ",
          String.join(", ", step.amended())
              + " amended ("
              + step.before()
              + " -> "
              + step.after()
              + ")");
    }
  }

  private static void nodes(TextPage page, Plan plan) {
    if (plan.nodes().isEmpty()) {
      return;
    }
    List<Plan.Node> amended = plan.nodes().stream().filter(Plan.Node::amended).toList();
    page.text(
        "  contract nodes: ",
        planned(plan.nodes())
            + " planned (node x fault x direction); amended: "
            + planned(amended)
            + " planned");
  }

  private static String planned(List<Plan.Node> nodes) {
    return nodes.stream().filter(Plan.Node::planned).count() + " of " + nodes.size();
  }

  private static void stimulus(TextPage page, Stimulus stimulus) {
    List<String> traits = new ArrayList<>();
    traits.add(stimulus.kind().name().toLowerCase(Locale.ROOT));
    if (stimulus.touched()) {
      traits.add("touched");
    }
    if (!stimulus.inBase()) {
      traits.add("new");
    }
    if (stimulus.generated()) {
      traits.add("generated request");
    }
    if (stimulus.stubbed()) {
      traits.add("played by a stub");
    }
    Palette palette = page.palette();
    page.text(
        "  " + palette.bold(id(stimulus.id())),
        stimulus.consumer() + " -> " + stimulus.provider() + ": " + stimulus.name());
    page.quiet("    ", stimulus.operation() + "; " + String.join(", ", traits));
  }

  private static String id(String id) {
    return Escape.console(Escape.brief(id, 40)) + "  ";
  }

  private static void left(TextPage page, Plan plan) {
    boolean all =
        plan.notReplayed().isEmpty()
            && plan.cut().isEmpty()
            && plan.notApplicable().isEmpty()
            && plan.idle().isEmpty()
            && witnesses(plan).isEmpty();
    if (!all) {
      page.blank();
    }
    for (Plan.NotReplayed item : plan.notReplayed()) {
      page.text(
          "  not replayed: ",
          item.consumer()
              + " -> "
              + item.provider()
              + ": "
              + item.interaction()
              + " ("
              + item.reason()
              + ")");
    }
    for (Plan.Cut cut : plan.cut()) {
      page.text(
          "  cut by the budget: ",
          cut.label()
              + " ("
              + Wording.count(cut.cells(), "cell")
              + (cut.touched() ? "; touched, so the verdict will be inconclusive)" : ")"));
    }
    for (Plan.Node node : plan.nodes()) {
      if (node.amended() && !node.planned()) {
        page.text("  amended and not planned: ", node.label());
      }
    }
    witnesses(plan)
        .forEach(
            (reason, count) ->
                page.text("  breaking and not shown by a request: ", reason + " (" + count + ")"));
    plan.idle().forEach(entry -> page.text("  strikes nothing: ", entry));
    plan.notApplicable()
        .forEach((reason, count) -> page.text("  not applicable: ", reason + " (" + count + ")"));
  }

  private static Map<String, Long> witnesses(Plan plan) {
    return plan.witnesses().stream()
        .filter(run -> run.stimulus() == null)
        .collect(
            Collectors.groupingBy(Plan.WitnessRun::reason, TreeMap::new, Collectors.counting()));
  }
}
