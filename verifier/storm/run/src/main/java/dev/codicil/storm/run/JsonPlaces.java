package dev.codicil.storm.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Puts a text in a place of a JSON body. */
final class JsonPlaces {
  private JsonPlaces() {}

  /**
   * A copy with the text in this place; null when the object that it belongs to is not there.
   *
   * @param pointer RFC 6901 pointer of a field
   */
  static @Nullable JsonNode with(JsonNode body, String pointer, String text) {
    JsonNode copy = body.deepCopy();
    int slash = pointer.lastIndexOf('/');
    if (!(copy.at(pointer.substring(0, slash)) instanceof ObjectNode parent)) {
      return null;
    }
    parent.put(pointer.substring(slash + 1).replace("~1", "/").replace("~0", "~"), text);
    return copy;
  }
}
