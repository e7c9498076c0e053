package dev.codicil.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.contract.Json;
import dev.codicil.verdict.GateSummary;
import dev.codicil.verdict.Gating;
import dev.codicil.verdict.Waiver;
import dev.codicil.verdict.WaiverStanding;
import java.util.Collection;
import java.util.Locale;
import java.util.TreeSet;

/** What policy and waivers decided, in {@code verdict.json}. */
final class GateJson {
  private GateJson() {}

  /** Of one finding. */
  static ObjectNode of(Gating gating) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("action", gating.action().id());
    node.put("by", gating.by());
    node.put("text", gating.text());
    ObjectNode evidence = node.putObject("evidence");
    evidence.put("asked", gating.evidenceAsked());
    evidence.put("had", gating.evidenceHad());
    strings(node, "tags", gating.tags());
    strings(node, "hit", gating.hit());
    Gating.Claim claim = gating.waiver();
    if (claim != null) {
      ObjectNode waiver = node.putObject("waiver");
      waiver.put("state", claim.state().name().toLowerCase(Locale.ROOT));
      waiver.put("reason", claim.reason());
      waiver.put("owner", claim.owner());
      waiver.put("expires", claim.lastDay());
      waiver.put("daysLeft", claim.daysLeft());
      waiver.put("at", claim.at());
      strings(waiver, "others", claim.others());
    }
    return node;
  }

  /** Of a whole run. */
  static ObjectNode of(GateSummary gate) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("today", gate.day());
    if (gate.environment() != null) {
      node.put("environment", gate.environment());
    }
    ArrayNode waivers = node.putArray("waivers");
    gate.waivers().forEach(standing -> waivers.add(of(standing)));
    strings(node, "warnings", gate.warnings());
    return node;
  }

  private static ObjectNode of(WaiverStanding standing) {
    Waiver waiver = standing.waiver();
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("fingerprint", waiver.fingerprint());
    node.put("finding", waiver.finding());
    if (waiver.amendment() != null) {
      node.put("amendment", waiver.amendment());
    }
    strings(node, "consumers", new TreeSet<>(waiver.consumers()));
    node.put("reason", waiver.reason());
    node.put("owner", waiver.owner());
    node.put("expires", waiver.lastDay());
    node.put("at", waiver.location().toString());
    node.put("state", standing.state().id());
    node.put("daysLeft", standing.daysLeft());
    node.put("fails", standing.fails());
    strings(node, "findings", standing.findings());
    node.put("told", standing.told());
    return node;
  }

  private static void strings(ObjectNode node, String name, Collection<String> values) {
    ArrayNode array = node.putArray(name);
    values.forEach(array::add);
  }
}
