package dev.codicil.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.amendment.Change;
import dev.codicil.amendment.Comparison;
import dev.codicil.amendment.Comparison.Stated;
import dev.codicil.amendment.Severity;
import dev.codicil.amendment.rule.ChangeRule;
import dev.codicil.amendment.rule.RuleCard;
import dev.codicil.amendment.rule.Rules;
import dev.codicil.contract.Json;
import dev.codicil.contract.Ledger;
import dev.codicil.contract.Location;
import dev.codicil.experiment.Fingerprints;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * SARIF 2.1.0, for code scanning. A result's fingerprint knows nothing of lines, so it stays the
 * same while the document around it grows.
 */
final class DiffSarif implements DiffReporter {
  private static final String FINGERPRINT = "codicilChange/v1";
  private static final String ROOT = "%SRCROOT%";
  private static final int MAX_TEXT = 1000;

  private static final Map<String, RuleCard> CARDS = cards();

  @Override
  public String id() {
    return "sarif";
  }

  @Override
  public String render(Comparison comparison) {
    ObjectNode root = Json.mapper().createObjectNode();
    root.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    root.put("version", "2.1.0");
    ObjectNode run = root.putArray("runs").addObject();
    ObjectNode driver = run.putObject("tool").putObject("driver");
    driver.put("name", "Codicil");
    List<String> rules =
        comparison.changes().stream().map(stated -> stated.change().rule()).distinct().toList();
    ArrayNode declared = driver.putArray("rules");
    rules.forEach(rule -> declared.add(rule(rule)));
    ObjectNode invocation = run.putArray("invocations").addObject();
    invocation.put("executionSuccessful", true);
    notifications(invocation, comparison.ledger());
    run.putObject("originalUriBaseIds")
        .putObject(ROOT)
        .putObject("description")
        .put("text", "The folder Codicil was started in.");
    run.put("columnKind", "utf16CodeUnits");
    ArrayNode results = run.putArray("results");
    Map<String, Integer> seen = new HashMap<>();
    for (Stated stated : comparison.changes()) {
      results.add(result(stated, comparison, rules.indexOf(stated.change().rule()), seen));
    }
    return JsonText.pretty(root);
  }

  private static ObjectNode rule(String id) {
    ObjectNode rule = Json.mapper().createObjectNode();
    rule.put("id", id);
    RuleCard card = CARDS.get(id);
    if (card != null) {
      rule.putObject("shortDescription").put("text", card.title());
      rule.putObject("fullDescription").put("text", card.why());
      ObjectNode help = rule.putObject("help");
      help.put("text", card.why() + " Safe way: " + card.remedy());
      help.put(
          "markdown",
          Escape.markdown(card.why())
              + "\n\n**Example:** "
              + Escape.markdownCode(card.example())
              + "\n\n**Safe way:** "
              + Escape.markdown(card.remedy()));
    }
    return rule;
  }

  private static ObjectNode result(
      Stated stated, Comparison comparison, int ruleIndex, Map<String, Integer> seen) {
    Change change = stated.change();
    ObjectNode result = Json.mapper().createObjectNode();
    result.put("ruleId", change.rule());
    result.put("ruleIndex", ruleIndex);
    result.put("level", level(change.severity()));
    result
        .putObject("message")
        .put(
            "text",
            Escape.visible(
                Escape.cut(DiffWording.sentence(change), MAX_TEXT)
                    + " ("
                    + Escape.cut(
                        ChangesText.touches(change) + DiffWording.note(stated, comparison),
                        MAX_TEXT)
                    + ")"));
    ObjectNode location = result.putArray("locations").addObject();
    ObjectNode physical = physical(change.location());
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

  private static @Nullable ObjectNode physical(Location where) {
    if (where.file().isEmpty()) {
      return null;
    }
    ObjectNode physical = Json.mapper().createObjectNode();
    physical.set("artifactLocation", artifact(where.file()));
    if (where.line() > 0) {
      ObjectNode region = physical.putObject("region");
      region.put("startLine", where.line());
      if (where.column() > 0) {
        region.put("startColumn", where.column());
      }
    }
    return physical;
  }

  private static ObjectNode artifact(String file) {
    ObjectNode artifact = Json.mapper().createObjectNode();
    artifact.put("uri", Escape.uri(file));
    artifact.put("uriBaseId", ROOT);
    return artifact;
  }

  private static void notifications(ObjectNode invocation, Ledger ledger) {
    List<Ledger.Entry> unread = new ArrayList<>(ledger.unread());
    if (unread.isEmpty()) {
      return;
    }
    ArrayNode notifications = invocation.putArray("toolExecutionNotifications");
    for (Ledger.Entry entry : unread) {
      ObjectNode notification = notifications.addObject();
      notification.put("level", "warning");
      notification
          .putObject("message")
          .put("text", Escape.visible(Escape.cut(CoverageText.unread(entry), MAX_TEXT)));
      notification
          .putArray("locations")
          .addObject()
          .putObject("physicalLocation")
          .set("artifactLocation", artifact(entry.file()));
    }
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

  private static String level(Severity severity) {
    return switch (severity) {
      case BREAKING -> "error";
      case RISKY -> "warning";
      case SAFE -> "note";
    };
  }

  private static Map<String, RuleCard> cards() {
    Map<String, RuleCard> cards = new LinkedHashMap<>();
    for (ChangeRule rule : Rules.builtIn()) {
      cards.put(rule.card().id(), rule.card());
    }
    return cards;
  }
}
