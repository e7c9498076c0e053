package dev.codicil.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.amendment.Severity;
import dev.codicil.amendment.rule.ChangeRule;
import dev.codicil.amendment.rule.RuleCard;
import dev.codicil.amendment.rule.Rules;
import dev.codicil.contract.Json;
import dev.codicil.contract.Ledger;
import dev.codicil.contract.Location;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What every SARIF 2.1.0 file of ours has, as the OASIS standard has it. */
final class Sarif {
  /** Longest text of a message. */
  static final int MAX_TEXT = 1000;

  private static final String ROOT = "%SRCROOT%";
  private static final Map<String, RuleCard> CARDS = cards();

  private Sarif() {}

  /** A file with one run, which is returned through {@code root.runs[0]}. */
  static ObjectNode file() {
    ObjectNode root = Json.mapper().createObjectNode();
    root.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    root.put("version", "2.1.0");
    root.putArray("runs").addObject();
    return root;
  }

  /** What the relative paths are relative to, and how columns count. */
  static void bases(ObjectNode run, String root) {
    run.putObject("originalUriBaseIds").putObject(ROOT).putObject("description").put("text", root);
    run.put("columnKind", "utf16CodeUnits");
  }

  /** A rule of document changes, with the text of its card. */
  static ObjectNode rule(String id) {
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

  /** A position in a file; null when not even the file is known. */
  static @Nullable ObjectNode physical(Location where) {
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
    if (Check.absolute(file)) {
      artifact.put("uri", "file://" + (file.startsWith("/") ? "" : "/") + Escape.uri(file));
    } else {
      artifact.put("uri", Escape.uri(file));
      artifact.put("uriBaseId", ROOT);
    }
    return artifact;
  }

  /** What was not read, or not wholly: what a tool says about itself. */
  static void notifications(ObjectNode invocation, List<Ledger.Entry> unread, Check check) {
    for (Ledger.Entry entry : unread) {
      notification(invocation, CoverageText.unread(entry))
          .putArray("locations")
          .addObject()
          .putObject("physicalLocation")
          .set("artifactLocation", artifact(check.below(entry.file())));
    }
  }

  /** Something that whoever reads the results must know. */
  static ObjectNode notification(ObjectNode invocation, String text) {
    ArrayNode all =
        invocation.get("toolExecutionNotifications") instanceof ArrayNode already
            ? already
            : invocation.putArray("toolExecutionNotifications");
    ObjectNode notification = all.addObject();
    notification.put("level", "warning");
    notification.putObject("message").put("text", text(text));
    return notification;
  }

  /** A text on one line, not too long. */
  static String text(String foreign) {
    return Escape.visible(Escape.cut(foreign, MAX_TEXT));
  }

  static String level(Severity severity) {
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
