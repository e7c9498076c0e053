package dev.codicil.verdict;

import dev.codicil.amendment.Change;
import dev.codicil.amendment.Severity;
import dev.codicil.contract.Location;
import dev.codicil.experiment.Experiment;
import dev.codicil.experiment.Stimulus;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Decides by policy and waivers which findings gate, and says of each why. */
final class Gatekeeper {
  private static final String DEFAULT = "default";

  private final RunIndex index;
  private final Gate gate;
  private final Policy policy;
  private final Map<String, Stimulus> stimuli = new HashMap<>();
  private final Map<String, List<Change>> changes = new HashMap<>();

  Gatekeeper(RunIndex index, Gate gate) {
    this.index = index;
    this.gate = gate;
    this.policy = gate.policy();
    for (Change change : index.planned().changes()) {
      changes
          .computeIfAbsent((change.rule() + " " + change.path()).trim(), label -> new ArrayList<>())
          .add(change);
    }
    index.planned().plan().stimuli().forEach(stimulus -> stimuli.put(stimulus.id(), stimulus));
    for (Experiment experiment : index.planned().plan().experiments()) {
      Stimulus stimulus = stimuli.get(experiment.stimulus());
      if (stimulus != null) {
        stimuli.put(experiment.id(), stimulus);
      }
    }
  }

  /**
   * Decides about all findings that speak against the amendment.
   *
   * @param evidence of the whole run
   */
  List<Finding> decide(List<Finding> findings, String evidence) {
    return findings.stream()
        .map(
            finding ->
                PolicyRule.DECIDED.contains(finding.kind())
                    ? finding.gatedBy(gating(finding, evidence))
                    : finding)
        .toList();
  }

  private Gating gating(Finding finding, String evidence) {
    Subjected one = new Subjected(finding);
    Optional<PolicyRule> rule =
        first(PolicyRule::gate, each -> each.about(finding.kind()) && one.touchedAsIn(each), one);
    String pending = one.pending();
    GateAction action =
        pending != null
            ? GateAction.TELL
            : rule.map(PolicyRule::gate).orElseGet(() -> byDefault(finding.kind()));
    Asked asked = asked(one);
    String fingerprint = Fingerprinting.of(finding, more(finding, one));
    Set<String> hit = one.hit();
    boolean dear = pending == null && action != GateAction.FAIL && isDear(finding);
    return new Gating(
        fingerprint,
        dear ? GateAction.FAIL : action,
        by(finding, pending, dear, rule),
        why(finding, pending, dear, rule, action),
        asked.evidence(),
        one.evidence(evidence),
        one.tags(),
        hit,
        gate.waivers().stream()
            .filter(waiver -> waiver.fingerprint().equals(fingerprint))
            .filter(waiver -> waiver.holdsFor(index.planned().amendment()))
            .findFirst()
            .map(waiver -> Gating.Claim.of(waiver, hit, gate.today()))
            .orElse(null));
  }

  /** Where it is written what becomes of a finding. */
  private String by(
      Finding finding, @Nullable String pending, boolean dear, Optional<PolicyRule> rule) {
    if (pending != null) {
      return finding.location();
    }
    return dear
        ? gate.impact().aboveAt().toString()
        : rule.map(each -> each.location().toString()).orElseGet(() -> place(policy.failOnAt()));
  }

  private String why(
      Finding finding,
      @Nullable String pending,
      boolean dear,
      Optional<PolicyRule> rule,
      GateAction action) {
    if (pending != null) {
      return pending;
    }
    return dear
        ? "it adds more to losses than impact.above"
        : rule.map(PolicyRule::label).orElseGet(() -> defaultText(finding.kind(), action));
  }

  /** Whether it adds more to losses than is declared to be bearable. */
  private boolean isDear(Finding finding) {
    BigDecimal above = gate.impact().above();
    FindingImpact cost = finding.impact();
    return above != null && cost != null && cost.added().compareTo(above) > 0;
  }

  private GateAction byDefault(FindingKind kind) {
    return policy.failOn().contains(kind)
        ? GateAction.FAIL
        : kind == FindingKind.INCONCLUSIVE ? GateAction.INCONCLUSIVE : GateAction.TELL;
  }

