package dev.codicil.report;

import dev.codicil.amendment.Change;
import dev.codicil.amendment.Direction;
import dev.codicil.amendment.Effect;
import dev.codicil.amendment.Severity;
import dev.codicil.chaos.FaultSet;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Load;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.Ledger;
import dev.codicil.contract.Location;
import dev.codicil.contract.Mismatch;
import dev.codicil.experiment.SmallestCause;
import dev.codicil.history.CellRecord;
import dev.codicil.history.CellRecord.Cell;
import dev.codicil.history.CellRecord.Ended;
import dev.codicil.history.CellRecord.MessageSketch;
import dev.codicil.history.FleetRecord;
import dev.codicil.history.LoadRecord;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Coverage;
import dev.codicil.verdict.Finding;
import dev.codicil.verdict.FindingKind;
import dev.codicil.verdict.LoadComparison;
import dev.codicil.verdict.LoadComparison.Standing;
import dev.codicil.verdict.Outcome;
import dev.codicil.verdict.RecoveryComparison;
import dev.codicil.verdict.Verdict;
import dev.codicil.verdict.VerdictReport;
import dev.codicil.verdict.WitnessResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One rich report: a pass, two fails, one inconclusive, and names that mean harm. */
final class Fixture {
  static final String HOSTILE =
      "<script>alert('x')</script> \u001b[31mred\u001b[0m |pipe| `tick` @team \u202eright\n"
          + "::error file=a::owned\n##[error]owned [link](http://evil.test/) \u0000 & 5 > 4";
  static final String EDGE = "license-authority->partner";
  private static final String CALM_BODY =
      "{\n  \"id\" : \"L-1\",\n  \"status\" : \"active\",\n  \"validUntil\" : \"2027-01-31\"\n}";

  private Fixture() {}

  static VerdictReport report() {
    return VerdictReport.of(
        List.of(renewalNote(), expiryRenamed(), partnerInLine(), unstarted(), hostile()));
  }

