package dev.codicil.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.amendment.Change;
import dev.codicil.contract.Json;
import dev.codicil.contract.Location;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Finding;
import dev.codicil.verdict.FindingKind;
import dev.codicil.verdict.VerdictReport;

/**
 * {@code gitlab-code-quality.json}, in the part of the Code Climate format that GitLab reads:
 * description, check_name, fingerprint, severity, location.path and location.lines.begin.
 */
final class GitlabReporter implements Reporter {
  private static final int MAX_TEXT = 1000;

  private final Check check;

  GitlabReporter(Check check) {
    this.check = check;
  }

  @Override
  public String id() {
    return "gitlab";
  }

  @Override
  public String fileName() {
    return "gitlab-code-quality.json";
  }

  @Override
  public String render(VerdictReport report) {
    ArrayNode issues = Json.mapper().createArrayNode();
    for (AmendmentVerdict amendment : report.amendments()) {
      StableIds ids = new StableIds(amendment);
      for (Finding finding : amendment.findings()) {
        if (FindingText.told(finding)) {
          issue(
              issues,
              Wording.title(finding.kind()) + ": " + FindingText.sentence(finding),
              finding.kind().id(),
              ids.of(finding),
              severity(finding),
              check.of(finding));
        }
      }
      for (Change change : FindingText.told(amendment)) {
        issue(
            issues,
            FindingText.sentence(change),
            change.rule(),
            ids.of(change),
            FindingText.gates(change, amendment) ? "critical" : "major",
            check.of(change));
      }
      String untold = FindingText.untold(amendment);
      if (untold != null) {
        issue(
            issues,
            amendment.name() + ": " + untold,
            amendment.verdict().id(),
            ids.whole(),
            "major",
            check.project());
      }
    }
    return JsonText.pretty(issues);
  }

  private static void issue(
      ArrayNode issues,
      String description,
      String rule,
      String fingerprint,
      String severity,
      Location where) {
    ObjectNode issue = issues.addObject();
    issue.put("description", Escape.visible(Escape.cut(description, MAX_TEXT)));
    issue.put("check_name", Escape.visible(Escape.cut("codicil/" + rule, MAX_TEXT)));
    issue.put("fingerprint", fingerprint);
    issue.put("severity", severity);
    ObjectNode location = issue.putObject("location");
    location.put("path", Escape.visible(where.file()));
    location.putObject("lines").put("begin", where.line());
  }

  private static String severity(Finding finding) {
    if (finding.gates()) {
      return finding.kind() == FindingKind.BROKEN ? "blocker" : "critical";
    }
    return Wording.loud(finding) ? "major" : "minor";
  }
}
