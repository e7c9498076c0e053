package dev.codicil.chaos.profile;

import dev.codicil.chaos.AbortRule;
import dev.codicil.chaos.BlastRadius;
import dev.codicil.chaos.Conditions;
import dev.codicil.chaos.FaultCard;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads what bounds a whole profile: its blast radius, and when it is given up. */
final class LimitsReader {
  static final int MOST_PATTERNS = 100;
  static final String CONSUMER_PATTERN = "[ -~]{1,200}";
  static final String EDGE_PATTERN = "[ -~]{0,200}(->|\\*)[ -~]{0,200}";
  static final FaultCard.Parameter EXCHANGES =
      ConditionsReader.count(
          "exchanges",
          "Most exchanges that are struck in a cell, on all edges together; no limit by default.");
  static final FaultCard.Parameter FAILURES =
      ConditionsReader.count(
          "failures", "Give up after this many cells in a row in which a subject died.");
  static final FaultCard.Parameter UNRECOVERED =
      ConditionsReader.count(
          "unrecovered", "Give up after this many cells without a return to the steady state.");
  static final List<FaultCard.Parameter> ABORT = List.of(FAILURES, UNRECOVERED);

  private static final Pattern CONSUMER = Pattern.compile(CONSUMER_PATTERN);
  private static final Pattern EDGE = Pattern.compile(EDGE_PATTERN);

  private LimitsReader() {}

  static BlastRadius radius(Node root) {
    return new BlastRadius(
        patterns(root, "consumers", CONSUMER, "the name of a consumer, such as checkout or web-*"),
        patterns(root, "edges", EDGE, "an edge FROM->TO, such as checkout->* or *->partner"),
        root.get(EXCHANGES.name())
            .map(node -> ConditionsReader.integer(node, EXCHANGES))
            .orElse(Conditions.UNBOUNDED));
  }

  static AbortRule abort(Node root) {
    return root.get("abort").map(LimitsReader::rule).orElse(AbortRule.NEVER);
  }

  private static AbortRule rule(Node node) {
    Node abort =
        ConditionsReader.filled(node, ABORT.stream().map(FaultCard.Parameter::name).toList());
    return new AbortRule(cells(abort, FAILURES), cells(abort, UNRECOVERED));
  }

  private static int cells(Node abort, FaultCard.Parameter parameter) {
    return abort
        .get(parameter.name())
        .map(node -> ConditionsReader.integer(node, parameter))
        .orElse(0);
  }

  private static List<String> patterns(Node root, String key, Pattern pattern, String expected) {
    List<String> patterns = new ArrayList<>();
    root.get(key)
        .ifPresent(
            list -> {
              int size = list.value().size();
              if (!list.value().isArray() || size == 0 || size > MOST_PATTERNS) {
                throw list.value().isArray()
                    ? list.refuse(
                        "'" + key + "' has " + size + " entries; expected 1 to " + MOST_PATTERNS,
                        size == 0 ? "leave it out to mean all" : "")
                    : list.wrongType("a list", "write '" + key + ": [ ... ]'");
              }
              for (int i = 0; i < size; i++) {
                Node item = list.item(i, "the entry of '" + key + "'");
                if (!pattern.matcher(item.text()).matches()) {
                  throw item.wrongType(expected, "");
                }
                patterns.add(item.text());
              }
            });
    return patterns;
  }
}
