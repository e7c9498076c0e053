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
import dev.codicil.chaos.Load;
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
    schema.put(
        "description",
        "Which faults may strike where, and when. Each entry is a storm of its own.");
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
    patterns(
        properties.putObject("consumers"),
        "Only what these consumers rely on is struck; '*' stands for any text.",
        LimitsReader.CONSUMER_PATTERN);
    patterns(
        properties.putObject("edges"),
        "Only these edges (FROM->TO) are struck; '*' stands for any text.",
        LimitsReader.EDGE_PATTERN);
    properties.set("exchanges", value(LimitsReader.EXCHANGES));
    properties.set(
        "abort", object("When the storms of the profile are given up.", LimitsReader.ABORT));
    ObjectNode items =
        list(properties.putObject("faults"), 1, ProfileReader.MAX_FAULTS).putObject("items");
    choose(items, FaultsReader.TOGETHER);
    choose(items.putObject("else"), FaultsReader.PHASES)
        .putObject("else")
        .put("$ref", "#/$defs/entry");
    ObjectNode definitions = schema.putObject("$defs");
    definitions.set(FaultsReader.TOGETHER, together());
    definitions.set(FaultsReader.PHASES, phases());
    definitions.set("match", match());
    definitions.set(LoadReader.KEY, load());
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
    properties.putObject("match").put("$ref", "#/$defs/match");
    properties.set(
        "when",
        object(
            "Which of the exchanges that match, by their number on the edge, from 1.",
            ConditionsReader.WHEN));
    properties.set(ConditionsReader.TOXICITY.name(), value(ConditionsReader.TOXICITY));
    properties.putObject("parameters").put("type", "object");
    loaded(properties);
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

  /** Goes on with the definition of that name where the key of that name is given. */
  private static ObjectNode choose(ObjectNode schema, String key) {
    schema.putObject("if").put("type", "object").putArray("required").add(key);
    schema.putObject("then").put("$ref", "#/$defs/" + key);
    return schema;
  }

  private static ObjectNode list(ObjectNode schema, int least, int most) {
    return schema.put("type", "array").put("minItems", least).put("maxItems", most);
  }

  private static ObjectNode together() {
    ObjectNode together = NODES.objectNode().put("description", "Faults that strike at once.");
    closed(together, List.of(FaultsReader.TOGETHER));
    ObjectNode properties = together.putObject("properties");
    ArrayNode all =
        list(properties.putObject(FaultsReader.TOGETHER), 2, FaultsReader.MOST_TOGETHER)
            .putObject("items")
            .putArray("allOf");
    all.addObject().put("$ref", "#/$defs/entry");
    all.addObject().putObject("properties").put(LoadReader.KEY, false);
    loaded(properties);
    return together;
  }

  private static ObjectNode phases() {
    ObjectNode phases =
        NODES
            .objectNode()
            .put("description", "For the first exchanges of an edge this, then that.");
    closed(phases, List.of(FaultsReader.PHASES));
    ObjectNode own = phases.putObject("properties");
    ObjectNode phase =
        list(own.putObject(FaultsReader.PHASES), 2, FaultsReader.MOST_TOGETHER).putObject("items");
    loaded(own);
    closed(phase, List.of("faults"));
    ObjectNode properties = phase.putObject("properties");
    properties.set(FaultsReader.LASTS.name(), value(FaultsReader.LASTS));
    ArrayNode all =
        list(
                properties.putObject("faults").put("description", "Empty for calm."),
                0,
                FaultsReader.MOST_TOGETHER)
            .putObject("items")
            .putArray("allOf");
    all.addObject().put("$ref", "#/$defs/entry");
    ObjectNode inPhase =
        all.addObject().putObject("properties").put("when", false).put(LoadReader.KEY, false);
    ArrayNode phaseless = inPhase.putObject("fault").putObject("not").putArray("enum");
    Faults.all().stream()
        .filter(FaultsReader::withoutPhases)
        .forEach(fault -> phaseless.add(fault.card().id()));
    return phases;
  }

  private static void loaded(ObjectNode properties) {
    properties.putObject(LoadReader.KEY).put("$ref", "#/$defs/" + LoadReader.KEY);
  }

  private static ObjectNode load() {
    ObjectNode load =
        NODES
            .objectNode()
            .put(
                "description",
                "Holds the interaction under an open-loop load meanwhile, and its latencies to a"
                    + " tolerance.");
    closed(load, List.of(LoadReader.RATE, LoadReader.FOR));
    ObjectNode properties = load.putObject("properties");
    pattern(
        properties,
        LoadReader.RATE,
        "Requests a second, at even distances: 50/s. At most " + Load.MOST_PER_SECOND + "/s.",
        LoadReader.RATE_PATTERN);
    pattern(
        properties,
        LoadReader.FOR,
        "How long, in whole seconds: 4s. At most " + Load.MOST_SECONDS + "s.",
        LoadReader.FOR_PATTERN);
    ObjectNode tolerance =
        properties
            .putObject(LoadReader.TOLERANCE)
            .put(
                "description",
                "By how much a percentile may be worse after than before: a factor, a slack, or"
                    + " whichever of both is more. p99 by default, "
                    + Load.Tolerance.DEFAULT.label()
                    + ".");
    closed(tolerance, List.of());
    tolerance.put("minProperties", 1);
    ObjectNode percentiles = tolerance.putObject("properties");
    LoadReader.percentiles()
        .keySet()
        .forEach(
            name ->
                pattern(
                    percentiles, name, "2x, +50ms or 1.5x +20ms.", LoadReader.TOLERANCE_PATTERN));
    list(
            properties
                .putObject(LoadReader.METHODS)
                .put(
                    "description",
                    "Methods of requests that may be repeated; "
                        + String.join(", ", Load.SAFE)
                        + " by default, which are safe."),
            1,
            LoadReader.MOST_METHODS)
        .putObject("items")
        .put("type", "string")
        .put("pattern", "^" + ConditionsReader.METHOD_PATTERN + "$");
    return load;
  }

  private static ObjectNode match() {
    ObjectNode match =
        NODES.objectNode().put("description", "Only exchanges of which all of this is true.");
    closed(match, List.of());
    match.put("minProperties", 1);
    ObjectNode properties = match.putObject("properties");
    pattern(properties, "method", "Method of the request.", ConditionsReader.METHOD_PATTERN);
    pattern(
        properties,
        "path",
        "Path template of the request: {id} is one segment.",
        ConditionsReader.PATH_PATTERN);
    pattern(
        properties,
        "operation",
        "Method and path template: GET /licenses/{id}.",
        ConditionsReader.METHOD_PATTERN + " " + ConditionsReader.PATH_PATTERN);
    ObjectNode header =
        properties.putObject("header").put("description", "A header of the request.");
    closed(header, List.of("name"));
    ObjectNode parts = header.putObject("properties");
    pattern(parts, "name", "Its name, in any case.", ConditionsReader.HEADER_PATTERN);
    parts.set(ConditionsReader.VALUE.name(), value(ConditionsReader.VALUE));
    properties.set(ConditionsReader.FIELD.name(), value(ConditionsReader.FIELD));
    return match;
  }

  private static void pattern(ObjectNode into, String key, String description, String pattern) {
    into.putObject(key)
        .put("description", description)
        .put("type", "string")
        .put("pattern", "^" + pattern + "$");
  }

  private static void patterns(ObjectNode into, String description, String pattern) {
    list(into.put("description", description), 1, LimitsReader.MOST_PATTERNS)
        .putObject("items")
        .put("type", "string")
        .put("pattern", "^" + pattern + "$");
  }

  /** An object of these values, of which at least one is given. */
  private static ObjectNode object(String description, List<FaultCard.Parameter> keys) {
    ObjectNode object = NODES.objectNode().put("description", description);
    closed(object, List.of());
    object.put("minProperties", 1);
    ObjectNode properties = object.putObject("properties");
    keys.forEach(key -> properties.set(key.name(), value(key)));
    return object;
  }

  /** What one fault allows in its entry. */
  private static ObjectNode specifics(FaultCard card) {
    ObjectNode specifics = NODES.objectNode();
    ObjectNode properties = specifics.putObject("properties");
    EntryReader.meaningless(card).forEach(key -> properties.put(key, false));
    if (!properties.has("stream")) {
      names(properties.putObject("stream").putArray("enum"), card.streams());
    }
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
