package dev.codicil.chaos.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.Durations;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Stream;
import dev.codicil.chaos.fault.Faults;
import dev.codicil.contract.Json;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The JSON Schema of chaos profiles, made from the cards of the faults, for editors. */
public final class ProfileSchema {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Map<ChaosProfile.Edges, String> EDGES =
      Map.of(
          ChaosProfile.Edges.CONSUMER, "between the replaying consumer and the provider",
          ChaosProfile.Edges.UPSTREAM, "between a subject and what it calls",
          ChaosProfile.Edges.ANY, "all of them");

  private ProfileSchema() {}

  /** The schema's text: JSON Schema 2020-12, indented, with a line break at its end. */
  public static String generate() {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withArrayIndenter(lines).withObjectIndenter(lines);
    try {
      return Json.mapper().writer(printer).writeValueAsString(schema()) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static ObjectNode schema() {
    ObjectNode schema = NODES.objectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("$id", "urn:codicil:chaos-profile:" + ProfileReader.VERSION);
    schema.put("title", "Codicil chaos profile");
    schema.put("description", "Which faults may strike where. Each entry is a storm of its own.");
    closed(schema, List.of("version", "name", "faults"));
    ObjectNode properties = schema.putObject("properties");
    properties
        .putObject("version")
        .put("description", "Version of this format.")
        .put("const", ProfileReader.VERSION);
    properties
        .putObject("name")
        .put("description", "The file's name without its ending.")
        .put("type", "string")
        .put("maxLength", ProfileReader.MAX_NAME)
        .put("pattern", "^" + ProfileReader.NAME_PATTERN + "$");
    properties
        .putObject("title")
        .put("description", "One line for people; the name by default.")
        .put("type", "string")
        .put("maxLength", ProfileReader.MAX_TITLE);
    properties
        .putObject("faults")
        .put("type", "array")
        .put("minItems", 1)
        .put("maxItems", ProfileReader.MAX_FAULTS)
        .putObject("items")
        .put("$ref", "#/$defs/entry");
    ObjectNode definitions = schema.putObject("$defs");
    definitions.set("entry", entry());
    for (Fault fault : Faults.all()) {
      definitions.set(fault.card().id(), specifics(fault.card()));
    }
    return schema;
  }

  private static ObjectNode entry() {
    ObjectNode entry = NODES.objectNode();
    closed(entry, List.of("fault"));
    ObjectNode properties = entry.putObject("properties");
    ArrayNode ids = properties.putObject("fault").putArray("oneOf");
    for (Fault fault : Faults.all()) {
      FaultCard card = fault.card();
      ids.addObject()
          .put("const", card.id())
          .put("title", card.title())
          .put("description", card.title() + ". " + card.goodService());
    }
    ObjectNode on = properties.putObject("on");
    on.put("description", "Which edges it may strike, seen from the replayed subject.");
    on.put("default", "any");
    ArrayNode edges = on.putArray("oneOf");
    for (ChaosProfile.Edges value : ChaosProfile.Edges.values()) {
      edges
          .addObject()
          .put("const", value.name().toLowerCase(Locale.ROOT))
          .put("description", EDGES.getOrDefault(value, ""));
    }
    ObjectNode stream = properties.putObject("stream");
    stream.put("description", "upstream strikes requests, downstream strikes replies.");
    names(stream.putArray("enum"), List.of(Stream.values()));
    properties.putObject("parameters").put("type", "object");
    ArrayNode all = entry.putArray("allOf");
    for (Fault fault : Faults.all()) {
      String id = fault.card().id();
      ObjectNode rule = all.addObject();
      ObjectNode when = rule.putObject("if");
      when.putObject("properties").putObject("fault").put("const", id);
      when.putArray("required").add("fault");
      rule.putObject("then").put("$ref", "#/$defs/" + id);
    }
    return entry;
  }

  /** What one fault allows in its entry. */
  private static ObjectNode specifics(FaultCard card) {
    ObjectNode specifics = NODES.objectNode();
    ObjectNode properties = specifics.putObject("properties");
    names(properties.putObject("stream").putArray("enum"), card.streams());
    ObjectNode parameters = properties.putObject("parameters");
    List<String> required =
        card.parameters().stream()
            .filter(FaultCard.Parameter::required)
            .map(FaultCard.Parameter::name)
            .toList();
    closed(parameters, required);
    ObjectNode values = parameters.putObject("properties");
    for (FaultCard.Parameter parameter : card.parameters()) {
      values.set(parameter.name(), value(parameter));
    }
    if (!required.isEmpty()) {
      specifics.putArray("required").add("parameters");
    }
    return specifics;
  }

  private static ObjectNode value(FaultCard.Parameter parameter) {
    ObjectNode value = NODES.objectNode().put("description", parameter.description());
    String byDefault = parameter.defaultValue();
    switch (parameter.type()) {
      case DURATION -> value.put("type", "string").put("pattern", "^" + Durations.PATTERN + "$");
      case INTEGER ->
          value
              .put("type", "integer")
              .put("minimum", parameter.least())
              .put("maximum", parameter.most());
      case FRACTION -> value.put("type", "number").put("minimum", 0).put("maximum", 1);
      case BOOLEAN -> value.put("type", "boolean");
      case POINTER ->
          value
              .put("type", "string")
              .put("maxLength", ParameterText.MAX_LENGTH)
              .put("pattern", "^" + ParameterText.POINTER_PATTERN + "$");
      case TEXT -> {
        value.put("type", "string");
        if (parameter.choices().isEmpty()) {
          value
              .put("maxLength", ParameterText.MAX_LENGTH)
              .put("pattern", "^" + ParameterText.TEXT_PATTERN + "$");
        } else {
          parameter.choices().forEach(value.putArray("enum")::add);
        }
      }
    }
    if (byDefault != null) {
      switch (parameter.type()) {
        case INTEGER, FRACTION -> value.put("default", new BigDecimal(byDefault));
        case BOOLEAN -> value.put("default", Boolean.parseBoolean(byDefault));
        default -> value.put("default", byDefault);
      }
    }
    return value;
  }

  /** An object in which no other key may stand. */
  private static void closed(ObjectNode schema, List<String> required) {
    schema.put("type", "object").put("additionalProperties", false);
    if (!required.isEmpty()) {
      required.forEach(schema.putArray("required")::add);
    }
  }

  private static void names(ArrayNode array, Collection<? extends Enum<?>> values) {
    values.forEach(value -> array.add(value.name().toLowerCase(Locale.ROOT)));
  }
}
