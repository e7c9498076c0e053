package dev.codicil.report;

import dev.codicil.experiment.Experiment;
import dev.codicil.experiment.Plan;
import dev.codicil.experiment.Step;
import dev.codicil.experiment.Stimulus;

/** What would be run, and what would not and why. */
public final class PlanText {
  private static final int WIDTH = 100;

  private PlanText() {}

  /** Renders a plan. */
  public static String render(Plan plan, boolean color) {
    TextPage page = new TextPage(new Palette(color), WIDTH);
    Palette palette = page.palette();
    int cells = 2 * plan.steps().size() * (plan.stimuli().size() + plan.experiments().size());
    page.raw(
        "  "
            + palette.bold(
                Wording.count(plan.stimuli().size(), "stimulus").replace("stimuluss", "stimuli")
                    + ", "
                    + Wording.count(plan.experiments().size(), "experiment")
                    + ", "
                    + Wording.count(plan.steps().size(), "step"))
            + palette.dim("  up to " + Wording.count(cells, "cell") + ", seed " + plan.seed()));
    for (Step step : plan.steps()) {
      page.text(
          "  step: ",
          String.join(", ", step.amended()) + " amended, " + step.before() + " -> " + step.after());
    }
    for (Stimulus stimulus : plan.stimuli()) {
      page.blank();
      stimulus(page, stimulus);
      for (Experiment experiment : plan.experiments()) {
        if (experiment.stimulus().equals(stimulus.id())) {
          page.text(
              "      " + palette.dim("storm "),
              "["
                  + experiment.id()
                  + "] "
                  + experiment.faults().profile()
                  + ": "
                  + experiment.faults().label());
        }
      }
    }
    left(page, plan);
    return page.toString();
  }

  private static void stimulus(TextPage page, Stimulus stimulus) {
    page.text(
        stimulus.touched() ? "  * " : "    ",
        stimulus.consumer() + " -> " + stimulus.provider() + ": " + stimulus.name());
  }

  private static void left(TextPage page, Plan plan) {
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
          "  cut: ",
          cut.label() + (cut.touched() ? " (touched: the verdict will be inconclusive)" : ""));
    }
    plan.notApplicable()
        .forEach((reason, count) -> page.text("  not applicable: ", count + " " + reason));
  }
}
