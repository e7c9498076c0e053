package dev.codicil.storm.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a Chaos Monkey is set to.
 *
 * @param enabled whether it does anything
 * @param assaults what it does, and how often; its own names
 * @param watchers where
 */
record MonkeySettings(boolean enabled, ObjectNode assaults, ObjectNode watchers) {
  private static final String PROPERTIES = "chaosMonkeyProperties";
  private static final String ASSAULTS = "assaultProperties";
  private static final String WATCHERS = "watcherProperties";
  private static final String WATCHED = "watchedCustomServices";

  /** Can be read and not written. */
  private static final String EXCLUDED = "excludeClasses";

  private static final List<String> WATCHER_SWITCHES =
      List.of(
          "controller",
          "restController",
          "service",
          "repository",
          "component",
          "restTemplate",
          "webClient",
          "actuatorHealth");

  MonkeySettings {
    assaults = assaults.deepCopy();
    watchers = watchers.deepCopy();
  }

  /**
   * Reads what its endpoint answers.
   *
   * @throws ChaosMonkey.Closed when that is something else
   */
  static MonkeySettings of(JsonNode answer) throws ChaosMonkey.Closed {
    if (answer.path(PROPERTIES).path("enabled").isBoolean()
        && answer.path(ASSAULTS) instanceof ObjectNode assaults
        && assaults.path("level").isInt()
        && answer.path(WATCHERS) instanceof ObjectNode watchers
        && watchers.path("restController").isBoolean()) {
      ObjectNode all = assaults.deepCopy();
      if (!(all.path(WATCHED).isArray())) {
        all.putArray(WATCHED); // it is left out when it is empty, and null would not be taken
      }
      ObjectNode places = watchers.deepCopy();
      places.remove(EXCLUDED);
      return new MonkeySettings(
          answer.path(PROPERTIES).path("enabled").booleanValue(), all, places);
    }
    throw new ChaosMonkey.Closed(
        "its answer is not that of a Chaos Monkey for Spring Boot: expected "
            + PROPERTIES
            + ".enabled, "
            + ASSAULTS
            + ".level and "
            + WATCHERS
            + ".restController");
  }

  /** As it is written down, and as its endpoint would say it. */
  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putObject(PROPERTIES).put("enabled", enabled);
    json.set(ASSAULTS, assaults);
    json.set(WATCHERS, watchers);
    return json;
  }

  /**
   * These settings with one assault in force, on calls of controllers.
   *
   * @param assault properties of the assault; the others stay
   * @param watched beginnings of CLASS.METHOD; empty for all controllers
   */
  MonkeySettings with(JsonNode assault, List<String> watched) {
    ObjectNode all = assaults.deepCopy();
    assault.properties().forEach(one -> all.set(one.getKey(), one.getValue()));
    for (String clock : List.of("killApplication", "memory", "cpu", "runtimeAssault")) {
      if (all.has(clock + "CronExpression")) {
        all.put(clock + "CronExpression", "OFF"); // else it strikes when it likes
      }
    }
    watched.forEach(all.putArray(WATCHED)::add);
    ObjectNode places = watchers.deepCopy();
    WATCHER_SWITCHES.stream().filter(places::has).forEach(name -> places.put(name, false));
    places.put("controller", true).put("restController", true);
    for (String list : List.of("beans", "beanClasses")) {
      if (places.has(list)) {
        places.putArray(list);
      }
    }
    return new MonkeySettings(true, all, places);
  }

  /** The first property that is not as wanted; null when all are. */
  @Nullable String differenceTo(MonkeySettings wanted) {
    if (enabled != wanted.enabled) {
      return "enabled is " + enabled + ", not " + wanted.enabled;
    }
    Map<String, JsonNode> all = new TreeMap<>();
    wanted.assaults.properties().forEach(one -> all.put(one.getKey(), one.getValue()));
    for (Map.Entry<String, JsonNode> one : all.entrySet()) {
      if (!same(one.getValue(), assaults.get(one.getKey()))) {
        return told(one.getKey(), assaults.get(one.getKey()), one.getValue());
      }
    }
    for (Map.Entry<String, JsonNode> one : wanted.watchers.properties()) {
      if (!same(one.getValue(), watchers.get(one.getKey()))) {
        return told(one.getKey(), watchers.get(one.getKey()), one.getValue());
      }
    }
    return null;
  }

  private static String told(String name, @Nullable JsonNode is, JsonNode wanted) {
    return name + " is " + (is == null ? "not there" : is) + ", not " + wanted;
  }

  /** Numbers are the same when their values are. */
  private static boolean same(JsonNode one, @Nullable JsonNode other) {
    if (other != null && one.isNumber() && other.isNumber()) {
      return one.decimalValue().compareTo(other.decimalValue()) == 0;
    }
    return one.equals(other) || one.isNull() && other == null;
  }
}
