package dev.codicil.report;

import dev.codicil.amendment.Change;
import dev.codicil.contract.Location;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Finding;
import dev.codicil.verdict.FindingKind;
import dev.codicil.verdict.VerdictReport;
import java.util.ArrayList;
import java.util.List;

/**
 * Annotations of GitHub Actions, printed as workflow commands at the lines of contracts. GitHub
 * shows ten a step, so the worst ten are printed, and one notice counts the rest.
 */
final class GithubReporter implements Reporter {
  private static final int MOST = 10;
  private static final int MAX_TEXT = 1000;
  private static final int MAX_TITLE = 200;

  private final Check check;

  GithubReporter(Check check) {
    this.check = check;
  }

  @Override
  public String id() {
    return "github";
  }

  @Override
  public String fileName() {
    return "github-annotations.txt";
  }

  @Override
  public String render(VerdictReport report) {
    List<String> errors = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (AmendmentVerdict amendment : report.amendments()) {
      findings(amendment, errors, warnings);
    }
    for (AmendmentVerdict amendment : report.amendments()) {
      for (Change change : FindingText.told(amendment)) {
        boolean gates = FindingText.gates(change, amendment);
        (gates ? errors : warnings)
            .add(
                annotation(
                    gates ? "error" : "warning",
                    check.of(change),
                    DiffWording.word(change.severity()) + ": " + change.rule(),
                    FindingText.sentence(change)));
      }
      String untold = FindingText.untold(amendment);
      if (untold != null) {
        warnings.add(
            annotation(
                "warning",
                check.project(),
                amendment.verdict().id(),
                amendment.name() + ": " + untold));
      }
    }
    List<String> all = new ArrayList<>(errors);
    all.addAll(warnings);
    StringBuilder out = new StringBuilder();
    all.stream().limit(MOST).forEach(out::append);
    if (all.size() > MOST) {
      out.append("::notice title=Codicil::")
          .append(
              command(
                  report.verdict().id()
                      + "; "
                      + Wording.count(all.size() - MOST, "annotation")
                      + " more not shown here: see the report"))
          .append('\n');
    }
    return out.append("Codicil: ")
        .append(report.verdict().id())
        .append(". ")
        .append(Escape.console(Wording.impact(report)))
        .append('\n')
        .toString();
  }

  private void findings(AmendmentVerdict amendment, List<String> errors, List<String> warnings) {
    List<Finding> told =
        amendment.findings().stream()
            .filter(finding -> finding.gates() || finding.kind() == FindingKind.INCONCLUSIVE)
            .toList();
    for (FindingGroup group : FindingGroup.of(told)) {
      Finding first = group.first();
      String more =
          group.others().isEmpty()
              ? ""
              : "; the same under " + Wording.count(group.others().size(), "more fault set");
      String replay = first.replay().isEmpty() ? "" : "\n" + first.replay();
      (first.gates() ? errors : warnings)
          .add(
              annotation(
                  first.gates() ? "error" : "warning",
                  check.of(first),
                  FindingText.title(first),
                  Escape.cut(FindingText.sentence(first), MAX_TEXT) + more + replay));
    }
  }

  private static String annotation(String level, Location where, String title, String text) {
    StringBuilder out = new StringBuilder("::").append(level).append(" file=");
    out.append(property(where.file())).append(",line=").append(where.line());
    if (where.column() > 0) {
      out.append(",col=").append(where.column());
    }
    return out.append(",title=")
        .append(property(Escape.cut(title, MAX_TITLE)))
        .append("::")
        .append(command(text))
        .append('\n')
        .toString();
  }

  private static String command(String text) {
    return Escape.command(Escape.cut(text, 2 * MAX_TEXT));
  }

  private static String property(String text) {
    return Escape.commandProperty(Escape.cut(text, MAX_TEXT));
  }
}
