package dev.codicil.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.contract.Json;
import dev.codicil.verdict.AmendmentImpact;
import dev.codicil.verdict.AmendmentImpact.FlowTotal;
import dev.codicil.verdict.AmendmentImpact.Total;
import dev.codicil.verdict.Figures;
import dev.codicil.verdict.Finding;
import dev.codicil.verdict.FindingImpact;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What things cost, in {@code verdict.json}. Amounts are exact and stand as decimal text, which no
 * reader rounds.
 */
final class ImpactJson {
  private ImpactJson() {}

  /** Of one finding that has costs. */
  static ObjectNode of(Finding finding) {
    ObjectNode node = Json.mapper().createObjectNode();
    FindingImpact cost = finding.impact();
    if (cost == null) {
      return node;
    }
    node.put("currency", cost.currency());
    node.put("under", cost.under());
    amount(node, "added", cost.added());
    ArrayNode flows = node.putArray("flows");
    for (FindingImpact.Hit hit : cost.hits()) {
      ObjectNode one = flows.addObject();
      one.put("flow", hit.flow());
      one.put("unit", hit.unit());
      one.put("measured", hit.measured());
      amount(one, "share", hit.share());
      amount(one, "before", hit.before());
      amount(one, "after", hit.after());
      amount(one, "added", hit.before() == null || hit.after() == null ? null : hit.added());
      amount(one, "atMost", hit.atMost());
      one.put("told", ImpactText.of(finding, cost, hit));
    }
    return node;
  }

  /** Of an amendment. */
  static ObjectNode of(AmendmentImpact impact) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("currency", impact.currency());
    node.set("worst", of(impact.worst()));
    amount(node, "atMost", impact.atMost());
    if (impact.above() != null) {
      amount(node, "above", impact.above());
    }
    ArrayNode flows = node.putArray("flows");
    for (FlowTotal flow : impact.flows()) {
      ObjectNode one = flows.addObject();
      one.put("flow", flow.flow());
      one.put("unit", flow.unit());
      one.put("measured", flow.measured());
      amount(one, "full", flow.full());
      one.put("seen", flow.seen());
      one.put("unknown", flow.unknown());
      amount(one, "share", flow.share());
      one.set("worst", of(flow.worst()));
      amount(one, "atMost", flow.atMost());
      ArrayNode assumptions = one.putArray("assumptions");
      flow.assumptions().forEach(assumptions::add);
    }
    return node;
  }

  private static ObjectNode of(Total total) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("under", total.under());
    amount(node, "before", total.before());
    amount(node, "after", total.after());
    amount(node, "added", total.added());
    return node;
  }

  /** Null for what is not known. */
  private static void amount(ObjectNode node, String name, @Nullable BigDecimal amount) {
    node.put(name, amount == null ? null : Figures.exact(amount));
  }
}