  private String defaultText(FindingKind kind, GateAction action) {
    return "fail-on: "
        + PolicyRule.kinds(policy.failOn())
        + switch (action) {
          case FAIL -> "";
          case INCONCLUSIVE -> "; what is " + kind.id() + " keeps it from passing";
          case TELL -> "; what is " + kind.id() + " is told";
        };
  }

  private static String place(@Nullable Location location) {
    return location == null ? DEFAULT : location.toString();
  }

  /** What tells apart findings that only differ in their wording. */
  private List<String> more(Finding finding, Subjected one) {
    if (one.paper) {
      return one.touching.stream().map(Fingerprinting::of).sorted().distinct().toList();
    }
    return finding.id().equals(FindingMaker.NODES)
        ? new NodeReach(index)
            .amendedUnreached().stream().map(node -> node.label()).sorted().distinct().toList()
        : List.of();
  }

  /**
   * Why the evidence is too weak for what policy asks for, one sentence for each place that asks;
   * empty when it is not.
   *
   * @param evidence of the whole run
   */
  List<String> tooWeak(String evidence) {
    List<Stimulus> all = index.planned().plan().stimuli();
    if (all.isEmpty()) {
      return Policy.strength(evidence) < Policy.strength(policy.requireEvidence())
          ? List.of(onPaper(evidence))
          : List.of();
    }
    Map<Asked, Integer> lacking = new HashMap<>();
    for (Stimulus stimulus : all) {
      Subjected one = new Subjected(stimulus);
      Asked asked = asked(one);
      if (one.pending() == null
          && Policy.strength(one.evidence(evidence)) < Policy.strength(asked.evidence())) {
        lacking.merge(asked, 1, Integer::sum);
      }
    }
    Asked usual = usual();
    return lacking.entrySet().stream()
        .sorted(Comparator.comparing(entry -> entry.getKey().by()))
        .map(
            entry ->
                entry.getKey().equals(usual)
                    ? onPaper(evidence)
                    : "compatible on paper: "
                        + entry.getValue()
                        + (entry.getValue() == 1 ? " interaction has" : " interactions have")
                        + " weaker evidence than "
                        + entry.getKey().evidence()
                        + ", which "
                        + entry.getKey().by()
                        + " asks for")
        .toList();
  }

  private Asked usual() {
    return new Asked(policy.requireEvidence(), place(policy.requireEvidenceAt()));
  }

  private static String onPaper(String evidence) {
    return switch (evidence) {
      case "stub" ->
          "compatible on paper: the provider was played by a stub that serves its contract";
      case "documents" -> "compatible on paper, nothing ran";
      default -> "nothing was looked at";
    };
  }

  private Asked asked(Subjected one) {
    return first(PolicyRule::requireEvidence, each -> true, one)
        .map(rule -> new Asked(String.valueOf(rule.requireEvidence()), rule.location().toString()))
        .orElseGet(this::usual);
  }

  private Optional<PolicyRule> first(
      Function<PolicyRule, @Nullable Object> decides, Predicate<PolicyRule> fits, Subjected one) {
    return policy.rules().stream()
        .filter(rule -> decides.apply(rule) != null)
        .filter(fits)
        .filter(rule -> one.selectedBy(rule))
        .findFirst();
  }

  /**
   * @param evidence weakest that may pass
   * @param by where that is written
   */
  private record Asked(String evidence, String by) {}

  /** A finding or a stimulus, as rules see it. */
  private final class Subjected {
    private final String consumer;
    private final String provider;
    private final String name;
    private final List<String> operations;
    private final List<Change> touching;
    private final @Nullable Stimulus stimulus;
    private final boolean paper;

    Subjected(Finding finding) {
      this.consumer = finding.consumer();
      this.provider = finding.provider();
      this.name = finding.interaction();
      this.stimulus = stimuli.get(finding.id());
      this.touching = changes(finding);
      this.paper = stimulus == null && !finding.changes().isEmpty();
      this.operations =
          finding.operation().isEmpty()
              ? touching.stream().map(Change::operation).distinct().toList()
              : List.of(finding.operation());
    }

