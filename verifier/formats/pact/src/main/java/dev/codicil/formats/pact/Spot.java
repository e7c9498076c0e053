package dev.codicil.formats.pact;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.InputException;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Location;
import dev.codicil.contract.SourceDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A node of a document together with where it stands; wrong types fail at their line.
 *
 * @param places where the nodes of its tree were written
 * @param pointer from the root of that tree
 * @param node a missing node where the pointer leads nowhere
 */
public record Spot(Places places, String pointer, JsonNode node) {

  /** The root of a document. */
  public static Spot root(SourceDocument document) {
    return new Spot(document::locate, "", document.root());
  }

  /** A field; missing where there is none. */
  public Spot child(String name) {
    return new Spot(places, SourceDocument.child(pointer, name), node.path(name));
  }

  /** Whether there is a value other than null. */
  public boolean present() {
    return !node.isMissingNode() && !node.isNull();
  }

  /** Where it was written. */
  public Location location() {
    return places.locate(pointer);
  }

  /** The error that this cannot be used. */
  public InputException fail(String what) {
    return new InputException(location(), what, "");
  }

  private InputException wrongType(String expected) {
    return fail(name() + " must be " + expected + ", but is " + kind());
  }

  /**
   * This, when it is an object.
   *
   * @throws InputException when it is none
   */
  public Spot object() {
    if (!node.isObject()) {
      throw wrongType("an object");
    }
    return this;
  }

  /**
   * The text of a string.
   *
   * @throws InputException when it is none
   */
  public String text() {
    if (!node.isTextual()) {
      throw wrongType("a string");
    }
    return node.textValue();
  }

  /** A string, or the text of a number or boolean. */
  public String scalarText() {
    if (!node.isValueNode() || node.isNull()) {
      throw wrongType("a string");
    }
    return node.asText();
  }

  /**
   * The text of a string that is not blank.
   *
   * @throws InputException when it is none
   */
  public String visibleText() {
    if (!node.isTextual() || node.textValue().isBlank()) {
      throw wrongType("a non-empty string");
    }
    return node.textValue();
  }

  /**
   * The items of an array.
   *
   * @throws InputException when it is none
   */
  public List<Spot> items() {
    if (!node.isArray()) {
      throw wrongType("an array");
    }
    List<Spot> items = new ArrayList<>(node.size());
    for (int i = 0; i < node.size(); i++) {
      items.add(new Spot(places, SourceDocument.child(pointer, i), node.get(i)));
    }
    return items;
  }

  /**
   * The fields of an object, in document order.
   *
   * @throws InputException when it is none
   */
  public Map<String, Spot> fields() {
    object();
    Map<String, Spot> fields = new LinkedHashMap<>();
    node.fieldNames().forEachRemaining(name -> fields.put(name, child(name)));
    return fields;
  }

  private String name() {
    return pointer.isEmpty()
        ? "the document"
        : pointer.substring(pointer.lastIndexOf('/') + 1).replace("~1", "/").replace("~0", "~");
  }

  private String kind() {
    if (node.isMissingNode()) {
      return "missing";
    }
    if (node.isTextual() && node.textValue().isBlank()) {
      return "blank";
    }
    return switch (JsonType.of(node)) {
      case OBJECT -> "an object";
      case ARRAY -> "an array";
      case INTEGER -> "an integer";
      case NULL -> "null";
      default -> "a " + JsonType.of(node).label();
    };
  }
}