  static AmendmentVerdict renewalNote() {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        storm(
            FindingKind.HARDENED,
            "h1",
            "a renewal of a license",
            "POST /licenses/{id}/renewals",
            "latency",
            row(Outcome.HELD, Outcome.HUNG, true),
            row(Outcome.HELD, Outcome.REFUSED, true),
            "the same faults, and a better outcome after than before",
            List.of()));
    findings.add(
        calm(FindingKind.ADDED, "a1", "a renewal with a note", Outcome.UNKNOWN, Outcome.HELD));
    findings.add(compatible("c1", "an active license"));
    findings.add(compatible("c2", "a license nobody knows"));
    return verdict(
        "renewal-note",
        Verdict.PASS,
        findings,
        List.of(
            change(
                "reply-field-added",
                Severity.SAFE,
                "body/note",
                "optional reply field 'note' was added")),
        List.of());
  }

  static AmendmentVerdict expiryRenamed() {
    List<Finding> findings = new ArrayList<>();
    Cell before = new Cell("base", "s1", "");
    Cell after = new Cell("head", "s1", "");
    findings.add(
        new Finding(
            "s1",
            FindingKind.BROKEN,
            true,
            "checkout",
            "license-authority",
            "an active license",
            "GET /licenses/{id}",
            0,
            List.of(),
            "",
            row(Outcome.HELD, null, true),
            row(Outcome.FAILED, null, true),
            List.of("reply-field-removed body/validUntil"),
            "body/validUntil: expected a date, was absent",
            "worse after than before, already in calm; its storms are not judged",
            "./codicil replay s1 --amendment expiry-renamed",
            "contracts/pact/checkout-license-authority.json:12:5",
            List.of(
                cell(before, Ended.REPLIED, 200, CALM_BODY, List.of(), List.of()),
                cell(
                    after,
                    Ended.REPLIED,
                    200,
                    CALM_BODY.replace("validUntil", "expiresOn"),
                    List.of(new Mismatch("body/validUntil", "a date", "absent")),
                    List.of())),
            null));
    for (int i = 1; i <= 6; i++) {
      findings.add(
          storm(
              FindingKind.FRAGILE,
              "f" + i,
              "a validation of an active license",
              "GET /licenses/{id}/validation",
              i < 5 ? "drop-field" : "reset",
              row(Outcome.HELD, Outcome.FAILED, true),
              row(Outcome.HELD, Outcome.FAILED, true),
              "as bad before as after",
              List.of()));
    }
    findings.add(compatible("c3", "a validation of an active license"));
    return verdict(
        "expiry-renamed",
        Verdict.FAIL,
        findings,
        List.of(
            change(
                "reply-field-added",
                Severity.SAFE,
                "body/expiresOn",
                "reply field 'expiresOn' was added"),
            change(
                "reply-field-removed",
                Severity.BREAKING,
                "body/validUntil",
                "reply field 'validUntil' was removed")),
        List.of("1 broken"));
  }

  static AmendmentVerdict partnerInLine() {
    List<Finding> findings = new ArrayList<>();
    for (String fault : List.of("latency", "reset", "status")) {
      findings.add(lost(fault));
    }
    findings.add(
        storm(
                FindingKind.FRAGILE,
                "g1",
                "buy",
                "POST /orders",
                "truncate",
                row(Outcome.HELD, Outcome.CORRUPTED, true),
                row(Outcome.HELD, Outcome.CORRUPTED, true),
                "as bad before as after",
                List.of())
            .withRecovery(new RecoveryComparison(RecoveryComparison.NEVER, null)));
    findings.add(compatible("c4", "a validation of an active license"));
    findings.add(compatible("c5", "buy"));
    findings.addAll(underLoad());
    return verdict(
        "partner-in-line", Verdict.FAIL, findings, List.of(), List.of("4 resilience-lost"));
  }

  /** Calm under load that stays within its tolerance, and a storm under load that does not. */
  private static List<Finding> underLoad() {
    Load load = new Load(50, 4, Map.of(Load.Percentile.P99, Load.Tolerance.DEFAULT), Load.SAFE);
    String slow =
        "p99 is 480 ms after, was 112 ms before, and at most 224 ms is tolerated (2x or +10ms)";
    Finding lost =
        storm(
            FindingKind.RESILIENCE_LOST,
            "l1",
            "a validation of an active license",
            "GET /licenses/{id}/validation",
            "latency",
            row(Outcome.HELD, Outcome.HELD, true),
            row(Outcome.HELD, Outcome.HELD, true),
            "the same faults under the same load: " + slow,
            List.of(
                cell(
                        new Cell("base", "s2", "l1"),
                        Ended.REPLIED,
                        200,
                        CALM_BODY,
                        List.of(),
                        List.of())
                    .withLoad(measured(112, 0)),
                cell(
                        new Cell("head", "s2", "l1"),
                        Ended.REPLIED,
                        200,
                        CALM_BODY,
                        List.of(),
                        List.of())
                    .withLoad(measured(480, 1))));
    Finding kept =
        calm(
            FindingKind.COMPATIBLE,
            "l0",
            "a validation of an active license",
            Outcome.HELD,
            Outcome.HELD);
    return List.of(
        lost.withLoad(
            new LoadComparison(
                load, measured(112, 0), measured(480, 1), Standing.EXCEEDED, 3, 3, slow),
            "expected a p99 of at most 224 ms, was 480 ms"),
        labeled(kept, "no fault, under a load of " + load.label())
            .withLoad(
                new LoadComparison(
                    load, measured(12, 0), measured(13.5, 0), Standing.KEPT, 0, 1, ""),
                ""));
  }

  private static LoadRecord measured(double p99, int failed) {
    LoadRecord.Answer held =
        new LoadRecord.Answer(
            Ended.REPLIED, 200, List.of(), false, null, null, Map.of(), 200 - failed, null);
    LoadRecord.Answer error =
        new LoadRecord.Answer(
            Ended.DISCONNECTED, 0, List.of(), false, null, null, Map.of(), failed, null);
    return new LoadRecord(
        200,
        200,
        50,
        new LoadRecord.Latency(200, p99 / 4, p99 / 2, p99, p99, p99 + 3),
        new LoadRecord.Latency(200, 0.05, 0.09, 0.21, 0.4, 0.4),
        0,
        0,
        200,
        failed == 0 ? List.of(held) : List.of(held, error));
  }

  private static Finding labeled(Finding f, String label) {
    return new Finding(
        f.id(),
        f.kind(),
        f.gates(),
        f.consumer(),
        f.provider(),
        f.interaction(),
        f.operation(),
        f.step(),
        f.faults(),
        label,
        f.before(),
        f.after(),
        f.changes(),
        f.nearMiss(),
        f.reason(),
        f.replay(),
        f.location(),
        f.evidence(),
        f.cause());
  }

  private static Finding lost(String fault) {
    boolean hangs = fault.equals("latency");
    String id = "p-" + fault;
    Outcome after = hangs ? Outcome.HUNG : Outcome.FAILED;
    Injection injection = new Injection(EDGE, 0, Stream.DOWNSTREAM, fault, hangs ? "30s" : "");
    Finding finding =
        storm(
            FindingKind.RESILIENCE_LOST,
            id,
            "a validation of an active license",
            "GET /licenses/{id}/validation",
            fault,
            row(Outcome.HELD, Outcome.HELD, false),
            row(Outcome.HELD, after, true),
            "the base never meets these faults; the amended side does, and does worse",
            List.of(
                cell(
                    new Cell("base", "s2", ""),
                    Ended.REPLIED,
                    200,
                    CALM_BODY,
                    List.of(),
                    List.of()),
                cell(
                    new Cell("head", "s2", ""),
                    Ended.REPLIED,
                    200,
                    CALM_BODY,
                    List.of(),
                    List.of()),
                cell(
                        new Cell("head", "s2", id),
                        hangs ? Ended.TIMED_OUT : Ended.REPLIED,
                        hangs ? 0 : 500,
                        "{\"status\":500,\"title\":\"Internal Server Error\"}",
                        hangs ? List.of() : List.of(new Mismatch("status", "200", "500")),
                        List.of(injection))
                    .withFleet(nodes())));
    return hangs
        ? withCause(finding, latencyCause()).withRecovery(new RecoveryComparison(740L, 3200L))
        : finding;
  }

  private static FleetRecord nodes() {
    return new FleetRecord(
        Map.of(EDGE, new TreeMap<>(Map.of(0, 1, 1, -1))),
        List.of(
            new FleetRecord.Back("license-authority", 0, "kill", 2900),
            new FleetRecord.Back("license-authority", 1, "stop", FleetRecord.Back.NEVER)));
  }

  private static SmallestCause latencyCause() {
    PlannedFault struck =
        new PlannedFault(
            "latency", EDGE, Stream.DOWNSTREAM, new Parameters(Map.of("latency", "1190ms")));
    return new SmallestCause(
        new FaultSet("slow-partner", List.of(struck)),
        new SmallestCause.Threshold(struck, "latency", "1190ms", "1172ms"),
        List.of(
            "latency on " + EDGE + " with latency=1500ms: fails",
            "latency on " + EDGE + " with latency=750ms: holds"),
        true);
  }

  private static Finding withCause(Finding f, SmallestCause cause) {
    return new Finding(
        f.id(),
        f.kind(),
        f.gates(),
        f.consumer(),
        f.provider(),
        f.interaction(),
        f.operation(),
        f.step(),
        f.faults(),
        f.faultLabel(),
        f.before(),
        f.after(),
        f.changes(),
        f.nearMiss(),
        f.reason(),
        f.replay(),
        f.location(),
        f.evidence(),
        cause);
  }

  static AmendmentVerdict unstarted() {
    List<Finding> findings =
        List.of(
            new Finding(
                "head:license-authority",
                FindingKind.INCONCLUSIVE,
                false,
                "any consumer",
                "license-authority",
                "start of license-authority in column head",
                "",
                0,
                List.of(),
                "",
                row(Outcome.UNKNOWN, null, true),
                row(Outcome.UNKNOWN, null, true),
                List.of(),
                "",
                "license-authority did not start: not ready within 60 s\n"
                    + "log: Tomcat started\n"
                    + "log: waiting for partner",
                "",
                "",
                List.of(),
                null));
    Ledger ledger =
        new Ledger(
            List.of(
                new Ledger.Entry(
                    "base", "contracts/pact/a.json", Ledger.Fate.LOADED, "pact", 4, List.of()),
                new Ledger.Entry(
                    "head",
                    "contracts/pact/b.json",
                    Ledger.Fate.UNREADABLE,
                    null,
                    0,
                    List.of("contracts/pact/b.json:3:1: expected ',' or '}'"))));
    Coverage coverage =
        new Coverage(
            2,
            1,
            4,
            0,
            9,
            20,
            0,
            Map.of("subject-failed", 20),
            6,
            Map.of("a synthetic consumer reads no reply", 12),
            2,
            0,
            List.of("client->license-authority", EDGE),
            List.of("checkout -> license-authority: revoked (no exemplar)"),
            List.of("no longer promised by the documents: GET /licenses/{id}: `validUntil`"),
            Coverage.Nodes.NONE,
            List.of(
                new Coverage.Bypass("checkout", "10.0.0.5:5432", false, List.of("base", "head")),
                new Coverage.Bypass("checkout", "[::1]:6379", true, List.of("head"))),
            0,
            Coverage.Witnesses.NONE);
    return new AmendmentVerdict(
        "seats-in-license",
        Verdict.INCONCLUSIVE,
        "documents",
        findings,
        List.of(),
        List.of("1 inconclusive", "compatible on paper, nothing ran"),
        coverage,
        ledger,
        42,
        -1);
  }

  /** Every text that comes from contracts and subjects means harm. */
  static AmendmentVerdict hostile() {
    return hostile(HOSTILE);
  }

  /** Every text that comes from contracts and subjects is this one. */
  static AmendmentVerdict hostile(String evil) {
    String deep = evil + "x".repeat(5000);
    CellRecord cell =
        new CellRecord(
            new Cell("head", evil, evil),
            0,
            Ended.GARBLED,
            0,
            12,
            2000,
            List.of(new Mismatch(evil, evil, evil)),
            false,
            evil,
            evil,
            List.of(new CellRecord.EffectReading(evil, null, 1)),
            Map.of(),
            Map.of(),
            Map.of(),
            List.of(new Injection(evil, 0, Stream.UPSTREAM, evil, evil)),
            new MessageSketch(evil, List.of(evil), deep),
            new MessageSketch(evil, List.of(evil), deep),
            -1,
            evil);
    Finding finding =
        new Finding(
            evil,
            FindingKind.BROKEN,
            true,
            evil,
            evil,
            deep,
            evil,
            0,
            List.of(evil),
            evil,
            row(Outcome.HELD, Outcome.HELD, true),
            row(Outcome.HELD, Outcome.LOST, true),
            List.of(evil),
            evil,
            evil,
            evil,
            evil,
            List.of(cell),
            null);
    Change change =
        new Change(
            evil,
            Severity.RISKY,
            Effect.WIDENED,
            Direction.REPLY,
            evil,
            evil,
            evil,
            evil,
            evil,
            evil,
            null,
            new Location(evil, 1, 1, evil),
            List.of(new Change.Touch(evil, evil, evil)));
    Coverage coverage =
        new Coverage(
            1,
            0,
            1,
            1,
            1,
            4,
            4,
            Map.of(evil, 1),
            0,
            Map.of(evil, 1),
            1,
            0,
            List.of(evil),
            List.of(evil),
            List.of(evil),
            new Coverage.Nodes(1, 1, 0, 0, 1, 0, List.of(evil)),
            List.of(new Coverage.Bypass(evil, evil, false, List.of(evil))),
            0,
            Coverage.Witnesses.NONE);
    Ledger ledger =
        new Ledger(
            List.of(new Ledger.Entry("head", evil, Ledger.Fate.EMPTY, evil, 0, List.of(evil))));
    return new AmendmentVerdict(
        evil,
        Verdict.FAIL,
        "replayed",
        List.of(finding),
        List.of(change),
        List.of(evil),
        coverage,
        ledger,
        Long.MIN_VALUE,
        61_000,
        List.of(new WitnessResult(0, WitnessResult.Kind.NOT_EXERCISED, evil, deep)));
  }

  private static Finding.Outcomes row(Outcome calm, @Nullable Outcome storm, boolean exposed) {
    return new Finding.Outcomes(calm, storm, exposed);
  }

  private static Finding storm(
      FindingKind kind,
      String id,
      String interaction,
      String operation,
      String fault,
      Finding.Outcomes before,
      Finding.Outcomes after,
      String why,
      List<CellRecord> evidence) {
    return new Finding(
        id,
        kind,
        kind == FindingKind.RESILIENCE_LOST,
        "checkout",
        "license-authority",
        interaction,
        operation,
        0,
        List.of(fault),
        fault + "(case=" + id + ") on " + EDGE + ", reply",
        before,
        after,
        List.of(),
        after.storm() == Outcome.HUNG
            ? "expected a reply within 2000 ms, none came"
            : "status: expected 200, was 500",
        why,
        "./codicil replay " + id + " --amendment partner-in-line",
        "contracts/pact/checkout-license-authority.json:48:5",
        evidence,
        null);
  }

  private static Finding calm(
      FindingKind kind, String id, String interaction, Outcome before, Outcome after) {
    return new Finding(
        id,
        kind,
        false,
        "checkout",
        "license-authority",
        interaction,
        "GET /licenses/{id}",
        0,
        List.of(),
        "",
        row(before, null, true),
        row(after, null, true),
        List.of(),
        "",
        kind == FindingKind.ADDED ? "new in the head, and it holds" : "",
        "./codicil replay " + id,
        "contracts/pact/checkout-license-authority.json:12:5",
        List.of(),
        null);
  }

  private static Finding compatible(String id, String interaction) {
    return calm(FindingKind.COMPATIBLE, id, interaction, Outcome.HELD, Outcome.HELD);
  }

  private static CellRecord cell(
      Cell cell,
      Ended ended,
      int status,
      String body,
      List<Mismatch> mismatches,
      List<Injection> injections) {
    boolean hung = ended == Ended.TIMED_OUT;
    return new CellRecord(
        cell,
        0,
        ended,
        status,
        hung ? 2003 : 14,
        2000,
        mismatches,
        false,
        null,
        null,
        List.of(new CellRecord.EffectReading("validations counted", hung ? null : 1L, 1)),
        Map.of("/validUntil", "string"),
        Map.of(EDGE, 1),
        Map.of(),
        injections,
        new MessageSketch(
            "GET /licenses/L-1 HTTP/1.1",
            List.of("accept: application/json", "authorization: (redacted)"),
            ""),
        hung
            ? null
            : new MessageSketch(
                "HTTP/1.1 " + status, List.of("content-type: application/json"), body),
        5,
        null);
  }

  private static Change change(String rule, Severity severity, String path, String message) {
    return new Change(
        rule,
        severity,
        severity == Severity.SAFE ? Effect.NEUTRAL : Effect.WIDENED,
        Direction.REPLY,
        "license-authority",
        "GET /licenses/{id}",
        path,
        null,
        "string",
        message,
        null,
        new Location("contracts/openapi/license-authority.yaml", 40, 9, ""),
        severity == Severity.BREAKING
            ? List.of(new Change.Touch("checkout", "k1", "an active license"))
            : List.of());
  }

  private static AmendmentVerdict verdict(
      String name,
      Verdict verdict,
      List<Finding> findings,
      List<Change> changes,
      List<String> reasons) {
    Coverage coverage =
        new Coverage(
            4,
            4,
            5,
            5,
            24,
            58,
            52,
            Map.of("not-exposed", 6),
            0,
            Map.of("a synthetic consumer reads no reply", 12),
            2,
            2,
            List.of(),
            List.of(),
            List.of(),
            new Coverage.Nodes(
                24, 24, 21, 2, 7, 6, List.of("drop-field of /validUntil in replies on " + EDGE)),
            List.of(),
            0,
            Coverage.Witnesses.NONE);
    Ledger ledger =
        new Ledger(
            List.of(
                new Ledger.Entry(
                    "base",
                    "contracts/openapi/license-authority.yaml",
                    Ledger.Fate.LOADED,
                    "openapi",
                    6,
                    List.of()),
                new Ledger.Entry(
                    "head",
                    "contracts/openapi/license-authority.yaml",
                    Ledger.Fate.LOADED,
                    "openapi",
                    6,
                    List.of())));
    return new AmendmentVerdict(
        name,
        verdict,
        "replayed",
        findings,
        changes,
        reasons,
        coverage,
        ledger,
        42,
        12_345,
        witnesses(changes));
  }

  /** One result of each kind, as far as there are breaking changes. */
  private static List<WitnessResult> witnesses(List<Change> changes) {
    List<WitnessResult> results = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      if (changes.get(i).severity() == Severity.BREAKING) {
        WitnessResult.Kind kind =
            WitnessResult.Kind.values()[results.size() % WitnessResult.Kind.values().length];
        boolean sent = kind != WitnessResult.Kind.NOT_EXECUTED;
        results.add(
            new WitnessResult(
                i,
                kind,
                sent ? "w" + i : null,
                sent
                    ? "replayed, and " + kind.id() + ": before HELD 201, after REFUSED 400"
                    : "not replayed: a reply cannot be sent"));
      }
    }
    return results;
  }
}
