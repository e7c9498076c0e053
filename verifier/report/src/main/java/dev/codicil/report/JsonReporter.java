package dev.codicil.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.chaos.Load;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.contract.Json;
import dev.codicil.experiment.SmallestCause;
import dev.codicil.history.CellRecord;
import dev.codicil.history.LoadRecord;
import dev.codicil.verdict.AmendmentImpact;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Finding;
import dev.codicil.verdict.FindingKind;
import dev.codicil.verdict.GateSummary;
import dev.codicil.verdict.Gating;
import dev.codicil.verdict.LoadComparison;
import dev.codicil.verdict.RecoveryComparison;
import dev.codicil.verdict.VerdictReport;
import dev.codicil.verdict.WitnessResult;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code verdict.json}, the report for programs; its schema is {@code docs/verdict.schema.json}.
 */
final class JsonReporter implements Reporter {
  @Override
  public String id() {
    return "json";
  }

  @Override
  public String fileName() {
    return "verdict.json";
  }

  @Override
  public String render(VerdictReport report) {
    ObjectNode root = Json.mapper().createObjectNode();
    root.put("schema", report.schema());
    root.put("verdict", report.verdict().id());
    ArrayNode amendments = root.putArray("amendments");
    report.amendments().forEach(amendment -> amendments.add(amendment(amendment)));
    GateSummary gate = report.gate();
    if (gate != null) {
      root.set("gate", GateJson.of(gate));
    }
    return JsonText.pretty(root);
  }

