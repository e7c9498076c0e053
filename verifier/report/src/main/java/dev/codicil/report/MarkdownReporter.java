package dev.codicil.report;

import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Finding;
import dev.codicil.verdict.VerdictReport;

/** {@code report.md}, GitHub-flavored, for pull requests and job summaries. */
final class MarkdownReporter implements Reporter {
  @Override
  public String id() {
    return "markdown";
  }

  @Override
  public String fileName() {
    return "report.md";
  }

  @Override
  public String render(VerdictReport report) {
    StringBuilder out = new StringBuilder();
    out.append("# Codicil: ").append(report.verdict().id()).append("\n\n");
    out.append(Escape.markdown(Wording.impact(report))).append("\n\n");
    for (AmendmentVerdict amendment : report.amendments()) {
      out.append("## ").append(Escape.markdown(amendment.name())).append("\n\n");
      for (Finding finding : amendment.findings()) {
        out.append("- ")
            .append(finding.kind().id())
            .append(": ")
            .append(Escape.markdown(finding.interaction()))
            .append("\n");
      }
    }
    return out.toString();
  }
}
