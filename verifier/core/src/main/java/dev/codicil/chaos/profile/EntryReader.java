package dev.codicil.chaos.profile;

import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.Conditions;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Stream;
import dev.codicil.chaos.fault.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads one fault of a profile. */
final class EntryReader {
  static final List<String> KEYS =
      List.of("fault", "on", "stream", "match", "when", "toxicity", "parameters");

  /** Keys that choose edges, directions and exchanges. */
  private static final List<String> OF_EDGES = List.of("on", "stream", "match", "when", "toxicity");

  private EntryReader() {}

  /**
   * Reads an entry.
   *
   * @param known the keys that may stand here; what is not one of an entry's is read by the caller
   */
  static ChaosProfile.Entry read(Node node, List<String> known) {
    node.object(known);
    Node id = node.require("fault", "");
    Fault fault =
        Faults.byId(id.text())
            .orElseThrow(
                () ->
                    id.refuse(
                        "unknown fault "
                            + Node.quote(id.text())
                            + "; expected one of "
                            + String.join(", ", Faults.ids()),
                        Node.didYouMean(id.text(), Faults.ids())));
    FaultCard card = fault.card();
    ChaosProfile.Edges edges =
        node.get("on")
            .map(on -> constant(on, ChaosProfile.Edges.values()))
            .orElse(ChaosProfile.Edges.ANY);
    Optional<Stream> written = node.get("stream").map(stream -> constant(stream, Stream.values()));
    if (written.isPresent() && !card.streams().contains(written.get())) {
      throw node.require("stream", "")
          .refuse(
              "the fault '"
                  + card.id()
                  + "' does not strike "
                  + show(written.get())
                  + "; expected "
                  + show(card.streams().iterator().next()),
              "leave 'stream' out, there is only one");
    }
    Parameters parameters = parameters(node, card);
    Parameters complete = card.complete(parameters);
    Stream stream = written.orElseGet(() -> fault.stream(complete));
    Optional<String> contradiction = fault.contradiction(edges, stream, complete);
    if (contradiction.isPresent()) {
      throw node.refuse(
          "the fault '" + card.id() + "' contradicts itself: " + contradiction.get(), "");
    }
    if (fault.aroundCell() || fault.onMessages()) {
      refuseConditions(node, card);
    }
    Conditions conditions = ConditionsReader.read(node, fault, stream, complete);
    return new ChaosProfile.Entry(
        card.id(), edges, stream, parameters, conditions, LoadReader.of(node), node.location());
  }

  /** Keys that mean nothing to a fault. */
  static List<String> meaningless(FaultCard card) {
    return switch (card.aim()) {
      case WORLD, ZONE, SEQUENCE -> OF_EDGES;
      case NAMED_EDGE, AMENDED_REPLY, FLEET, MONKEY -> OF_EDGES.subList(1, OF_EDGES.size());
      default -> List.of();
    };
  }

  /** What acts on the world is not on an edge, so exchanges of an edge cannot be chosen. */
  private static void refuseConditions(Node node, FaultCard card) {
    for (String key : meaningless(card)) {
      Optional<Node> written = node.get(key);
      if (written.isPresent()) {
        throw written
            .get()
            .refuse(
                "the fault '"
                    + card.id()
                    + (card.aim() == FaultCard.Aim.SEQUENCE
                        ? "' strikes messages that come through a broker; '"
                        : "' acts on the world around an exchange; '")
                    + key
                    + "' means nothing to it",
                "leave it out");
      }
    }
  }

  private static Parameters parameters(Node node, FaultCard card) {
    Map<String, String> values = new TreeMap<>();
    Optional<Node> given = node.get("parameters");
    if (given.isPresent()) {
      Node written =
          new Node(
                  given.get().document(),
                  given.get().pointer(),
                  "the parameters of '" + card.id() + "'",
                  given.get().value())
              .object(card.parameters().stream().map(FaultCard.Parameter::name).toList());
      for (FaultCard.Parameter parameter : card.parameters()) {
        written
            .get(parameter.name())
            .ifPresent(value -> values.put(parameter.name(), ParameterText.of(value, parameter)));
      }
    }
    for (FaultCard.Parameter parameter : card.parameters()) {
      if (parameter.required() && !values.containsKey(parameter.name())) {
        throw given
            .orElse(node)
            .refuse(
                "the fault '"
                    + card.id()
                    + "' has no parameter '"
                    + parameter.name()
                    + "'; expected "
                    + ParameterText.expected(parameter),
                "write 'parameters: { "
                    + parameter.name()
                    + ": "
                    + ParameterText.example(parameter)
                    + " }'");
      }
    }
    return new Parameters(values);
  }

  /** The constant whose name a profile writes in lower case. */
  private static <E extends Enum<E>> E constant(Node node, E[] constants) {
    String written = node.text();
    List<String> names = new ArrayList<>();
    for (E constant : constants) {
      String name = constant.name().toLowerCase(Locale.ROOT);
      if (name.equals(written)) {
        return constant;
      }
      names.add(name);
    }
    throw node.wrongType("one of " + String.join(", ", names), Node.didYouMean(written, names));
  }

  private static String show(Stream stream) {
    return stream == Stream.UPSTREAM ? "requests (upstream)" : "replies (downstream)";
  }
}
