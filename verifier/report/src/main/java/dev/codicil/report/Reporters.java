package dev.codicil.report;

import java.util.List;

/** The reporters that are built in. */
public final class Reporters {
  private static final Reporter JSON = new JsonReporter();
  private static final List<Reporter> BUILT_IN =
      List.of(JSON, new MarkdownReporter(), new HtmlReporter());

  private Reporters() {}

  /** All of them, in the order in which they are written. */
  public static List<Reporter> builtIn() {
    return BUILT_IN;
  }

  /** The one for programs. */
  public static Reporter json() {
    return JSON;
  }
}
