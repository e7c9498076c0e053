package dev.codicil.storm.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.experiment.Formula;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A statement in Java, for a module that knows no expression language.
 *
 * @param places pointers of what it reads, such as {@code /count/body/count}; when one of them is
 *     not there, it cannot be decided
 */
record Statement(String text, List<String> places, Predicate<Map<String, JsonNode>> says)
    implements Formula {
  @Override
  public Set<String> variables() {
    return places.stream()
        .map(place -> place.split("/", -1)[1])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static JsonNode at(Map<String, JsonNode> values, String place) {
    String name = place.split("/", -1)[1];
    JsonNode value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no variable " + name);
    }
    return value.at(place.substring(1 + name.length()));
  }

  @Override
  public Answer evaluate(Map<String, JsonNode> values) {
    Map<String, String> read = new TreeMap<>();
    for (String place : places) {
      JsonNode node = at(values, place);
      if (node.isMissingNode()) {
        return new Answer(null, "no such key: " + place, read);
      }
      read.put(place.substring(1).replace('/', '.'), node.toString());
    }
    return new Answer(says.test(values), "", read);
  }

  @Override
  public boolean violable(Map<String, JsonNode> values) {
    return !text.equals("true");
  }
}
