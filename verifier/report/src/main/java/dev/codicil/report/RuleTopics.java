package dev.codicil.report;

import dev.codicil.amendment.rule.ChangeRule;
import dev.codicil.amendment.rule.RuleCard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rules by what they look at, told by how their ids begin. */
final class RuleTopics {
  private static final String OTHERS = "Other changes";

  /** Beginnings of ids, by topic; the longest that fits decides. */
  private static final Map<String, List<String>> TOPICS = topics();

  private RuleTopics() {}

  private static Map<String, List<String>> topics() {
    Map<String, List<String>> topics = new LinkedHashMap<>();
    topics.put("Operations", List.of("path-", "method-", "interaction-", "callback", "webhook"));
    topics.put("Messages", List.of("message-", "channel-"));
    topics.put("Parameters", List.of("parameter"));
    topics.put("Headers", List.of("header-"));
    topics.put("Bodies and media types", List.of("body-", "media-type-"));
    topics.put("Statuses", List.of("status-"));
    topics.put("Security", List.of("security-", "scope-"));
    topics.put(
        "Resilience",
        List.of("retry-", "rate-", "idempotency-", "resilience-", "error-", "limit-"));
    topics.put("Fields", List.of("field-"));
    topics.put("Types", List.of("type-", "became-nullable", "became-not-nullable"));
    topics.put("Enumerations and constants", List.of("enum-", "const-"));
    topics.put("Defaults", List.of("default-"));
    topics.put("Texts", List.of("format-", "pattern-", "length-"));
    topics.put("Numbers", List.of("range-", "multiple-"));
    topics.put("Lists", List.of("item-", "items-", "unique-"));
    topics.put("Objects", List.of("object-", "properties-", "property-"));
    topics.put("Alternatives", List.of("alternative", "discriminator"));
    topics.put("Not understood", List.of("not-understood"));
    return topics;
  }

  /** The cards by topic, in the order of the topics, and in their own order inside. */
  static Map<String, List<RuleCard>> of(List<ChangeRule> rules) {
    Map<String, List<RuleCard>> cards = new LinkedHashMap<>();
    TOPICS.keySet().forEach(topic -> cards.put(topic, new ArrayList<>()));
    cards.put(OTHERS, new ArrayList<>());
    rules.forEach(
        rule ->
            cards
                .computeIfAbsent(topic(rule.card().id()), topic -> new ArrayList<>())
                .add(rule.card()));
    cards.values().removeIf(List::isEmpty);
    return cards;
  }

  private static String topic(String id) {
    String found = OTHERS;
    int longest = 0;
    for (Map.Entry<String, List<String>> topic : TOPICS.entrySet()) {
      for (String beginning : topic.getValue()) {
        if (id.startsWith(beginning) && beginning.length() > longest) {
          found = topic.getKey();
          longest = beginning.length();
        }
      }
    }
    return found;
  }
}
