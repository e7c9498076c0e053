package dev.codicil.report;

import java.util.List;
import java.util.Optional;

/** The reporters that are built in. */
public final class Reporters {
  private static final Reporter JSON = new JsonReporter();
  private static final List<Reporter> ALWAYS =
      List.of(JSON, new MarkdownReporter(), new HtmlReporter());

  private Reporters() {}

  /** Those that every verification writes, in the order in which they are written. */
  public static List<Reporter> always() {
    return ALWAYS;
  }

  /** All of them, for the only check of a repository. */
  public static List<Reporter> builtIn() {
    return builtIn(Check.ONLY);
  }

  /** All of them; those for a forge speak for this check. */
  public static List<Reporter> builtIn(Check check) {
    return List.of(
        JSON,
        ALWAYS.get(1),
        ALWAYS.get(2),
        new JUnitReporter(check),
        new SarifReporter(check),
        new GitlabReporter(check),
        new GithubReporter(check),
        new GithubCommentReporter(check),
        new GithubSummaryReporter(check));
  }

  /** The one with an id; empty when there is none. */
  public static Optional<Reporter> of(String id, Check check) {
    return builtIn(check).stream().filter(reporter -> reporter.id().equals(id)).findFirst();
  }

  /** The ids, as a sentence has them: {@code json, markdown or html}. */
  public static String ids() {
    List<String> ids = builtIn().stream().map(Reporter::id).toList();
    return String.join(", ", ids.subList(0, ids.size() - 1)) + " or " + ids.get(ids.size() - 1);
  }

  /** The one for programs. */
  public static Reporter json() {
    return JSON;
  }
}
