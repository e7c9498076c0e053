package dev.codicil.report;

import dev.codicil.verdict.VerdictReport;

/**
 * The one comment of a check on a pull request. Its first line is a marker that nobody sees, by
 * which whoever posts it finds the comment of the run before and writes over it.
 */
final class GithubCommentReporter implements Reporter {
  /** GitHub refuses longer comments. */
  static final int MOST_CHARACTERS = 65_536;

  private final Check check;

  GithubCommentReporter(Check check) {
    this.check = check;
  }

  @Override
  public String id() {
    return "github-comment";
  }

  @Override
  public String fileName() {
    return "github-comment.md";
  }

  @Override
  public String render(VerdictReport report) {
    return new GithubPage(check, MOST_CHARACTERS, String::length)
        .render(marker(check) + "\n", report);
  }

  /** The first line of the comment of a check; no marker is the beginning of another. */
  static String marker(Check check) {
    return check.name().isEmpty() ? "<!-- codicil -->" : "<!-- codicil:" + check.name() + " -->";
  }
}