    Subjected(Stimulus stimulus) {
      this.consumer = stimulus.consumer();
      this.provider = stimulus.provider();
      this.name = stimulus.name();
      this.stimulus = stimulus;
      this.touching = List.of();
      this.paper = false;
      this.operations = List.of(stimulus.operation());
    }

    /** The changes whose names a finding has; those of its own operation where there are any. */
    private List<Change> changes(Finding finding) {
      List<Change> named =
          finding.changes().stream()
              .distinct()
              .flatMap(label -> changes.getOrDefault(label, List.of()).stream())
              .toList();
      List<Change> own =
          named.stream()
              .filter(
                  change ->
                      change.operation().equals(finding.operation())
                          || change.touches().stream()
                              .anyMatch(
                                  touch ->
                                      touch.consumer().equals(finding.consumer())
                                          && touch.description().equals(finding.interaction())))
              .toList();
      return own.isEmpty() ? named : own;
    }

    /**
     * Why nothing is decided by it: nobody has promised it yet. Null for what counts; what is found
     * on paper counts unless all that it is about is pending.
     */
    @Nullable String pending() {
      Map<String, String> pending = index.planned().pending();
      if (stimulus != null) {
        return pending.get(stimulus.id());
      }
      List<Stimulus> own =
          index.planned().plan().stimuli().stream()
              .filter(each -> each.consumer().equals(consumer) && each.provider().equals(provider))
              .filter(each -> each.name().equals(name))
              .toList();
      return paper
              && !own.isEmpty()
              && own.stream().allMatch(each -> pending.containsKey(each.id()))
          ? pending.get(own.get(0).id())
          : null;
    }

    boolean selectedBy(PolicyRule rule) {
      String tag = rule.tag();
      return (rule.environment() == null || rule.environment().equals(policy.environment()))
          && (rule.amendment() == null || rule.amendment().matches(index.planned().amendment()))
          && (rule.consumer() == null || rule.consumer().matches(consumer))
          && (rule.provider() == null || rule.provider().matches(provider))
          && (tag == null || carries(policy.tags().get(tag)))
          && (rule.interaction() == null || is(rule.interaction()));
    }

    private boolean carries(Policy.@Nullable Tag tag) {
      return tag != null && tag.patterns().stream().anyMatch(this::is);
    }

    private boolean is(InteractionPattern pattern) {
      return operations.isEmpty()
          ? pattern.matches(name, "")
          : operations.stream().anyMatch(operation -> pattern.matches(name, operation));
    }

    /** Whether the changes that touch it are those a rule is about. */
    boolean touchedAsIn(PolicyRule rule) {
      InteractionPattern id = rule.change();
      Severity severity = rule.severity();
      return (id == null || touching.stream().anyMatch(change -> id.matches(change.rule())))
          && (severity == null
              || touching.stream()
                  .map(Change::severity)
                  .min(Comparator.naturalOrder())
                  .filter(severity::equals)
                  .isPresent());
    }

    List<String> tags() {
      return policy.tags().entrySet().stream()
          .filter(tag -> carries(tag.getValue()))
          .map(Map.Entry::getKey)
          .toList();
    }

    /** Where nobody stands for a document, those who use what changed. */
    Set<String> hit() {
      Set<String> hit = new TreeSet<>();
      if (consumer.equals(Stimulus.ANY_CONSUMER)) {
        touching.forEach(change -> change.touches().forEach(touch -> hit.add(touch.consumer())));
      }
      return hit.isEmpty() ? Set.of(consumer) : hit;
    }

    String evidence(String whole) {
      if (paper) {
        return "documents";
      }
      if (stimulus == null || whole.equals("documents") || whole.equals("none")) {
        return whole;
      }
      String cap = index.planned().evidenceCap();
      String seen = stimulus.stubbed() ? "stub" : "replayed";
      return Policy.strength(cap) < Policy.strength(seen) ? cap : seen;
    }
  }
}
