package dev.codicil.report;

import dev.codicil.amendment.Change;
import dev.codicil.contract.Ledger;
import java.util.List;
import java.util.Locale;

/** What documents do not promise to consumers, worst first, for a person. */
public final class ConformText {
  private static final int WIDTH = 100;

  private ConformText() {}

  /**
   * Renders what was found.
   *
   * @param gaps as {@code Conformity} gives them
   * @param interactions how many were checked
   * @param ledger what was read
   */
  public static String render(List<Change> gaps, int interactions, Ledger ledger, boolean color) {
    TextPage page = new TextPage(new Palette(color), WIDTH);
    if (gaps.isEmpty()) {
      page.raw("Nothing found that a consumer relies on and the documents do not promise.");
    } else {
      page.raw(
          page.palette().bold(Wording.count(gaps.size(), "gap"))
              + " between what consumers rely on and what the documents promise.");
    }
    for (Change gap : gaps) {
      String severity = gap.severity().name().toLowerCase(Locale.ROOT);
      page.raw(
          "    "
              + page.palette().tone(ChangesText.tone(gap.severity()), TextPage.pad(severity, 10))
              + Escape.console(Escape.brief(gap.rule(), 60))
              + page.palette()
                  .dim("  " + Escape.console(Escape.brief(ChangesText.place(gap), 120))));
      page.text(" ".repeat(14), gap.message());
      for (Change.Touch touch : gap.touches()) {
        page.quiet(
            " ".repeat(14),
            touch.consumer()
                + ": "
                + touch.description()
                + (touch.path() == null ? "" : " at " + touch.path())
                + "; "
                + gap.baseLocation()
                + (gap.headLocation() == null ? "" : " against " + gap.headLocation()));
      }
    }
    page.raw(
        page.palette()
            .dim(
                "Checked: "
                    + Wording.count(interactions, "interaction")
                    + ". Credentials are not looked at."));
    CoverageText.ledger(page, 0, ledger);
    return page.toString();
  }
}
