package dev.codicil.report;

import dev.codicil.verdict.VerdictReport;
import java.nio.charset.StandardCharsets;

/** The summary of a step of GitHub Actions, for {@code $GITHUB_STEP_SUMMARY}. */
final class GithubSummaryReporter implements Reporter {
  /** GitHub drops longer summaries of a step. */
  static final int MOST_BYTES = 1024 * 1024;

  private final Check check;

  GithubSummaryReporter(Check check) {
    this.check = check;
  }

  @Override
  public String id() {
    return "github-summary";
  }

  @Override
  public String fileName() {
    return "github-summary.md";
  }

  @Override
  public String render(VerdictReport report) {
    return new GithubPage(check, MOST_BYTES, text -> text.getBytes(StandardCharsets.UTF_8).length)
        .render("", report);
  }
}
