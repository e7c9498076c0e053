package dev.codicil.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds a located tree from parser events, on the heap and not on the stack, and within bounds.
 */
final class TreeBuilder {
  private record Open(JsonNode container, String pointer) {}

  private final String file;
  private final Map<String, Long> positions = new HashMap<>();
  private final Deque<Open> open = new ArrayDeque<>();
  private @Nullable JsonNode root;
  private @Nullable String name;
  private int nodes;

  TreeBuilder(String file) {
    this.file = file;
  }

  void startObject(int line, int column) {
    push(JsonNodeFactory.instance.objectNode(), line, column);
  }

  void startArray(int line, int column) {
    push(JsonNodeFactory.instance.arrayNode(), line, column);
  }

  void end() {
    open.pop();
  }

  void name(String fieldName, int line, int column) {
    Open parent = open.element();
    if (parent.container().has(fieldName)) {
      throw new InputException(
          new Location(file, line, column, SourceDocument.child(parent.pointer(), fieldName)),
          "the key '" + fieldName + "' stands twice in one object",
          "keep one of them");
    }
    name = fieldName;
    positions.put(SourceDocument.child(parent.pointer(), fieldName), pack(line, column));
  }

  void value(JsonNode value, int line, int column) {
    add(value, line, column);
  }

  SourceDocument finish() {
    if (root == null) {
      throw new InputException(
          Location.of(file), "the file is empty", "expected a JSON or YAML document");
    }
    return new SourceDocument(file, root, positions);
  }

  boolean inObject() {
    return !open.isEmpty() && open.element().container().isObject();
  }

  private void push(JsonNode container, int line, int column) {
    String pointer = add(container, line, column);
    if (open.size() >= Json.MAX_DEPTH) {
      throw new InputException(
          new Location(file, line, column, ""),
          "nested deeper than " + Json.MAX_DEPTH + " levels",
          "flatten the document");
    }
    open.push(new Open(container, pointer));
  }

  private String add(JsonNode value, int line, int column) {
    if (++nodes > DocumentReader.MAX_NODES) {
      throw new InputException(
          new Location(file, line, column, ""),
          "more than " + DocumentReader.MAX_NODES + " nodes",
          "split the document, and look for YAML aliases that multiply");
    }
    if (open.isEmpty()) {
      if (root != null) {
        throw new InputException(
            new Location(file, line, column, ""), "a second document in one file", "keep one");
      }
      root = value;
      positions.put("", pack(line, column));
      return "";
    }
    Open parent = open.element();
    if (parent.container() instanceof ObjectNode object && name != null) {
      String pointer = SourceDocument.child(parent.pointer(), name);
      object.set(name, value);
      name = null;
      return pointer;
    }
    ArrayNode array = (ArrayNode) parent.container();
    String pointer = SourceDocument.child(parent.pointer(), array.size());
    array.add(value);
    positions.put(pointer, pack(line, column));
    return pointer;
  }

  private static long pack(int line, int column) {
    return ((long) line << 32) | (column & 0xffffffffL);
  }
}
