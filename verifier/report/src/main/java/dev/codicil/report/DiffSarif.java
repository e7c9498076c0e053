package dev.codicil.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.amendment.Change;
import dev.codicil.amendment.Comparison;
import dev.codicil.amendment.Comparison.Stated;
import dev.codicil.contract.Json;
import dev.codicil.experiment.Fingerprints;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * SARIF 2.1.0, for code scanning. A result's fingerprint knows nothing of lines, so it stays the
 * same while the document around it grows.
 */
final class DiffSarif implements DiffReporter {
  private static final String FINGERPRINT = "codicilChange/v1";

  @Override
  public String id() {
    return "sarif";
  }

  @Override
  public String render(Comparison comparison) {
    ObjectNode root = Sarif.file();
    ObjectNode run = (ObjectNode) root.at("/runs/0");
    ObjectNode driver = run.putObject("tool").putObject("driver");
    driver.put("name", "Codicil");
    List<String> rules =
        comparison.changes().stream().map(stated -> stated.change().rule()).distinct().toList();
    ArrayNode declared = driver.putArray("rules");
    rules.forEach(rule -> declared.add(Sarif.rule(rule)));
    ObjectNode invocation = run.putArray("invocations").addObject();
    invocation.put("executionSuccessful", true);
    Sarif.notifications(invocation, comparison.ledger().unread(), Check.ONLY);
    Sarif.bases(run, "The folder Codicil was started in.");
    ArrayNode results = run.putArray("results");
    Map<String, Integer> seen = new HashMap<>();
    for (Stated stated : comparison.changes()) {
      results.add(result(stated, comparison, rules.indexOf(stated.change().rule()), seen));
    }
    return JsonText.pretty(root);
  }

  private static ObjectNode result(
      Stated stated, Comparison comparison, int ruleIndex, Map<String, Integer> seen) {
    Change change = stated.change();
    ObjectNode result = Json.mapper().createObjectNode();
    result.put("ruleId", change.rule());
    result.put("ruleIndex", ruleIndex);
    result.put("level", Sarif.level(change.severity()));
    result
        .putObject("message")
        .put(
            "text",
            Escape.visible(
                Escape.cut(DiffWording.sentence(change), Sarif.MAX_TEXT)
                    + " ("
                    + Escape.cut(
                        ChangesText.touches(change) + DiffWording.note(stated, comparison),
                        Sarif.MAX_TEXT)
                    + ")"));
    ObjectNode location = result.putArray("locations").addObject();
    ObjectNode physical = Sarif.physical(change.location());
    if (physical != null) {
      location.set("physicalLocation", physical);
    }
    ObjectNode logical = location.putArray("logicalLocations").addObject();
    logical.put("fullyQualifiedName", Escape.visible(ChangesText.place(change)));
    logical.put("kind", "member");
    String fingerprint = fingerprint(stated);
    int occurrence = seen.merge(fingerprint, 1, Integer::sum);
    result
        .putObject("partialFingerprints")
        .put(FINGERPRINT, occurrence == 1 ? fingerprint : fingerprint + ":" + occurrence);
    ObjectNode properties = result.putObject("properties");
    properties.put("severity", DiffWording.word(change.severity()));
    properties.put("direction", DiffWording.word(change.direction()));
    properties.put("for", stated.audience().id());
    ArrayNode consumers = properties.putArray("consumers");
    change.touches().stream().map(Change.Touch::consumer).distinct().forEach(consumers::add);
    return result;
  }

  private static String fingerprint(Stated stated) {
    Change change = stated.change();
    return Fingerprints.of(
        change.rule(),
        stated.audience().id(),
        DiffWording.word(change.direction()),
        change.provider(),
        change.operation(),
        change.path(),
        change.message());
  }
}
