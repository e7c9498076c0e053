package dev.codicil.report;

import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Finding;
import dev.codicil.verdict.VerdictReport;

/** {@code report.html}: one offline file without scripts. */
final class HtmlReporter implements Reporter {
  @Override
  public String id() {
    return "html";
  }

  @Override
  public String fileName() {
    return "report.html";
  }

  @Override
  public String render(VerdictReport report) {
    StringBuilder out = new StringBuilder();
    out.append("<!doctype html><meta charset=utf-8><title>Codicil</title>");
    for (AmendmentVerdict amendment : report.amendments()) {
      out.append("<h2>").append(Escape.html(amendment.name())).append("</h2>");
      for (Finding finding : amendment.findings()) {
        out.append("<p>").append(Escape.html(finding.interaction())).append("</p>");
      }
    }
    return out.toString();
  }
}
