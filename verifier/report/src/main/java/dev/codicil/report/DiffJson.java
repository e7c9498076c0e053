package dev.codicil.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.amendment.Comparison;
import dev.codicil.amendment.Comparison.Stated;
import dev.codicil.amendment.Rollout;
import dev.codicil.contract.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** For programs; its schema is {@code docs/diff.schema.json}. */
public final class DiffJson implements DiffReporter {
  static final String SCHEMA = "codicil-diff/1";

  /** For programs. */
  public DiffJson() {}

  @Override
  public String id() {
    return "json";
  }

  @Override
  public String render(Comparison comparison) {
    ObjectNode root = Json.mapper().createObjectNode();
    root.put("schema", SCHEMA);
    root.put("mode", comparison.mode().id());
    strings(root, "bases", comparison.bases());
    root.put("head", comparison.head());
    root.put("worst", DiffWording.worst(comparison));
    Rollout rollout = comparison.rollout();
    if (rollout != null) {
      root.set("rollout", rollout(rollout));
    }
    root.set("changes", changes(comparison));
    root.set("ledger", Json.mapper().valueToTree(comparison.ledger()));
    return JsonText.pretty(root);
  }

  /**
   * A pair of a batch on one line, without a line break.
   *
   * @param name of the pair
   */
  public static String line(String name, Comparison comparison) {
    ObjectNode root = Json.mapper().createObjectNode();
    root.put("name", name);
    root.put("worst", DiffWording.worst(comparison));
    root.set("changes", changes(comparison));
    List<String> unread = new ArrayList<>();
    if (!comparison.baseRead() || !comparison.headRead()) {
      unread.add(DiffWording.missing(comparison));
    }
    comparison.ledger().unread().forEach(entry -> unread.add(CoverageText.unread(entry)));
    if (!unread.isEmpty()) {
      strings(root, "unread", unread);
    }
    return JsonText.line(root);
  }

  /**
   * A pair of a batch that could not be compared, on one line.
   *
   * @param name of the pair; null when the line has none
   * @param line 1-based, in the list
   * @param error what is wrong
   */
  public static String error(@Nullable String name, int line, String error) {
    ObjectNode root = Json.mapper().createObjectNode();
    if (name != null) {
      root.put("name", name);
    }
    root.put("line", line);
    root.put("error", error);
    return JsonText.line(root);
  }

  private static ArrayNode changes(Comparison comparison) {
    ArrayNode changes = Json.mapper().createArrayNode();
    comparison.changes().forEach(stated -> changes.add(change(stated)));
    return changes;
  }

  private static ObjectNode change(Stated stated) {
    ObjectNode node = ChangeJson.of(stated.change());
    node.put("for", stated.audience().id());
    strings(node, "against", stated.against());
    return node;
  }

  private static ObjectNode rollout(Rollout rollout) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("order", rollout.order().id());
    node.put("strict", rollout.strict());
    node.put("reason", rollout.reason());
    ArrayNode steps = node.putArray("steps");
    for (Rollout.Step step : rollout.steps()) {
      ObjectNode told = steps.addObject();
      told.put("phase", step.phase().id());
      told.put("who", step.who());
      told.put("what", step.what());
      told.set("items", Json.mapper().valueToTree(step.items()));
    }
    return node;
  }

  private static void strings(ObjectNode node, String name, List<String> values) {
    ArrayNode array = node.putArray(name);
    values.forEach(array::add);
  }
}
