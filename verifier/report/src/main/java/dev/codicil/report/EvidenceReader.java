package dev.codicil.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.chaos.FaultSet;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Load;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.Mismatch;
import dev.codicil.experiment.SmallestCause;
import dev.codicil.history.CellRecord;
import dev.codicil.history.CellRecord.Cell;
import dev.codicil.history.CellRecord.EffectReading;
import dev.codicil.history.CellRecord.MessageSketch;
import dev.codicil.history.CheckRecord;
import dev.codicil.history.FleetRecord;
import dev.codicil.history.LoadRecord;
import dev.codicil.verdict.LoadComparison;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what stands behind the findings of one amendment of {@code verdict.json}. */
final class EvidenceReader {
  private final VerdictReader json;
  private final JsonNode cells;
  private final String at;

  EvidenceReader(VerdictReader json, JsonNode cells, String at) {
    this.json = json;
    this.cells = cells;
    this.at = at;
  }

  /** The cells with these labels. */
  List<CellRecord> records(List<String> labels, String from) {
    List<CellRecord> records = new ArrayList<>();
    for (String label : labels) {
      JsonNode cell = cells.get(label);
      if (cell == null) {
        throw json.wrong(from, "there is no cell '" + label + "'");
      }
      records.add(record(label, cell, at + "/" + label));
    }
    return records;
  }

  private CellRecord record(String label, JsonNode node, String here) {
    String column = json.text(node, "column", here);
    String id =
        label.endsWith("@" + column)
            ? label.substring(0, label.length() - column.length() - 1)
            : label;
    boolean calm = json.bool(node, "calm", here);
    JsonNode reply = node.get("reply");
    CellRecord record =
        new CellRecord(
            new Cell(column, calm ? id : "", calm ? "" : id),
            json.integer(node, "attempt", here),
            json.constant(
                CellRecord.Ended.values(), json.text(node, "ended", here), here + "/ended"),
            json.integer(node, "status", here),
            json.number(node, "elapsedMillis", here),
            json.number(node, "budgetMillis", here),
            list(node, "mismatches", Mismatch.class, here),
            json.bool(node, "declaredError", here),
            optional(node, "answer", here),
            optional(node, "leak", here),
            list(node, "effects", EffectReading.class, here),
            Map.of(),
            Map.of(),
            Map.of(),
            list(node, "injections", Injection.class, here),
            json.value(node.get("request"), MessageSketch.class, here + "/request"),
            reply == null ? null : json.value(reply, MessageSketch.class, here + "/reply"),
            json.number(node, "recoveryMillis", here),
            optional(node, "problem", here));
    JsonNode load = node.get("load");
    if (load != null) {
      record = record.withLoad(load(load, here + "/load"));
    }
    JsonNode fleet = node.get("fleet");
    if (fleet != null) {
      record = record.withFleet(json.value(fleet, FleetRecord.class, here + "/fleet"));
    }
    JsonNode checks = node.get("checks");
    return checks == null
        ? record
        : record.withChecks(json.value(checks, CheckRecord.class, here + "/checks"));
  }

  private @Nullable String optional(JsonNode node, String name, String here) {
    return node.hasNonNull(name) ? json.text(node, name, here) : null;
  }

  private <T> List<T> list(JsonNode node, String name, Class<T> type, String here) {
    List<T> values = new ArrayList<>();
    for (JsonNode value : json.array(node, name, here)) {
      values.add(json.value(value, type, here + "/" + name + "/" + values.size()));
    }
    return values;
  }

