package dev.codicil.formats.jsonschema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.Location;
import dev.codicil.contract.SourceDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A node of a document together with the way that leads to it. Compared by identity. */
public final class Place {
  private final SourceDocument document;
  private final String pointer;
  private final JsonNode node;

  public Place(SourceDocument document, String pointer, JsonNode node) {
    this.document = document;
    this.pointer = pointer;
    this.node = node;
  }

  public static Place root(SourceDocument document) {
    return new Place(document, "", document.root());
  }

  public SourceDocument document() {
    return document;
  }

  public JsonNode node() {
    return node;
  }

  /** The name of this place among all files: {@code file#pointer}. */
  public String id() {
    return document.file() + "#" + pointer;
  }

  public Location location() {
    return document.locate(pointer);
  }

  /** The field or item, or null when there is none. */
  public @Nullable Place get(String name) {
    JsonNode child = node.get(name);
    return child == null ? null : child(name, child);
  }

  /** The text of a field, or null when it is absent or no text. */
  public @Nullable String text(String name) {
    JsonNode child = node.get(name);
    return child != null && child.isTextual() ? child.textValue() : null;
  }

  public boolean flag(String name) {
    return node.path(name).asBoolean(false);
  }

  /** The reference this place consists of or starts with, or null. */
  public @Nullable String ref() {
    return text("$ref");
  }

  /** Items of an array, in order; empty for anything else. */
  public List<Place> items() {
    List<Place> items = new ArrayList<>();
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        items.add(new Place(document, SourceDocument.child(pointer, i), node.get(i)));
      }
    }
    return items;
  }

  /** Fields of an object, in document order; empty for anything else. */
  public List<Map.Entry<String, Place>> fields() {
    List<Map.Entry<String, Place>> fields = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      fields.add(Map.entry(field.getKey(), child(field.getKey(), field.getValue())));
    }
    return fields;
  }

  /** Fields of an object field, in document order; empty when it is absent or no object. */
  public List<Map.Entry<String, Place>> fields(String name) {
    Place child = get(name);
    return child == null ? List.of() : child.fields();
  }

  private Place child(String name, JsonNode child) {
    return new Place(document, SourceDocument.child(pointer, name), child);
  }

  @Override
  public String toString() {
    return id();
  }
}
