package dev.codicil.formats.pact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.codicil.contract.ProviderState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Provider states, and the keys that description and states make. */
final class States {
  private States() {}

  /** Reads the states of an interaction, in the three spellings that the versions have. */
  static List<ProviderState> of(Spot interaction) {
    List<ProviderState> states = new ArrayList<>();
    Spot list = interaction.child("providerStates");
    if (list.present()) {
      for (Spot state : list.items()) {
        states.add(state(state));
      }
      return states;
    }
    for (String spelling : List.of("providerState", "provider_state")) {
      Spot single = interaction.child(spelling);
      if (single.present()) {
        String name = single.text();
        return name.isEmpty() ? List.of() : List.of(new ProviderState(name, Map.of()));
      }
    }
    return states;
  }

  private static ProviderState state(Spot spot) {
    String name = spot.object().child("name").text();
    Map<String, JsonNode> parameters = new TreeMap<>();
    Spot params = spot.child("params");
    if (params.present()) {
      params.fields().forEach((key, value) -> parameters.put(key, value.node()));
    }
    return new ProviderState(name, parameters);
  }

  /** Description and states with their parameters: what Pact itself tells interactions apart by. */
  static String key(String description, List<ProviderState> states) {
    StringBuilder key = new StringBuilder(description);
    String word = " given ";
    for (ProviderState state : states) {
      key.append(word).append(TextNode.valueOf(state.name()));
      if (!state.parameters().isEmpty()) {
        ObjectNode parameters = JsonNodeFactory.instance.objectNode();
        state.parameters().forEach((name, value) -> parameters.set(name, sorted(value)));
        key.append(' ').append(parameters);
      }
      word = " and ";
    }
    return key.toString();
  }

  /** The order of fields is no part of an identity. */
  private static JsonNode sorted(JsonNode node) {
    if (node.isObject()) {
      Map<String, JsonNode> fields = new TreeMap<>();
      node.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      fields.forEach(copy::set);
      return copy;
    }
    if (node.isArray()) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      node.forEach(item -> copy.add(sorted(item)));
      return copy;
    }
    return node;
  }
}
