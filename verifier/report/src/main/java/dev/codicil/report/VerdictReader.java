package dev.codicil.report;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import dev.codicil.amendment.Change;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Json;
import dev.codicil.contract.Ledger;
import dev.codicil.contract.Location;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Coverage;
import dev.codicil.verdict.Finding;
import dev.codicil.verdict.FindingKind;
import dev.codicil.verdict.Outcome;
import dev.codicil.verdict.RecoveryComparison;
import dev.codicil.verdict.Verdict;
import dev.codicil.verdict.VerdictReport;
import dev.codicil.verdict.WitnessResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code verdict.json} back: the other way round of {@link JsonReporter}, so that every other
 * report can be made from it where neither the histories nor the project are.
 */
public final class VerdictReader {
  private static final String REMEDY = "name a verdict.json that codicil verify wrote";

  private final String file;

  private VerdictReader(String file) {
    this.file = file;
  }

  /**
   * Reads a verdict.
   *
   * @param file as the user knows it, for errors
   * @throws InputException when it is not a verdict of this version
   */
  public static VerdictReport read(String text, String file) {
    return new VerdictReader(file).report(text);
  }

  private VerdictReport report(String text) {
    JsonNode root;
    try {
      root = Json.mapper().readTree(text);
    } catch (JsonProcessingException e) {
      JsonLocation where = e.getLocation();
      throw new InputException(
          where == null
              ? Location.of(file)
              : new Location(file, where.getLineNr(), where.getColumnNr(), ""),
          "this is not JSON: " + e.getOriginalMessage(),
          REMEDY);
    }
    if (root == null || !root.isObject()) {
      throw wrong("", "expected an object with schema, verdict and amendments");
    }
    String schema = text(root, "schema", "");
    if (!schema.equals(VerdictReport.SCHEMA)) {
      throw wrong("/schema", "expected \"" + VerdictReport.SCHEMA + "\", found \"" + schema + "\"");
    }
    List<AmendmentVerdict> amendments = new ArrayList<>();
    for (JsonNode node : array(root, "amendments", "")) {
      amendments.add(amendment(node, "/amendments/" + amendments.size()));
    }
    return new VerdictReport(
        schema, verdict(root, ""), amendments, new GateReader(this).summary(root));
  }

  private AmendmentVerdict amendment(JsonNode node, String at) {
    EvidenceReader cells = new EvidenceReader(this, node.path("cells"), at + "/cells");
    List<Finding> findings = new ArrayList<>();
    for (JsonNode finding : array(node, "findings", at)) {
      findings.add(finding(finding, at + "/findings/" + findings.size(), cells));
    }
    List<Change> changes = new ArrayList<>();
    List<WitnessResult> witnesses = new ArrayList<>();
    for (JsonNode change : array(node, "changes", at)) {
      String here = at + "/changes/" + changes.size();
      JsonNode run = change.get("witnessRun");
      if (run != null) {
        witnesses.add(witness(run, changes.size(), here + "/witnessRun"));
      }
      changes.add(value(change, Change.class, here));
    }
    return new AmendmentVerdict(
        text(node, "name", at),
        verdict(node, at),
        text(node, "evidence", at),
        findings,
        changes,
        strings(node, "reasons", at),
        value(node.get("coverage"), Coverage.class, at + "/coverage"),
        value(node.get("ledger"), Ledger.class, at + "/ledger"),
        number(node, "seed", at),
        number(node, "millis", at),
        witnesses,
        null,
        new ImpactReader(this).amendment(node.get("impact"), at + "/impact"));
  }

  private Finding finding(JsonNode node, String at, EvidenceReader cells) {
    JsonNode cause = node.get("cause");
    JsonNode load = node.get("load");
    return new Finding(
        text(node, "id", at),
        constant(FindingKind.values(), text(node, "kind", at), at + "/kind"),
        bool(node, "gates", at),
        text(node, "consumer", at),
        text(node, "provider", at),
        text(node, "interaction", at),
        text(node, "operation", at),
        integer(node, "step", at),
        strings(node, "faults", at),
        text(node, "faultLabel", at),
        outcomes(node.path("before"), at + "/before"),
        outcomes(node.path("after"), at + "/after"),
        strings(node, "changes", at),
        text(node, "nearMiss", at),
        text(node, "reason", at),
        text(node, "replay", at),
        text(node, "location", at),
        cells.records(strings(node, "evidence", at), at + "/evidence"),
        cause == null ? null : cells.cause(cause, at + "/cause"),
        load == null ? null : cells.comparison(load, at + "/load"),
        recovery(node.get("recovery"), at + "/recovery"),
        new GateReader(this).gating(node, at),
        new ImpactReader(this).finding(node.get("impact"), at + "/impact"));
  }

