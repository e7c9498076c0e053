package dev.codicil.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Line and column of every node, kept in the containers of the tree: one number a child in the
 * order of the document, since a large document has a million of them.
 */
final class Positions {
  /** Fewest fields for which an index by name is worth its memory. */
  private static final int INDEXED = 12;

  private static final long[] NONE = {};

  private long root = pack(1, 1);

  /** An object that knows where its fields are. */
  static final class LocatedObject extends ObjectNode {
    private static final long serialVersionUID = 1;

    private transient long[] children = NONE;
    private transient volatile @Nullable Map<String, Integer> index;

    LocatedObject() {
      super(JsonNodeFactory.instance);
    }

    private int index(String name) {
      if (children.length < INDEXED) {
        int at = 0;
        for (Iterator<String> names = fieldNames(); names.hasNext(); at++) {
          if (names.next().equals(name)) {
            return at;
          }
        }
        return -1;
      }
      Map<String, Integer> known = index;
      if (known == null) {
        known = new HashMap<>(children.length * 2);
        for (Iterator<String> names = fieldNames(); names.hasNext(); ) {
          known.put(names.next(), known.size());
        }
        index = known;
      }
      return known.getOrDefault(name, -1);
    }
  }

  /** An array that knows where its items are. */
  static final class LocatedArray extends ArrayNode {
    private static final long serialVersionUID = 1;

    private transient long[] children = NONE;

    LocatedArray() {
      super(JsonNodeFactory.instance);
    }
  }

  void root(int line, int column) {
    root = pack(line, column);
  }

  /** The positions of all children of a container that is complete. */
  void children(JsonNode container, long[] packed) {
    if (container instanceof LocatedObject object) {
      object.children = packed;
    } else if (container instanceof LocatedArray array) {
      array.children = packed;
    }
  }

  /** The location of a pointer, or that of its nearest ancestor that exists. */
  Location locate(String file, JsonNode tree, String pointer) {
    long found = root;
    JsonNode at = tree;
    int start = 0;
    while (start < pointer.length() && pointer.charAt(start) == '/') {
      int end = pointer.indexOf('/', start + 1);
      end = end < 0 ? pointer.length() : end;
      String segment = pointer.substring(start + 1, end).replace("~1", "/").replace("~0", "~");
      JsonNode child = at.isArray() ? item(at, segment) : at.get(segment);
      Long packed = child == null ? null : packed(at, segment);
      if (child == null || packed == null) {
        break;
      }
      found = packed;
      at = child;
      start = end;
    }
    return new Location(file, (int) (found >>> 32), (int) found, pointer);
  }

  /** The location of a child; null when its container has no such child. */
  @Nullable Location locate(String file, JsonNode container, String segment, String pointer) {
    Long packed = packed(container, segment);
    return packed == null
        ? null
        : new Location(file, (int) (packed >>> 32), (int) (long) packed, pointer);
  }

  private static @Nullable Long packed(JsonNode container, String segment) {
    long[] packed = NONE;
    int index = -1;
    if (container instanceof LocatedObject object) {
      packed = object.children;
      index = object.index(segment);
    } else if (container instanceof LocatedArray array) {
      packed = array.children;
      index = Integer.parseInt(segment);
    }
    return index < 0 || index >= packed.length ? null : packed[index];
  }

  private static @Nullable JsonNode item(JsonNode array, String segment) {
    if (segment.isEmpty() || segment.length() > 9) {
      return null;
    }
    for (int i = 0; i < segment.length(); i++) {
      if (segment.charAt(i) < '0' || segment.charAt(i) > '9') {
        return null;
      }
    }
    return array.get(Integer.parseInt(segment));
  }

  static long pack(int line, int column) {
    return ((long) line << 32) | (column & 0xffffffffL);
  }
}
