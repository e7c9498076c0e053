package dev.codicil.engine.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.amendment.Severity;
import dev.codicil.amendment.rule.Rules;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.contract.Nearest;
import dev.codicil.contract.SourceDocument;
import dev.codicil.verdict.FindingKind;
import dev.codicil.verdict.GateAction;
import dev.codicil.verdict.InteractionPattern;
import dev.codicil.verdict.Policy;
import dev.codicil.verdict.Policy.Environment;
import dev.codicil.verdict.Policy.WaiverTerms;
import dev.codicil.verdict.PolicyRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code policy} of {@code codicil.yaml}, which its schema has admitted. */
final class PolicyReader {
  private static final String AT = "/policy";
  private static final String FAIL_ON = "fail-on";
  private static final String EVIDENCE = "require-evidence";

  private final SourceDocument document;
  private final JsonNode node;

  PolicyReader(SourceDocument document) {
    this.document = document;
    this.node = document.root().path("policy");
  }

  /**
   * The policy, in no environment.
   *
   * @throws InputException with the line of a rule that contradicts itself, or names what is not
   *     declared
   */
  Policy policy() {
    if (node.isMissingNode()) {
      return Policy.DEFAULT;
    }
    Map<String, Policy.Tag> tags = tags();
    Map<String, Environment> environments = environments();
    Set<FindingKind> failOn = kinds(node);
    JsonNode terms = node.path("waivers");
    return new Policy(
        failOn == null ? Policy.DEFAULT.failOn() : failOn,
        node.path(EVIDENCE).asText(Policy.DEFAULT.requireEvidence()),
        at(node, AT, FAIL_ON),
        at(node, AT, EVIDENCE),
        tags,
        rules(tags.keySet(), environments.keySet()),
        environments,
        null,
        new WaiverTerms(
            GateAction.of(terms.path("expired").asText("fail")),
            GateAction.of(terms.path("unused").asText("fail"))));
  }

  private @Nullable Location at(JsonNode parent, String pointer, String key) {
    return parent.has(key) ? document.locate(SourceDocument.child(pointer, key)) : null;
  }

  private static @Nullable Set<FindingKind> kinds(JsonNode parent) {
    return parent.has(FAIL_ON) ? kindsOf(parent.path(FAIL_ON)) : null;
  }

  private static Set<FindingKind> kindsOf(JsonNode list) {
    Set<FindingKind> kinds = EnumSet.noneOf(FindingKind.class);
    for (JsonNode kind : list) {
      kinds.add(FindingKind.valueOf(kind.asText().toUpperCase(Locale.ROOT).replace('-', '_')));
    }
    return kinds;
  }

  private Map<String, Policy.Tag> tags() {
    Map<String, Policy.Tag> tags = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.path("tags").properties()) {
      List<InteractionPattern> patterns = new ArrayList<>();
      entry.getValue().forEach(pattern -> patterns.add(new InteractionPattern(pattern.asText())));
      tags.put(
          entry.getKey(),
          new Policy.Tag(
              patterns, document.locate(SourceDocument.child(AT + "/tags", entry.getKey()))));
    }
    return tags;
  }

  private Map<String, Environment> environments() {
    Map<String, Environment> environments = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.path("environments").properties()) {
      JsonNode here = entry.getValue();
      String pointer = SourceDocument.child(AT + "/environments", entry.getKey());
      environments.put(
          entry.getKey(),
          new Environment(
              kinds(here),
              here.path(EVIDENCE).asText(null),
              at(here, pointer, FAIL_ON),
              at(here, pointer, EVIDENCE)));
    }
    return environments;
  }

  private List<PolicyRule> rules(Set<String> tags, Set<String> environments) {
    List<PolicyRule> rules = new ArrayList<>();
    for (JsonNode rule : node.path("rules")) {
      rules.add(rule(rule, rules.size(), tags, environments));
    }
    return rules;
  }

  private PolicyRule rule(JsonNode rule, int index, Set<String> tags, Set<String> environments) {
    String pointer = SourceDocument.child(AT + "/rules", index);
    boolean gates = rule.has("gate");
    if (gates == rule.has(EVIDENCE)) {
      throw new InputException(
          document.locate(pointer),
          gates
              ? "this rule has both 'gate' and 'require-evidence'"
              : "this rule decides nothing: it has neither 'gate' nor 'require-evidence'",
          "a rule says what becomes of findings (gate: fail, inconclusive or tell) or what evidence"
              + " is asked for (require-evidence: replayed, stub or documents)");
    }
    String gate = rule.path("gate").asText("");
    if (gates && !gate.equals("tell") && !rule.has("findings")) {
      throw new InputException(
          document.locate(SourceDocument.child(pointer, "gate")),
          "this rule does not say which findings are to " + (gate.equals("fail") ? "fail" : "hold"),
          "add 'findings': any of broken, resilience-lost, fragile, inconclusive");
    }
    for (String key : List.of("findings", "rule", "severity")) {
      if (!gates && rule.has(key)) {
        throw new InputException(
            document.locate(SourceDocument.child(pointer, key)),
            "evidence is asked for before anything is found, so '" + key + "' selects nothing here",
            "take it out, or make it a rule of its own with 'gate'");
      }
    }
    declared(rule, pointer, "tag", tags, "policy.tags");
    declared(rule, pointer, "environment", environments, "policy.environments");
    knownChange(rule, pointer);
    return new PolicyRule(
        index + 1,
        pattern(rule, "consumer"),
        pattern(rule, "provider"),
        rule.path("tag").asText(null),
        pattern(rule, "interaction"),
        pattern(rule, "amendment"),
        rule.path("environment").asText(null),
        kindsOf(rule.path("findings")),
        pattern(rule, "rule"),
        rule.has("severity")
            ? Severity.valueOf(rule.path("severity").asText().toUpperCase(Locale.ROOT))
            : null,
        gates ? GateAction.of(gate) : null,
        rule.path(EVIDENCE).asText(null),
        document.locate(pointer));
  }

  private static @Nullable InteractionPattern pattern(JsonNode rule, String key) {
    return rule.has(key) ? new InteractionPattern(rule.path(key).asText()) : null;
  }

  private void declared(
      JsonNode rule, String pointer, String key, Set<String> names, String where) {
    String name = rule.path(key).asText(null);
    if (name != null && !names.contains(name)) {
      throw new InputException(
          document.locate(SourceDocument.child(pointer, key)),
          "no " + key + " '" + name + "' is declared under " + where + near(name, names),
          names.isEmpty() ? "declare it" : "declared are " + new TreeSet<>(names));
    }
  }

  private void knownChange(JsonNode rule, String pointer) {
    InteractionPattern id = pattern(rule, "rule");
    if (id == null) {
      return;
    }
    List<String> known = Rules.builtIn().stream().map(each -> each.card().id()).toList();
    if (known.stream().noneMatch(id::matches)) {
      throw new InputException(
          document.locate(SourceDocument.child(pointer, "rule")),
          "no rule of changes is '" + id.text() + "'" + near(id.text(), known),
          "`codicil explain` lists them");
    }
  }

  private static String near(String written, Collection<String> known) {
    return Nearest.to(written, known).map(name -> "; did you mean '" + name + "'?").orElse("");
  }
}
