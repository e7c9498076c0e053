package dev.codicil.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON or YAML document as a tree that knows the line and column of every node. Made by {@link
 * DocumentReader}, which bounds bytes, nodes and depth.
 */
public final class SourceDocument {
  private final String file;
  private final JsonNode root;
  private final Positions positions;
  private final @Nullable Set<String> dollarKeys;
  private final boolean several;

  /**
   * @param dollarKeys all keys that begin with a dollar; null when there are too many to count
   */
  SourceDocument(
      String file,
      JsonNode root,
      Positions positions,
      @Nullable Set<String> dollarKeys,
      boolean several) {
    this.file = file;
    this.root = root;
    this.positions = positions;
    this.dollarKeys = dollarKeys;
    this.several = several;
  }

  /** The path it was read from. */
  public String file() {
    return file;
  }

  /** Whether the file holds several YAML documents, and the tree is the list of them. */
  public boolean several() {
    return several;
  }

  /** The whole tree; not to be changed. */
  public JsonNode root() {
    return root;
  }

  /** The node at an RFC 6901 pointer, or a missing node. */
  public JsonNode at(String pointer) {
    return root.at(pointer);
  }

  /**
   * The location of a pointer. Where the pointer leads nowhere, the line of its nearest ancestor
   * that exists. For a field the position is that of its name.
   */
  public Location locate(String pointer) {
    return positions.locate(file, root, pointer);
  }

  /**
   * The same for a child whose container is at hand, without going through the whole tree.
   *
   * @param container an object or array of this document
   * @param segment the name of its field, or the index of its item
   * @param pointer the pointer of the child
   */
  public Location locate(JsonNode container, String segment, String pointer) {
    Location location = positions.locate(file, container, segment, pointer);
    return location == null ? locate(pointer) : location;
  }

  /**
   * Whether a key that begins with a dollar stands anywhere in the document; may say yes where none
   * does, and never no where one does.
   */
  public boolean mayHave(String dollarKey) {
    return dollarKeys == null || dollarKeys.contains(dollarKey);
  }

  /** Appends an escaped segment to a pointer. */
  public static String child(String pointer, String segment) {
    return pointer + "/" + segment.replace("~", "~0").replace("/", "~1");
  }

  /** Appends an index to a pointer. */
  public static String child(String pointer, int index) {
    return pointer + "/" + index;
  }
}
