package dev.codicil.formats.scc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.formats.pact.Spot;
import org.jspecify.annotations.Nullable;

/**
 * A body as a contract writes it.
 *
 * @param content a JSON value, or text, or base64
 * @param json whether the content is a JSON value
 * @param encoded whether the content is base64
 * @param mediaType to send it as, without parameters
 * @param origin where the content stands, in the contract or in a file of its own
 */
record WrittenBody(
    JsonNode content, boolean json, boolean encoded, String mediaType, @Nullable Spot origin) {

  /** Adds it to a part of a pact, under the name its version 4 gives it there. */
  void addTo(ObjectNode part, String field, String pointer, Mirror mirror) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("content", content);
    body.put("contentType", mediaType);
    body.set(
        "encoded",
        encoded
            ? JsonNodeFactory.instance.textNode("base64")
            : JsonNodeFactory.instance.booleanNode(false));
    part.set(field, body);
    if (origin != null) {
      mirror.put(pointer + "/" + field, origin);
      mirror.put(pointer + "/" + field + "/content", origin);
    }
  }
}
