package dev.codicil.formats.asyncapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Parameter;
import dev.codicil.contract.Shape;
import dev.codicil.formats.jsonschema.Constraints;
import dev.codicil.formats.jsonschema.Documents;
import dev.codicil.formats.jsonschema.Place;
import dev.codicil.formats.jsonschema.Problems;
import dev.codicil.formats.jsonschema.SchemaReader;
import dev.codicil.formats.jsonschema.SchemaWalk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads channels: their address, its parameters, and the protocols they can be reached by. */
final class ChannelReader {
  /** The input that stands for the choice of a server. */
  static final String PROTOCOL = "protocol";

  private static final Pattern TEMPLATE = Pattern.compile("\\{([^{}/]*)\\}");

  private final Place root;
  private final Documents documents;
  private final Problems problems;
  private final SchemaReader schemas;
  private final SchemaWalk walk;
  private final Bindings bindings;

  ChannelReader(
      Place root,
      Documents documents,
      Problems problems,
      SchemaReader schemas,
      SchemaWalk walk,
      Bindings bindings) {
    this.root = root;
    this.documents = documents;
    this.problems = problems;
    this.schemas = schemas;
    this.walk = walk;
    this.bindings = bindings;
  }

  /**
   * Reads one channel.
   *
   * @param channel the channel, not a reference
   * @param address what the document calls its address; a Kafka topic that differs replaces it
   */
  Channel read(Place channel, String address) {
    String topic = bindings.topic(channel);
    String effective = topic == null ? address : topic;
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    for (Map.Entry<String, Place> entry : channel.fields("parameters")) {
      Place declared = problems.follow(documents, entry.getValue());
      if (declared == null) {
        continue;
      }
      if (!address.contains("{" + entry.getKey() + "}")) {
        problems.add(
            entry.getValue(),
            "the address "
                + Documents.quoted(address)
                + " has no parameter "
                + Documents.quoted(entry.getKey()));
        continue;
      }
      parameters.put(
          entry.getKey(),
          new Parameter(
              Parameter.In.PATH, entry.getKey(), true, shape(declared), declared.location()));
    }
    Matcher names = TEMPLATE.matcher(effective);
    while (names.find()) {
      parameters.putIfAbsent(
          names.group(1),
          new Parameter(
              Parameter.In.PATH,
              names.group(1),
              true,
              Shape.at(channel.location()).type(JsonType.STRING).build(),
              channel.location()));
    }
    List<Parameter> all = new ArrayList<>(parameters.values());
    Parameter protocol = protocol(channel);
    if (protocol != null) {
      all.add(protocol);
    }
    return new Channel(effective, all, channel);
  }

  /** AsyncAPI 2 gives a parameter a schema; AsyncAPI 3 makes it a string with a few facts. */
  private Shape shape(Place parameter) {
    Place schema = parameter.get("schema");
    if (schema != null) {
      walk.visit(schema);
      return schemas.shape(schema);
    }
    List<JsonNode> values = new ArrayList<>();
    Constraints.items(parameter, "enum").forEach(value -> values.add(value.node()));
    List<Place> examples = Constraints.items(parameter, "examples");
    return Shape.at(parameter.location())
        .type(JsonType.STRING)
        .enumeration(values)
        .example(examples.isEmpty() ? parameter.node().get("default") : examples.get(0).node())
        .build();
  }

  /** The protocols of the servers a channel is on: whoever uses it chooses one. */
  private @Nullable Parameter protocol(Place channel) {
    Set<JsonNode> protocols = new LinkedHashSet<>();
    List<Place> named = Constraints.items(channel, "servers");
    if (named.isEmpty()) {
      root.fields("servers").forEach(entry -> protocol(entry.getValue(), protocols));
    }
    for (Place server : named) {
      if (server.node().isTextual()) {
        Place all = root.get("servers");
        Place found = all == null ? null : all.get(server.node().textValue());
        if (found == null) {
          problems.add(server, "there is no server " + Documents.quoted(server.node().textValue()));
        } else {
          protocol(found, protocols);
        }
      } else {
        protocol(server, protocols);
      }
    }
    if (protocols.isEmpty()) {
      return null;
    }
    Place at = root.get("servers");
    Place place = at == null ? channel : at;
    return new Parameter(
        Parameter.In.SERVER,
        PROTOCOL,
        false,
        Shape.at(place.location())
            .type(JsonType.STRING)
            .enumeration(List.copyOf(protocols))
            .build(),
        place.location());
  }

  private void protocol(Place declared, Set<JsonNode> protocols) {
    Place server = problems.follow(documents, declared);
    if (server == null) {
      return;
    }
    String protocol = server.text("protocol");
    if (protocol == null) {
      problems.add(server, "expected a server with a 'protocol'");
    } else {
      protocols.add(TextNode.valueOf(protocol));
    }
  }
}
