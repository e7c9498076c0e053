package dev.codicil.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.amendment.Change;
import dev.codicil.contract.Json;
import dev.codicil.contract.Ledger;
import java.util.List;

/** What documents do not promise to consumers, in the form of a diff, for programs. */
public final class ConformJson {
  private ConformJson() {}

  /** An object with {@code changes}, {@code interactions} and {@code ledger}. */
  public static String render(List<Change> gaps, int interactions, Ledger ledger) {
    ObjectNode root = Json.mapper().createObjectNode();
    ArrayNode changes = root.putArray("changes");
    gaps.forEach(gap -> changes.add(ChangeJson.of(gap)));
    root.put("interactions", interactions);
    root.set("ledger", Json.mapper().valueToTree(ledger));
    return JsonText.pretty(root);
  }
}