  private @Nullable RecoveryComparison recovery(@Nullable JsonNode node, String at) {
    if (node == null) {
      return null;
    }
    return new RecoveryComparison(
        node.hasNonNull("beforeMillis") ? Long.valueOf(number(node, "beforeMillis", at)) : null,
        node.hasNonNull("afterMillis") ? Long.valueOf(number(node, "afterMillis", at)) : null);
  }

  private WitnessResult witness(JsonNode node, int change, String at) {
    return new WitnessResult(
        change,
        constant(WitnessResult.Kind.values(), text(node, "result", at), at + "/result"),
        node.hasNonNull("stimulus") ? text(node, "stimulus", at) : null,
        text(node, "told", at));
  }

  private Finding.Outcomes outcomes(JsonNode node, String at) {
    return new Finding.Outcomes(
        constant(Outcome.values(), text(node, "calm", at), at + "/calm"),
        node.hasNonNull("storm")
            ? constant(Outcome.values(), text(node, "storm", at), at + "/storm")
            : null,
        bool(node, "exposed", at));
  }

  private Verdict verdict(JsonNode node, String at) {
    return constant(Verdict.values(), text(node, "verdict", at), at + "/verdict");
  }

  <E extends Enum<E>> E constant(E[] all, String word, String at) {
    String name = word.toUpperCase(Locale.ROOT).replace('-', '_');
    return Arrays.stream(all)
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow(() -> wrong(at, "unknown '" + word + "'; there are " + Arrays.asList(all)));
  }

  /** A record that was written as a whole. */
  <T> T value(@Nullable JsonNode node, Class<T> type, String at) {
    if (node == null || !node.isObject()) {
      throw wrong(at, "expected an object");
    }
    try {
      return Json.mapper().treeToValue(node, type);
    } catch (ValueInstantiationException e) {
      throw wrong(at, "something is missing in it");
    } catch (JsonProcessingException e) {
      throw wrong(at, e.getOriginalMessage());
    }
  }

  String text(JsonNode node, String name, String at) {
    JsonNode value = node.get(name);
    if (value == null || !value.isTextual()) {
      throw wrong(at + "/" + name, "expected a text");
    }
    return value.textValue();
  }

  long number(JsonNode node, String name, String at) {
    JsonNode value = node.get(name);
    if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
      throw wrong(at + "/" + name, "expected an integer");
    }
    return value.longValue();
  }

  int integer(JsonNode node, String name, String at) {
    JsonNode value = node.get(name);
    if (value == null || !value.isIntegralNumber() || !value.canConvertToInt()) {
      throw wrong(at + "/" + name, "expected an integer of 32 bits");
    }
    return value.intValue();
  }

  boolean bool(JsonNode node, String name, String at) {
    JsonNode value = node.get(name);
    if (value == null || !value.isBoolean()) {
      throw wrong(at + "/" + name, "expected true or false");
    }
    return value.booleanValue();
  }

  JsonNode array(JsonNode node, String name, String at) {
    JsonNode value = node.get(name);
    if (value == null || !value.isArray()) {
      throw wrong(at + "/" + name, "expected a list");
    }
    return value;
  }

  List<String> strings(JsonNode node, String name, String at) {
    List<String> texts = new ArrayList<>();
    for (JsonNode value : array(node, name, at)) {
      if (!value.isTextual()) {
        throw wrong(at + "/" + name + "/" + texts.size(), "expected a text");
      }
      texts.add(value.textValue());
    }
    return texts;
  }

  InputException wrong(String at, String what) {
    return new InputException(
        new Location(file, 0, 0, at), (at.isEmpty() ? "" : "at " + at + ": ") + what, REMEDY);
  }
}