  /** The smallest cause of a finding. */
  SmallestCause cause(JsonNode node, String here) {
    List<PlannedFault> faults = new ArrayList<>();
    for (JsonNode fault : json.array(node, "faults", here)) {
      faults.add(fault(fault, here + "/faults/" + faults.size()));
    }
    SmallestCause.Threshold threshold = null;
    if (node.hasNonNull("parameter")) {
      int struck = json.integer(node, "struck", here);
      if (struck < 0 || struck >= faults.size()) {
        throw json.wrong(here + "/struck", "expected the index of a fault");
      }
      threshold =
          new SmallestCause.Threshold(
              faults.get(struck),
              json.text(node, "parameter", here),
              json.text(node, "failsFrom", here),
              json.text(node, "holdsUpTo", here));
    }
    return new SmallestCause(
        new FaultSet(json.text(node, "profile", here), faults),
        threshold,
        json.strings(node, "tried", here),
        json.bool(node, "complete", here));
  }

  /** A fault as it is written in reports, with its stream in lower case. */
  private PlannedFault fault(JsonNode node, String here) {
    Stream stream =
        json.constant(Stream.values(), json.text(node, "stream", here), here + "/stream");
    ObjectNode fault = node.deepCopy();
    fault.put("stream", stream.name());
    return json.value(fault, PlannedFault.class, here);
  }

  /** What was measured under a load, before against after. */
  LoadComparison comparison(JsonNode node, String here) {
    Map<Load.Percentile, Load.Tolerance> tolerance = new EnumMap<>(Load.Percentile.class);
    for (Load.Percentile percentile : Load.Percentile.values()) {
      JsonNode most = node.path("tolerance").get(percentile.label());
      if (most != null) {
        tolerance.put(percentile, json.value(most, Load.Tolerance.class, here + "/tolerance"));
      }
    }
    Load load;
    try {
      load =
          new Load(
              json.integer(node, "perSecond", here),
              json.integer(node, "seconds", here),
              tolerance,
              Load.SAFE);
    } catch (IllegalArgumentException e) {
      throw json.wrong(here, String.valueOf(e.getMessage()));
    }
    JsonNode before = node.get("before");
    JsonNode after = node.get("after");
    return new LoadComparison(
        load,
        before == null ? null : load(before, here + "/before"),
        after == null ? null : load(after, here + "/after"),
        json.constant(
            LoadComparison.Standing.values(),
            json.text(node, "standing", here),
            here + "/standing"),
        json.integer(node, "worse", here),
        json.integer(node, "runs", here),
        "");
  }

  private LoadRecord load(JsonNode node, String here) {
    List<LoadRecord.Answer> answers = new ArrayList<>();
    for (JsonNode answer : json.array(node, "answers", here)) {
      answers.add(answer(answer, here + "/answers/" + answers.size()));
    }
    return new LoadRecord(
        json.integer(node, "planned", here),
        json.integer(node, "sent", here),
        real(node, "perSecond", here),
        latency(node.path("latencyMillis"), here + "/latencyMillis"),
        latency(node.path("lagMillis"), here + "/lagMillis"),
        json.integer(node, "repeated", here),
        json.integer(node, "unchecked", here),
        json.integer(node, "injected", here),
        answers);
  }

  private LoadRecord.Answer answer(JsonNode node, String here) {
    return new LoadRecord.Answer(
        json.constant(CellRecord.Ended.values(), json.text(node, "ended", here), here + "/ended"),
        json.integer(node, "status", here),
        list(node, "mismatches", Mismatch.class, here),
        json.bool(node, "declaredError", here),
        optional(node, "answer", here),
        optional(node, "leak", here),
        Map.of(),
        json.integer(node, "count", here),
        optional(node, "problem", here));
  }

  private LoadRecord.Latency latency(JsonNode node, String here) {
    return new LoadRecord.Latency(
        json.number(node, "samples", here),
        real(node, "p50", here),
        real(node, "p90", here),
        real(node, "p99", here),
        real(node, "p99.9", here),
        real(node, "max", here));
  }

  private double real(JsonNode node, String name, String here) {
    JsonNode value = node.get(name);
    if (value == null || !value.isNumber()) {
      throw json.wrong(here + "/" + name, "expected a number");
    }
    return value.doubleValue();
  }
}
