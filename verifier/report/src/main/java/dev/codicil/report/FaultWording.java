package dev.codicil.report;

import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Stream;
import java.util.stream.Collectors;

/** What the words of a fault's card mean, in sentences. */
final class FaultWording {
  private FaultWording() {}

  static String layer(FaultCard.Layer layer) {
    return switch (layer) {
      case CONTRACT -> "From the contract";
      case AMENDMENT -> "From the amendment";
      case HTTP -> "HTTP";
      case WIRE -> "On the wire";
      case CREDENTIAL -> "Credentials";
      case NODE -> "On nodes";
      case APPLICATION -> "Inside a service";
      case WORLD -> "The world around";
      case BROKER -> "On messages";
    };
  }

  /** The directions, the default first. */
  static String strikes(FaultCard card) {
    if (card.aim() == FaultCard.Aim.WORLD) {
      return "what only your system knows, while an interaction is replayed";
    }
    if (card.aim() == FaultCard.Aim.NODE || card.aim() == FaultCard.Aim.FLEET) {
      return "a node of the service that is called";
    }
    if (card.aim() == FaultCard.Aim.MONKEY) {
      return "a service that carries a Chaos Monkey, while an interaction is replayed";
    }
    if (card.aim() == FaultCard.Aim.ZONE) {
      return "all nodes of a zone, while an interaction is replayed";
    }
    if (card.aim() == FaultCard.Aim.SEQUENCE) {
      return "messages that come to a subject through a broker";
    }
    if (card.aim() == FaultCard.Aim.NAMED_EDGE) {
      return "the name under which a subject calls an upstream";
    }
    return card.streams().stream()
            .map(
                stream ->
                    stream == Stream.UPSTREAM ? "requests (upstream)" : "replies (downstream)")
            .collect(Collectors.joining(", "))
        + (card.onBytes() ? "; also what passes to and from an upstream with `tcp`" : "");
  }

  static String planned(FaultCard card) {
    return switch (card.aim()) {
      case MESSAGE -> "for the messages of each edge";
      case AMENDED_PROVIDER -> "for the messages of each edge whose provider is amended";
      case TLS_EDGE -> "for the connections of each edge that speaks TLS";
      case NAMED_EDGE -> "for each edge whose upstream is called by a name";
      case NODE, FLEET ->
          "for each edge whose provider is a subject, once for each operation that reaches it";
      case MONKEY ->
          "for each edge whose provider carries one, once for each operation that reaches it";
      case CALLER_NODE ->
          "for each edge of a subject of several nodes, once for each operation that reaches it";
      case ZONE -> "once for each operation that may reach a subject of several nodes";
      case AMENDED_REPLY -> "for each place where only the amended document allows what is said";
      case WORLD -> "once for each interaction and probe";
      case SEQUENCE -> "once for each topic of each sequence of messages";
      case UNDECLARED_STATUS -> "once for each kind of status in which one is undeclared";
      case HEADER -> "once for each header that the contract declares";
      case FIELD -> "once for each field";
      case OPTIONAL_FIELD -> "once for each field that may be left out on both sides";
      case ENUMERATION -> "once for each value that the contract enumerates";
      case ARRAY -> "once for each array";
      case NUMBER_BOUND -> "once for each bound of a number";
      case LENGTH_BOUND -> "once for each bound of a text's length";
      case TEXT_FORM -> "once for each text with a pattern or a format";
      case OBJECT -> "once for each object, the body itself included";
    };
  }

  static String contract(FaultCard card) {
    return switch (card.fit()) {
      case UNTOUCHED -> "what the message says stays as it is";
      case IN_CONTRACT -> "in-contract: must be survived";
      case OUT_OF_CONTRACT -> "out-of-contract: may be refused, cleanly";
      case BY_TARGET ->
          "in-contract where the contract allows it at that place, else out-of-contract";
    };
  }

  static String type(FaultCard.Parameter parameter) {
    return switch (parameter.type()) {
      case DURATION -> "duration";
      case INTEGER -> "integer";
      case FRACTION -> "number";
      case TEXT -> "text";
      case BOOLEAN -> "boolean";
      case POINTER -> "JSON pointer";
    };
  }

  /** Which values are allowed; empty when any of the type are. */
  static String range(FaultCard.Parameter parameter) {
    return switch (parameter.type()) {
      case DURATION -> "such as 250ms or 2s";
      case INTEGER ->
          parameter.least() == Long.MIN_VALUE && parameter.most() == Long.MAX_VALUE
              ? ""
              : parameter.least() + " to " + parameter.most();
      case FRACTION -> "0 to 1";
      case TEXT -> String.join(", ", parameter.choices());
      case BOOLEAN -> "true, false";
      case POINTER -> "such as /items/*/id";
    };
  }

  static String byDefault(FaultCard.Parameter parameter) {
    return parameter.required()
        ? "required"
        : parameter.defaultValue() == null ? "" : parameter.defaultValue();
  }
}
