package dev.codicil.report;

import dev.codicil.amendment.Comparison;
import dev.codicil.amendment.Rollout;
import dev.codicil.contract.Ledger;

/**
 * For the terminal.
 *
 * @param color whether it has colors
 */
record DiffText(boolean color) implements DiffReporter {
  private static final int WIDTH = 100;
  private static final int MOST_ITEMS = 10;

  @Override
  public String id() {
    return "text";
  }

  @Override
  public String render(Comparison comparison) {
    TextPage page = new TextPage(new Palette(color), WIDTH);
    String total = page.palette().bold(DiffWording.total(comparison));
    page.raw(
        total
            + " "
            + DiffWording.forWhom(comparison)
            + (comparison.changes().isEmpty() ? "." : ": " + DiffWording.counts(comparison)));
    comparison
        .changes()
        .forEach(
            stated ->
                ChangesText.append(page, stated.change(), DiffWording.note(stated, comparison)));
    rollout(page, comparison);
    long loaded =
        comparison.ledger().entries().stream()
            .filter(entry -> entry.fate() == Ledger.Fate.LOADED)
            .count();
    page.raw(page.palette().dim("Read: " + Wording.count(loaded, "contract file") + "."));
    CoverageText.ledger(page, 0, comparison.ledger());
    return page.toString();
  }

  private static void rollout(TextPage page, Comparison comparison) {
    Rollout rollout = comparison.rollout();
    if (rollout == null || comparison.changes().isEmpty()) {
      return;
    }
    page.raw(page.palette().bold("Rollout: " + DiffWording.order(rollout)));
    page.text("    ", rollout.reason());
    int number = 1;
    for (Rollout.Step step : rollout.steps()) {
      page.text(
          "    " + number++ + ". ", step.phase().id() + ", " + step.who() + ": " + step.what());
      step.items().stream()
          .limit(MOST_ITEMS)
          .forEach(item -> page.text("         ", DiffWording.item(item)));
      if (step.items().size() > MOST_ITEMS) {
        page.raw("         and " + (step.items().size() - MOST_ITEMS) + " more");
      }
    }
  }
}
