package dev.codicil.storm.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which methods of a Spring service handle a request, read from what its actuator says of its
 * mappings. Of several patterns that match, Spring takes the most specific: here the one with the
 * fewest variables, then the longest.
 */
final class MonkeyHandlers {
  private final List<Mapping> mappings = new ArrayList<>();

  private record Mapping(List<String> methods, String pattern, String handler) {}

  MonkeyHandlers(JsonNode answer) {
    for (JsonNode context : answer.path("contexts")) {
      for (JsonNode servlet : context.path("mappings").path("dispatcherServlets")) {
        servlet.forEach(this::add);
      }
    }
  }

  private void add(JsonNode mapping) {
    JsonNode method = mapping.at("/details/handlerMethod");
    JsonNode conditions = mapping.at("/details/requestMappingConditions");
    String type = method.path("className").asText("");
    String name = method.path("name").asText("");
    if (type.isEmpty() || name.isEmpty()) {
      return; // a resource or a function, which no watcher is on
    }
    List<String> methods = new ArrayList<>();
    conditions.path("methods").forEach(one -> methods.add(one.asText()));
    for (JsonNode pattern : conditions.path("patterns")) {
      mappings.add(new Mapping(methods, pattern.asText(), type + "." + name));
    }
  }

  /** CLASS.METHOD of what handles a request; null when no mapping fits. */
  @Nullable String of(String method, String path) {
    Mapping best = null;
    for (Mapping one : mappings) {
      if ((one.methods().isEmpty() || one.methods().contains(method))
          && fits(one.pattern(), path)
          && (best == null || moreSpecific(one.pattern(), best.pattern()))) {
        best = one;
      }
    }
    return best == null ? null : best.handler();
  }

  private static boolean moreSpecific(String one, String other) {
    int wild = Integer.compare(wild(one), wild(other));
    return wild < 0 || wild == 0 && one.length() > other.length();
  }

  private static int wild(String pattern) {
    int count = pattern.contains("**") || pattern.contains("{*") ? 1_000 : 0;
    for (String segment : pattern.split("/", -1)) {
      count += segment.contains("{") || segment.contains("*") ? 1 : 0;
    }
    return count;
  }

  private static boolean fits(String pattern, String path) {
    String[] wanted = pattern.split("/", -1);
    String[] given = path.split("/", -1);
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i].equals("**") || wanted[i].startsWith("{*")) {
        return true;
      }
      if (i >= given.length || !fitsSegment(wanted[i], given[i])) {
        return false;
      }
    }
    return wanted.length == given.length;
  }

  private static boolean fitsSegment(String pattern, String segment) {
    return pattern.equals(segment)
        || pattern.startsWith("{") && pattern.endsWith("}") && !segment.isEmpty()
        || pattern.equals("*");
  }
}
