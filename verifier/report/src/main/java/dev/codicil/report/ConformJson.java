package dev.codicil.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.amendment.Change;
import dev.codicil.contract.Json;
import dev.codicil.contract.Ledger;
import dev.codicil.contract.Location;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/** What documents do not promise to consumers, in the form of a diff, for programs. */
public final class ConformJson {
  private ConformJson() {}

  /** An object with {@code changes}, {@code interactions} and {@code ledger}. */
  public static String render(List<Change> gaps, int interactions, Ledger ledger) {
    ObjectNode root = Json.mapper().createObjectNode();
    ArrayNode changes = root.putArray("changes");
    gaps.forEach(gap -> changes.add(change(gap)));
    root.put("interactions", interactions);
    root.set("ledger", Json.mapper().valueToTree(ledger));
    try {
      return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode change(Change gap) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("rule", gap.rule());
    node.put("severity", gap.severity().name().toLowerCase(Locale.ROOT));
    node.put("direction", gap.direction().name().toLowerCase(Locale.ROOT));
    node.put("provider", gap.provider());
    node.put("operation", gap.operation());
    node.put("pointer", gap.path());
    node.put("expected", gap.before());
    node.put("promised", gap.after());
    node.put("message", gap.message());
    Location location = gap.location();
    ObjectNode where = node.putObject("location");
    where.put("file", location.file());
    where.put("line", location.line());
    where.put("column", location.column());
    ArrayNode affects = node.putArray("affects");
    for (Change.Touch touch : gap.touches()) {
      ObjectNode affected = affects.addObject();
      affected.put("consumer", touch.consumer());
      affected.put("interaction", touch.description());
      affected.put("key", touch.interaction());
      affected.put("path", touch.path());
      Location there = touch.location();
      if (there != null) {
        ObjectNode at = affected.putObject("location");
        at.put("file", there.file());
        at.put("line", there.line());
        at.put("column", there.column());
      }
    }
    if (gap.witness() != null) {
      node.set("witness", Json.mapper().valueToTree(gap.witness()));
    }
    return node;
  }
}
