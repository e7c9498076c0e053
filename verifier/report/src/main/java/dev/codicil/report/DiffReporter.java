package dev.codicil.report;

import dev.codicil.amendment.Comparison;

/** Writes a comparison of documents in one format. The same comparison gives the same bytes. */
public interface DiffReporter {
  /** Id on the command line: {@code json}. */
  String id();

  /** The whole output; hostile text of contracts is escaped. */
  String render(Comparison comparison);
}
