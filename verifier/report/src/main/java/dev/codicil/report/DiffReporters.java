package dev.codicil.report;

import java.util.List;
import java.util.Optional;

/** The formats of {@code diff} that are built in. */
public final class DiffReporters {
  private static final List<DiffReporter> BUILT_IN =
      List.of(
          new DiffText(false),
          new DiffJson(),
          new DiffMarkdown(),
          new DiffSarif(),
          new DiffGithub(),
          new DiffHtml());

  private DiffReporters() {}

  /** All of them; text is without colors. */
  public static List<DiffReporter> builtIn() {
    return BUILT_IN;
  }

  /** The one with an id; empty when there is none. */
  public static Optional<DiffReporter> of(String id) {
    return BUILT_IN.stream().filter(reporter -> reporter.id().equals(id)).findFirst();
  }

  /** Text for a terminal that has colors. */
  public static DiffReporter colored() {
    return new DiffText(true);
  }
}
