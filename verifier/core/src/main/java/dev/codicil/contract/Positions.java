package dev.codicil.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Line and column of every node, kept beside the tree by container. Memory grows with the nodes and
 * not with the length of their pointers.
 */
final class Positions {
  private final Map<JsonNode, Map<String, Long>> names = new IdentityHashMap<>();
  private final Map<JsonNode, long[]> items = new IdentityHashMap<>();
  private long root = pack(1, 1);

  void root(int line, int column) {
    root = pack(line, column);
  }

  void name(JsonNode object, String name, int line, int column) {
    names.computeIfAbsent(object, unused -> new HashMap<>()).put(name, pack(line, column));
  }

  void item(JsonNode array, int index, int line, int column) {
    long[] packed = items.computeIfAbsent(array, unused -> new long[4]);
    if (index >= packed.length) {
      packed = Arrays.copyOf(packed, packed.length * 2);
      items.put(array, packed);
    }
    packed[index] = pack(line, column);
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

  private @Nullable Long packed(JsonNode container, String segment) {
    if (container.isArray()) {
      long[] packed = items.get(container);
      return packed == null ? null : packed[Integer.parseInt(segment)];
    }
    return names.getOrDefault(container, Map.of()).get(segment);
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

  private static long pack(int line, int column) {
    return ((long) line << 32) | (column & 0xffffffffL);
  }
}
