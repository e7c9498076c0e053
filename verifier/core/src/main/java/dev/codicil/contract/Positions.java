package dev.codicil.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Line and column of every node, kept beside the tree: one number a child in the order of the
 * document, since a large document has a million of them.
 */
final class Positions {
  /** Fewest fields for which an index by name is worth its memory. */
  private static final int INDEXED = 12;

  private final Map<JsonNode, long[]> children = new IdentityHashMap<>();
  private final Map<JsonNode, Map<String, Integer>> indexes = new IdentityHashMap<>();
  private long root = pack(1, 1);

  void root(int line, int column) {
    root = pack(line, column);
  }

  /** The positions of all children of a container that is complete. */
  void children(JsonNode container, long[] packed) {
    if (packed.length == 0) {
      return;
    }
    children.put(container, packed);
    if (container.isObject() && packed.length >= INDEXED) {
      Map<String, Integer> index = new HashMap<>(packed.length * 2);
      for (Iterator<String> names = container.fieldNames(); names.hasNext(); ) {
        index.put(names.next(), index.size());
      }
      indexes.put(container, index);
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

  private @Nullable Long packed(JsonNode container, String segment) {
    long[] packed = children.get(container);
    int index = container.isArray() ? Integer.parseInt(segment) : index(container, segment);
    return packed == null || index < 0 || index >= packed.length ? null : packed[index];
  }

  private int index(JsonNode object, String name) {
    Map<String, Integer> index = indexes.get(object);
    if (index != null) {
      return index.getOrDefault(name, -1);
    }
    int at = 0;
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); at++) {
      if (names.next().equals(name)) {
        return at;
      }
    }
    return -1;
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
