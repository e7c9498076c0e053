package dev.codicil.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.Payload;
import dev.codicil.contract.SourceDocument;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which fields a message had, so that one can tell whether a fault on a field could strike it. */
public final class SeenFields {
  /** Most pointers that are kept of one body. */
  public static final int MAX_POINTERS = 2_000;

  /** Longest pointer that is kept; what lies deeper is not seen. */
  public static final int MAX_LENGTH = 1_000;

  private record Node(String pointer, JsonNode value) {}

  private SeenFields() {}

  /**
   * JSON pointers of all fields and array items of a body, with {@code *} for any item. Where there
   * are more than {@value #MAX_POINTERS}, the ones nearest to the root are kept.
   *
   * @return empty when the body is not JSON
   */
  public static SortedSet<String> pointers(Payload body) {
    SortedSet<String> seen = new TreeSet<>();
    Deque<Node> open = new ArrayDeque<>();
    body.json().ifPresent(root -> open.add(new Node("", root)));
    while (!open.isEmpty() && seen.size() < MAX_POINTERS) {
      Node node = open.remove();
      if (node.value().isArray()) {
        String item = SourceDocument.child(node.pointer(), "*");
        for (JsonNode value : node.value()) {
          visit(item, value, seen, open);
        }
      } else {
        for (Map.Entry<String, JsonNode> field : node.value().properties()) {
          // Checked before the pointer is built: a body of long names must not cost its square.
          if (node.pointer().length() + field.getKey().length() < MAX_LENGTH) {
            String pointer = SourceDocument.child(node.pointer(), field.getKey());
            visit(pointer, field.getValue(), seen, open);
          }
        }
      }
    }
    return Collections.unmodifiableSortedSet(seen);
  }

  private static void visit(
      String pointer, JsonNode value, SortedSet<String> seen, Deque<Node> open) {
    if (pointer.length() > MAX_LENGTH || seen.size() >= MAX_POINTERS && !seen.contains(pointer)) {
      return;
    }
    seen.add(pointer);
    if (value.isContainerNode()) {
      open.add(new Node(pointer, value));
    }
  }
}
