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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code report.sarif}, SARIF 2.1.0 for code scanning: a result for every finding that tells
 * something, and for every document change that gates or breaks, at the line of the contract.
 */
final class SarifReporter implements Reporter {
  /** GitHub takes 25,000 results of a run and shows the first 5,000. */
  static final int MOST_RESULTS = 5_000;

  private static final String FINDING = "codicilFinding/v1";
  private static final String CHANGE = "codicilChange/v2";

  private final Check check;

  SarifReporter(Check check) {
    this.check = check;
  }

  @Override
  public String id() {
    return "sarif";
  }

  @Override
  public String fileName() {
    return "report.sarif";
  }

  @Override
  public String render(VerdictReport report) {
    ObjectNode root = Sarif.file();
    ObjectNode run = (ObjectNode) root.at("/runs/0");
    ObjectNode driver = run.putObject("tool").putObject("driver");
    driver.put("name", "Codicil");
    ArrayNode rules = driver.putArray("rules");
    ObjectNode invocation = run.putArray("invocations").addObject();
    invocation.put("executionSuccessful", true);
    run.putObject("automationDetails").put("id", "codicil/" + check.name() + slash());
    Sarif.bases(run, "The root of the repository.");
    List<ObjectNode> results = new ArrayList<>();
    Map<String, Integer> indexes = new LinkedHashMap<>();
    report.amendments().forEach(amendment -> amendment(amendment, rules, indexes, results));
    ArrayNode shown = run.putArray("results");
    results.stream().limit(MOST_RESULTS).forEach(shown::add);
    if (results.size() > MOST_RESULTS) {
      Sarif.notification(
          invocation,
          (results.size() - MOST_RESULTS)
              + " results more are in verdict.json; no more are shown than GitHub shows.");
    }
    for (AmendmentVerdict amendment : report.amendments()) {
      String untold = FindingText.untold(amendment);
      if (untold != null) {
        Sarif.notification(invocation, amendment.name() + ": " + untold);
      }
      Sarif.notifications(invocation, amendment.ledger().unread(), check);
    }
    run.putObject("properties").put("verdict", report.verdict().id());
    return JsonText.pretty(root);
  }

  private String slash() {
    return check.name().isEmpty() ? "" : "/";
  }

  private void amendment(
      AmendmentVerdict amendment,
      ArrayNode rules,
      Map<String, Integer> indexes,
      List<ObjectNode> results) {
    StableIds ids = new StableIds(amendment);
    List<Change> told = FindingText.told(amendment);
    for (Finding finding : amendment.findings()) {
      if (FindingText.told(finding)) {
        int rule = index(finding.kind().id(), rules, indexes);
        results.add(result(finding, amendment, rule, ids.of(finding)));
      }
    }
    for (Change change : told) {
      results.add(result(change, amendment, index(change.rule(), rules, indexes), ids.of(change)));
    }
  }

  private static int index(String id, ArrayNode rules, Map<String, Integer> indexes) {
    return indexes.computeIfAbsent(
        id,
        added -> {
          rules.add(rule(added));
          return rules.size() - 1;
        });
  }

  private static ObjectNode rule(String id) {
    for (FindingKind kind : FindingKind.values()) {
      if (kind.id().equals(id)) {
        ObjectNode rule = Json.mapper().createObjectNode();
        rule.put("id", id);
        rule.putObject("shortDescription").put("text", HtmlReporter.word(Wording.title(kind)));
        rule.putObject("fullDescription").put("text", Wording.meaning(kind));
        ObjectNode help = rule.putObject("help");
        String meaning = HtmlReporter.word(Wording.meaning(kind)) + ".";
        help.put("text", meaning + " " + FindingText.advice(kind));
        help.put("markdown", meaning + "\n\n**What to do:** " + FindingText.advice(kind));
        return rule;
      }
    }
    return Sarif.rule(id);
  }

  private ObjectNode result(
      Finding finding, AmendmentVerdict amendment, int rule, String fingerprint) {
    ObjectNode result =
        result(finding.kind().id(), rule, level(finding), FindingText.sentence(finding));
    location(
        result.putArray("locations").addObject(),
        check.of(finding),
        finding.operation().isEmpty() ? finding.interaction() : finding.operation());
    related(result, finding, amendment);
    result.putObject("partialFingerprints").put(FINDING, fingerprint);
    ObjectNode properties = result.putObject("properties");
    properties.put("amendment", text(amendment.name()));
    properties.put("gates", finding.gates());
    properties.put("consumer", text(finding.consumer()));
    properties.put("provider", text(finding.provider()));
    properties.put("before", Wording.outcomes(finding.before()));
    properties.put("after", Wording.outcomes(finding.after()));
    if (!finding.replay().isEmpty()) {
      properties.put("replay", text(finding.replay()));
    }
    return result;
  }

  private ObjectNode result(
      Change change, AmendmentVerdict amendment, int rule, String fingerprint) {
    boolean gates = FindingText.gates(change, amendment);
    ObjectNode result =
        result(change.rule(), rule, gates ? "error" : "warning", FindingText.sentence(change));
    location(result.putArray("locations").addObject(), check.of(change), ChangesText.place(change));
    result.putObject("partialFingerprints").put(CHANGE, fingerprint);
    ObjectNode properties = result.putObject("properties");
    properties.put("amendment", text(amendment.name()));
    properties.put("gates", gates);
    properties.put("severity", DiffWording.word(change.severity()));
    properties.put("direction", DiffWording.word(change.direction()));
    ArrayNode consumers = properties.putArray("consumers");
    change.touches().stream()
        .map(touch -> text(touch.consumer()))
        .distinct()
        .forEach(consumers::add);
    return result;
  }

  private static ObjectNode result(String rule, int index, String level, String message) {
    ObjectNode result = Json.mapper().createObjectNode();
    result.put("ruleId", rule);
    result.put("ruleIndex", index);
    result.put("level", level);
    result.putObject("message").put("text", text(message));
    return result;
  }

  /** The document changes that a finding names. */
  private void related(ObjectNode result, Finding finding, AmendmentVerdict amendment) {
    ArrayNode related = Json.mapper().createArrayNode();
    for (Change change : amendment.changes()) {
      String named = (change.rule() + " " + change.path()).trim();
      if (finding.changes().contains(named)) {
        ObjectNode location = related.addObject();
        location(location, check.of(change), ChangesText.place(change));
        location.putObject("message").put("text", text(DiffWording.sentence(change)));
      }
    }
    if (!related.isEmpty()) {
      result.set("relatedLocations", related);
    }
  }

  private static void location(ObjectNode location, Location where, String what) {
    ObjectNode physical = Sarif.physical(where);
    if (physical != null) {
      location.set("physicalLocation", physical);
    }
    ObjectNode logical = location.putArray("logicalLocations").addObject();
    logical.put("fullyQualifiedName", text(what));
    logical.put("kind", "member");
  }

  private static String level(Finding finding) {
    if (finding.gates()) {
      return "error";
    }
    return Wording.loud(finding) ? "warning" : "note";
  }

  private static String text(String foreign) {
    return Sarif.text(foreign);
  }
}
