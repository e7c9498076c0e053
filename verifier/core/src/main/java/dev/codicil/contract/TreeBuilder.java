package dev.codicil.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Builds a located tree from parser events, on the heap and not on the stack, and within bounds.
 */
final class TreeBuilder {
  private static final int MOST_KEYWORDS = 100;

  /** A container that is not closed yet, and the name or index of the child that is being read. */
  private static final class Open {
    final JsonNode container;
    @Nullable String name;
    private long[] marks = new long[4];
    private int children;

    Open(JsonNode container) {
      this.container = container;
    }

    void mark(int line, int column) {
      if (children == marks.length) {
        marks = Arrays.copyOf(marks, children * 2);
      }
      marks[children++] = Positions.pack(line, column);
    }

    long[] marks() {
      return children == marks.length ? marks : Arrays.copyOf(marks, children);
    }
  }

  private final String file;
  private final boolean takesSeveral;
  private final Positions positions = new Positions();
  private final Deque<Open> open = new ArrayDeque<>();
  private final Set<String> keywords = new HashSet<>();
  private @Nullable JsonNode root;
  private @Nullable Open documents;
  private int rootLine;
  private int rootColumn;
  private int nodes;
  private int copied;

  /**
   * @param takesSeveral whether the roots of several documents become one list
   */
  TreeBuilder(String file, boolean takesSeveral) {
    this.file = file;
    this.takesSeveral = takesSeveral;
  }

  void startObject(int line, int column) {
    push(new Positions.LocatedObject(), line, column);
  }

  void startArray(int line, int column) {
    push(new Positions.LocatedArray(), line, column);
  }

  /** Closes the innermost container, and gives it. */
  JsonNode end() {
    Open closed = open.pop();
    positions.children(closed.container, closed.marks());
    return closed.container;
  }

  /** Adds a copy of what was read before; all of it has the given position. */
  void copy(JsonNode value, int line, int column) {
    if (++copied > DocumentReader.MAX_COPIED_NODES) {
      throw new InputException(
          new Location(file, line, column, ""),
          "aliases that stand for more than " + DocumentReader.MAX_COPIED_NODES + " nodes",
          "look for YAML aliases that multiply");
    }
    if (value.isObject()) {
      startObject(line, column);
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        name(field.getKey(), line, column);
        copy(field.getValue(), line, column);
      }
      end();
    } else if (value.isArray()) {
      startArray(line, column);
      for (JsonNode item : value) {
        copy(item, line, column);
      }
      end();
    } else {
      value(value, line, column);
    }
  }

  void name(String fieldName, int line, int column) {
    if (fieldName.startsWith("$") && keywords.size() < MOST_KEYWORDS) {
      keywords.add(fieldName);
    }
    Open parent = open.element();
    parent.name = fieldName;
    if (parent.container.has(fieldName)) {
      throw new InputException(
          new Location(file, line, column, pointer()),
          "the key '" + fieldName + "' stands twice in one object",
          "keep one of them");
    }
    parent.mark(line, column);
  }

  void value(JsonNode value, int line, int column) {
    add(value, line, column);
  }

  SourceDocument finish() {
    if (root == null) {
      throw new InputException(
          Location.of(file), "the file is empty", "expected a JSON or YAML document");
    }
    if (documents != null) {
      positions.children(documents.container, documents.marks());
    }
    Set<String> mentioned = keywords.size() < MOST_KEYWORDS ? Set.copyOf(keywords) : null;
    return new SourceDocument(file, root, positions, mentioned, documents != null);
  }

  boolean inObject() {
    return !open.isEmpty() && open.element().container.isObject();
  }

  private void push(JsonNode container, int line, int column) {
    add(container, line, column);
    if (open.size() >= Json.MAX_DEPTH) {
      throw new InputException(
          new Location(file, line, column, ""),
          "nested deeper than " + Json.MAX_DEPTH + " levels",
          "flatten the document");
    }
    open.push(new Open(container));
  }

  private void add(JsonNode value, int line, int column) {
    if (++nodes > DocumentReader.MAX_NODES) {
      throw new InputException(
          new Location(file, line, column, ""),
          "more than " + DocumentReader.MAX_NODES + " nodes",
          "split the document, and look for YAML aliases that multiply");
    }
    if (open.isEmpty()) {
      root(value, line, column);
      return;
    }
    Open parent = open.element();
    if (parent.container instanceof ObjectNode object && parent.name != null) {
      object.set(parent.name, value);
      return;
    }
    add(parent, value, line, column);
  }

  private void root(JsonNode value, int line, int column) {
    if (root == null) {
      root = value;
      rootLine = line;
      rootColumn = column;
      positions.root(line, column);
      return;
    }
    if (!takesSeveral) {
      throw new InputException(
          new Location(file, line, column, ""), "a second document in one file", "keep one");
    }
    if (documents == null) {
      documents = new Open(new Positions.LocatedArray());
      add(documents, root, rootLine, rootColumn);
      root = documents.container;
    }
    add(documents, value, line, column);
  }

  private static void add(Open array, JsonNode item, int line, int column) {
    array.mark(line, column);
    ((ArrayNode) array.container).add(item);
  }

  /** Where the reader is. Made only for messages: pointers of every node would be quadratic. */
  private String pointer() {
    String pointer = "";
    Iterator<Open> fromRoot = open.descendingIterator();
    while (fromRoot.hasNext()) {
      Open step = fromRoot.next();
      if (step.container.isArray()) {
        pointer = SourceDocument.child(pointer, step.container.size() - 1);
      } else if (step.name != null) {
        pointer = SourceDocument.child(pointer, step.name);
      }
    }
    return pointer;
  }
}
