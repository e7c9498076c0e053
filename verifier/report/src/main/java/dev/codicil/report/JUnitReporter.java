package dev.codicil.report;

import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Finding;
import dev.codicil.verdict.FindingKind;
import dev.codicil.verdict.VerdictReport;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code junit.xml}, as Jenkins, GitLab and build tools read it: an amendment is a test suite, a
 * finding a test case. What gates is a failure. What is inconclusive is an error, which is JUnit's
 * word for a test that could not be carried out; a skipped test would look like a pass.
 */
final class JUnitReporter implements Reporter {
  private static final int MAX_TEXT = 1000;
  private static final int MAX_NAME = 300;

  private final Check check;

  JUnitReporter(Check check) {
    this.check = check;
  }

  @Override
  public String id() {
    return "junit";
  }

  @Override
  public String fileName() {
    return "junit.xml";
  }

  @Override
  public String render(VerdictReport report) {
    StringBuilder suites = new StringBuilder(16_000);
    Counts all = new Counts();
    for (AmendmentVerdict amendment : report.amendments()) {
      all.add(suite(suites, amendment));
    }
    StringBuilder out = new StringBuilder(suites.length() + 500);
    out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"Codicil\"");
    all.append(out);
    return out.append(">\n").append(suites).append("</testsuites>\n").toString();
  }

  private Counts suite(StringBuilder out, AmendmentVerdict amendment) {
    Counts counts = new Counts();
    counts.millis = Math.max(0, amendment.millis());
    Map<String, Integer> names = new HashMap<>();
    amendment.findings().forEach(finding -> names.merge(name(finding), 1, Integer::sum));
    StringBuilder cases = new StringBuilder(8_000);
    for (Finding finding : amendment.findings()) {
      boolean alone = names.getOrDefault(name(finding), 0) == 1;
      String name = alone ? name(finding) : name(finding) + " [" + finding.id() + "]";
      testCase(cases, finding, name, counts);
    }
    String untold = FindingText.untold(amendment);
    if (untold != null) {
      counts.tests++;
      open(cases, "verdict", "codicil", null);
      problem(cases, "error", amendment.verdict().id(), untold, Escape.xml(untold), counts);
    }
    out.append("  <testsuite");
    attribute(out, "name", Escape.cut(amendment.name(), MAX_NAME));
    counts.append(out);
    out.append(">\n    <properties>\n");
    property(out, "verdict", amendment.verdict().id());
    property(out, "evidence", amendment.evidence());
    property(out, "seed", Long.toString(amendment.seed()));
    amendment.reasons().forEach(reason -> property(out, "reason", reason));
    CoverageText.lines(amendment.coverage()).forEach((label, text) -> property(out, label, text));
    amendment
        .ledger()
        .unread()
        .forEach(entry -> property(out, "not read", CoverageText.unread(entry)));
    out.append("    </properties>\n").append(cases).append("  </testsuite>\n");
    return counts;
  }

  private static String name(Finding finding) {
    return Escape.cut(finding.interaction(), MAX_NAME)
        + ", "
        + Escape.cut(Wording.weather(finding), MAX_NAME);
  }

  private void testCase(StringBuilder out, Finding finding, String name, Counts counts) {
    counts.tests++;
    open(out, name, Wording.pair(finding), finding);
    if (finding.gates()) {
      problem(out, "failure", finding.kind().id(), message(finding), text(finding), counts);
    } else if (finding.kind() == FindingKind.INCONCLUSIVE) {
      problem(out, "error", finding.kind().id(), message(finding), text(finding), counts);
    } else {
      out.append("      <system-out>")
          .append(Escape.xml(Wording.title(finding.kind())))
          .append(Wording.loud(finding) ? ", does not gate" : "")
          .append('\n')
          .append(text(finding))
          .append("</system-out>\n    </testcase>\n");
    }
  }

  private void open(StringBuilder out, String name, String className, @Nullable Finding finding) {
    out.append("    <testcase");
    attribute(out, "name", name);
    attribute(out, "classname", className);
    if (finding != null && !finding.location().isEmpty()) {
      attribute(out, "file", check.of(finding).file());
      attribute(out, "line", Integer.toString(check.of(finding).line()));
    }
    out.append(">\n");
  }

  private static void problem(
      StringBuilder out, String element, String type, String message, String text, Counts counts) {
    if (element.equals("failure")) {
      counts.failures++;
    } else {
      counts.errors++;
    }
    out.append("      <").append(element);
    attribute(out, "type", type);
    attribute(out, "message", Escape.cut(message, MAX_TEXT));
    out.append('>').append(text).append("</").append(element).append(">\n    </testcase>\n");
  }

  private static String message(Finding finding) {
    return finding.nearMiss().isEmpty() ? finding.reason() : finding.nearMiss();
  }

  /** A fact a line; escaped. */
  private static String text(Finding finding) {
    StringBuilder text = new StringBuilder();
    FindingText.facts(finding)
        .forEach(
            (label, value) ->
                text.append(label)
                    .append(": ")
                    .append(Escape.xml(Escape.cut(value, MAX_TEXT)))
                    .append('\n'));
    return text.toString();
  }

  private static void property(StringBuilder out, String name, String value) {
    out.append("      <property");
    attribute(out, "name", name);
    attribute(out, "value", Escape.cut(value.replace("\n", "; "), MAX_TEXT));
    out.append("/>\n");
  }

  private static void attribute(StringBuilder out, String name, String value) {
    out.append(' ').append(name).append("=\"").append(Escape.xml(value)).append('"');
  }

  private static final class Counts {
    private int tests;
    private int failures;
    private int errors;
    private long millis;

    void add(Counts other) {
      tests += other.tests;
      failures += other.failures;
      errors += other.errors;
      millis += other.millis;
    }

    void append(StringBuilder out) {
      attribute(out, "tests", Integer.toString(tests));
      attribute(out, "failures", Integer.toString(failures));
      attribute(out, "errors", Integer.toString(errors));
      attribute(out, "skipped", "0");
      attribute(out, "time", BigDecimal.valueOf(millis, 3).toPlainString());
    }
  }
}