  private static ObjectNode amendment(AmendmentVerdict amendment) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("name", amendment.name());
    node.put("verdict", amendment.verdict().id());
    node.put("evidence", amendment.evidence());
    strings(node, "reasons", amendment.reasons());
    AmendmentImpact impact = amendment.impact();
    if (impact != null) {
      node.set("impact", ImpactJson.of(impact));
    }
    node.put("seed", amendment.seed());
    node.put("millis", amendment.millis());
    ArrayNode findings = node.putArray("findings");
    ObjectNode cells = Json.mapper().createObjectNode();
    for (Finding finding : amendment.findings()) {
      findings.add(finding(finding, cells));
    }
    node.set("cells", cells);
    node.set("changes", changes(amendment));
    node.set("coverage", Json.mapper().valueToTree(amendment.coverage()));
    node.set("ledger", Json.mapper().valueToTree(amendment.ledger()));
    return node;
  }

  private static ArrayNode changes(AmendmentVerdict amendment) {
    ArrayNode changes = Json.mapper().valueToTree(amendment.changes());
    for (WitnessResult result : amendment.witnesses()) {
      ObjectNode run = ((ObjectNode) changes.get(result.change())).putObject("witnessRun");
      run.put("result", result.kind().id());
      optional(run, "stimulus", result.stimulus());
      run.put("told", result.told());
    }
    return changes;
  }

  private static ObjectNode finding(Finding finding, ObjectNode cells) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("id", finding.id());
    node.put("kind", finding.kind().id());
    node.put("gates", finding.gates());
    node.put("consumer", finding.consumer());
    node.put("provider", finding.provider());
    node.put("interaction", finding.interaction());
    node.put("operation", finding.operation());
    node.put("step", finding.step());
    strings(node, "faults", finding.faults());
    node.put("faultLabel", finding.faultLabel());
    node.set("before", outcomes(finding.before()));
    node.set("after", outcomes(finding.after()));
    strings(node, "changes", finding.changes());
    node.put("nearMiss", finding.nearMiss());
    node.put("reason", finding.reason());
    node.put("replay", finding.replay());
    node.put("location", finding.location());
    SmallestCause cause = finding.cause();
    if (cause != null) {
      node.set("cause", cause(cause));
    }
    LoadComparison load = finding.load();
    if (load != null) {
      node.set("load", load(load));
    }
    RecoveryComparison recovery = finding.recovery();
    if (recovery != null) {
      ObjectNode both = node.putObject("recovery");
      both.put("beforeMillis", recovery.before());
      both.put("afterMillis", recovery.after());
    }
    if (finding.impact() != null) {
      node.set("impact", ImpactJson.of(finding));
    }
    Gating gating = finding.gating();
    if (gating != null) {
      node.put("fingerprint", gating.fingerprint());
      node.set("gate", GateJson.of(gating));
    }
    ArrayNode evidence = node.putArray("evidence");
    if (finding.kind() != FindingKind.COMPATIBLE) {
      for (CellRecord record : finding.evidence()) {
        String label = record.cell().label();
        evidence.add(label);
        if (!cells.has(label)) {
          cells.set(label, cell(record));
        }
      }
    }
    return node;
  }

  private static ObjectNode load(LoadComparison load) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("perSecond", load.load().perSecond());
    node.put("seconds", load.load().seconds());
    node.put("standing", load.standing().name().toLowerCase(Locale.ROOT));
    node.put("worse", load.worse());
    node.put("runs", load.runs());
    ObjectNode tolerance = node.putObject("tolerance");
    load.load()
        .tolerance()
        .forEach(
            (percentile, most) ->
                tolerance
                    .putObject(percentile.label())
                    .put("factor", most.factor())
                    .put("slackMillis", most.slackMillis()));
    LoadRecord before = load.before();
    LoadRecord after = load.after();
    if (before != null) {
      node.set("before", load(before));
    }
    if (after != null) {
      node.set("after", load(after));
    }
    return node;
  }

  private static ObjectNode load(LoadRecord load) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("planned", load.planned());
    node.put("sent", load.sent());
    node.put("perSecond", load.perSecond());
    node.put("errors", load.errors());
    node.put("unchecked", load.unchecked());
    node.put("repeated", load.repeated());
    node.put("injected", load.injected());
    node.set("latencyMillis", percentiles(load.latency()));
    node.set("lagMillis", percentiles(load.lag()));
    ArrayNode answers = node.putArray("answers");
    load.answers().forEach(answer -> answers.add(answer(answer)));
    return node;
  }

  private static ObjectNode answer(LoadRecord.Answer answer) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("count", answer.count());
    node.put("ended", answer.ended().name());
    node.put("status", answer.status());
    node.set("mismatches", Json.mapper().valueToTree(answer.mismatches()));
    node.put("declaredError", answer.declaredError());
    optional(node, "answer", answer.answer());
    optional(node, "leak", answer.leak());
    optional(node, "problem", answer.problem());
    return node;
  }

  private static ObjectNode percentiles(LoadRecord.Latency latency) {
    ObjectNode node = Json.mapper().createObjectNode();
    for (Load.Percentile percentile : Load.Percentile.values()) {
      node.put(percentile.label(), LoadComparison.at(latency, percentile));
    }
    node.put("samples", latency.samples());
    return node.put("max", latency.max());
  }

  private static ObjectNode cause(SmallestCause cause) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("profile", cause.faults().profile());
    ArrayNode faults = node.putArray("faults");
    for (PlannedFault fault : cause.faults().faults()) {
      ObjectNode one = faults.addObject();
      one.put("fault", fault.fault());
      one.put("edge", fault.edge());
      one.put("stream", fault.stream().name().toLowerCase(Locale.ROOT));
      one.set("parameters", Json.mapper().valueToTree(fault.parameters()));
      if (!fault.unnamed().isEmpty()) {
        one.set("unnamed", Json.mapper().valueToTree(fault.unnamed()));
      }
      if (!fault.conditions().strikesAll()) {
        one.set("conditions", Json.mapper().valueToTree(fault.conditions()));
      }
    }
    SmallestCause.Threshold threshold = cause.threshold();
    if (threshold != null) {
      node.put("struck", struck(cause.faults().faults(), threshold));
      node.put("parameter", threshold.parameter());
      node.put("failsFrom", threshold.failsFrom());
      node.put("holdsUpTo", threshold.holdsUpTo());
    }
    node.put("complete", cause.complete());
    strings(node, "tried", cause.tried());
    return node;
  }

  /** Index of the fault whose border was found; it carries the value at which it fails. */
  private static int struck(List<PlannedFault> faults, SmallestCause.Threshold threshold) {
    PlannedFault struck = threshold.struck();
    for (int i = 0; i < faults.size(); i++) {
      PlannedFault fault = faults.get(i);
      if (fault.fault().equals(struck.fault())
          && fault.edge().equals(struck.edge())
          && fault.stream() == struck.stream()) {
        return i;
      }
    }
    return 0;
  }

  private static ObjectNode outcomes(Finding.Outcomes row) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("calm", row.calm().name());
    node.put("storm", row.storm() == null ? null : row.storm().name());
    node.put("exposed", row.exposed());
    return node;
  }

  /** What a person needs; the history has the rest. */
  private static ObjectNode cell(CellRecord record) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("column", record.cell().column());
    node.put("calm", record.cell().calm());
    node.put("attempt", record.attempt());
    node.put("ended", record.ended().name());
    node.put("status", record.status());
    node.put("elapsedMillis", record.elapsedMillis());
    node.put("budgetMillis", record.budgetMillis());
    node.put("recoveryMillis", record.recoveryMillis());
    node.put("declaredError", record.declaredError());
    optional(node, "answer", record.answer());
    optional(node, "leak", record.leak());
    optional(node, "problem", record.problem());
    node.set("mismatches", Json.mapper().valueToTree(record.mismatches()));
    node.set("effects", Json.mapper().valueToTree(record.effects()));
    node.set("injections", Json.mapper().valueToTree(record.injections()));
    node.set("request", Json.mapper().valueToTree(record.request()));
    if (record.reply() != null) {
      node.set("reply", Json.mapper().valueToTree(record.reply()));
    }
    LoadRecord load = record.load();
    if (load != null) {
      node.set("load", load(load));
    }
    if (record.fleet() != null) {
      node.set("fleet", Json.mapper().valueToTree(record.fleet()));
    }
    if (record.checks() != null) {
      node.set("checks", Json.mapper().valueToTree(record.checks()));
    }
    return node;
  }

  private static void optional(ObjectNode node, String name, @Nullable String value) {
    if (value != null) {
      node.put(name, value);
    }
  }

  private static void strings(ObjectNode node, String name, Collection<String> values) {
    ArrayNode array = node.putArray(name);
    List.copyOf(values).forEach(array::add);
  }
}
