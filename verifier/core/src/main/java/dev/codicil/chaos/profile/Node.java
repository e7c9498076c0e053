package dev.codicil.chaos.profile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.InputException;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Location;
import dev.codicil.contract.Nearest;
import dev.codicil.contract.SourceDocument;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Optional;

/** A place in a profile that knows where it stands and refuses what it did not expect. */
record Node(SourceDocument document, String pointer, String name, JsonNode value) {
  private static final int SHOWN = 60;

  static Node root(SourceDocument document) {
    return new Node(document, "", "the profile", document.root());
  }

  /** The value of a key; empty when the key is not there. */
  Optional<Node> get(String key) {
    JsonNode child = value.get(key);
    return child == null
        ? Optional.empty()
        : Optional.of(new Node(document, SourceDocument.child(pointer, key), quote(key), child));
  }

  /** The value of a key that must be there. */
  Node require(String key, String remedy) {
    return get(key)
        .orElseThrow(() -> refuse(name + " has no " + quote(key) + "; expected one", remedy));
  }

  Node item(int index, String itemName) {
    return new Node(document, SourceDocument.child(pointer, index), itemName, value.get(index));
  }

  /** An object with no other keys than these. */
  Node object(Collection<String> known) {
    if (!value.isObject()) {
      throw wrongType("an object", "");
    }
    value
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (!known.contains(key)) {
                throw unknownKey(key, known);
              }
            });
    return this;
  }

  private InputException unknownKey(String key, Collection<String> known) {
    String expected =
        known.isEmpty() ? "expected none" : "expected one of " + String.join(", ", known);
    return new InputException(
        document.locate(SourceDocument.child(pointer, key)),
        "unknown key " + quote(key) + " in " + name + "; " + expected,
        didYouMean(key, known));
  }

  String text() {
    if (!value.isTextual()) {
      throw wrongType("a text", value.isValueNode() ? "put it in quotes" : "");
    }
    return value.textValue();
  }

  boolean flag() {
    if (!value.isBoolean()) {
      throw wrongType("true or false", "");
    }
    return value.booleanValue();
  }

  BigDecimal number(String expected) {
    if (!value.isNumber()) {
      throw wrongType(expected, "");
    }
    return value.decimalValue();
  }

  InputException wrongType(String expected, String remedy) {
    return refuse(name + " is " + describe(value) + "; expected " + expected, remedy);
  }

  InputException refuse(String what, String remedy) {
    return new InputException(location(), what, remedy);
  }

  Location location() {
    return document.locate(pointer);
  }

  static String didYouMean(String written, Collection<String> known) {
    return Nearest.to(written, known).map(near -> "did you mean " + quote(near) + "?").orElse("");
  }

  private static String describe(JsonNode value) {
    JsonType type = value.isNumber() ? JsonType.NUMBER : JsonType.of(value);
    return switch (type) {
      case OBJECT -> "an object";
      case ARRAY -> "a list";
      case STRING -> "the text " + quote(value.textValue());
      case INTEGER, NUMBER -> "the number " + shorten(value.decimalValue().toString());
      case BOOLEAN -> String.valueOf(value.booleanValue());
      case NULL -> "empty";
    };
  }

  /** Somebody's text in one line of an error: short, and nothing that moves a terminal's cursor. */
  static String quote(String text) {
    StringBuilder plain = new StringBuilder();
    shorten(text)
        .chars()
        .forEach(
            c -> {
              if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                plain.append(String.format("\\u%04x", c));
              } else {
                plain.append((char) c);
              }
            });
    return "'" + plain + "'";
  }

  static String shorten(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }
}
