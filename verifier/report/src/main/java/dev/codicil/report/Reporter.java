package dev.codicil.report;

import dev.codicil.verdict.VerdictReport;

/** Writes a verdict in one format. The same report gives the same bytes. */
public interface Reporter {
  /** Id on the command line: {@code json}. */
  String id();

  /** Name of the file below the report folder. */
  String fileName();

  /** The whole file; hostile text of contracts and subjects is escaped. */
  String render(VerdictReport report);
}
