package dev.codicil.formats.pact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.codicil.contract.Body;
import dev.codicil.contract.Json;
import dev.codicil.contract.Payload;
import dev.codicil.contract.Shape;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A body as a pact keeps it.
 *
 * @param mediaType without parameters; empty when there is no body
 * @param payload the bytes that go over the wire
 * @param json the example as a tree; null when the body is not JSON
 * @param pointer where the content stands
 */
record PactBody(String mediaType, Payload payload, @Nullable JsonNode json, Spot spot) {

  /**
   * Reads a body of any version.
   *
   * @param spot the {@code body} of a request or reply, the {@code contents} of a message
   * @param declared content type from headers or metadata; empty when there is none
   */
  static PactBody of(Spot spot, String declared, PactVersion version) {
    if (!spot.present()) {
      return new PactBody("", Payload.EMPTY, null, spot);
    }
    if (version.isV4() && spot.node().isObject()) {
      return wrapped(spot, declared);
    }
    JsonNode node = spot.node();
    if (!node.isTextual()) {
      String type = declared.isEmpty() ? MediaTypes.JSON : MediaTypes.base(declared);
      return new PactBody(type, Payload.of(node), MediaTypes.isJson(type) ? node : null, spot);
    }
    String text = node.textValue();
    String type = declared.isEmpty() ? MediaTypes.ofText(text) : MediaTypes.base(declared);
    return text(text, type, MediaTypes.isBinary(type) && !version.isV4(), spot);
  }

  private static PactBody wrapped(Spot spot, String declared) {
    Spot content = spot.child("content");
    if (content.node().isMissingNode()) {
      return new PactBody("", Payload.EMPTY, null, spot);
    }
    JsonNode node = content.node();
    Spot named = spot.child("contentType");
    String type = MediaTypes.base(named.present() ? named.text() : declared);
    if (type.isEmpty()) {
      type = node.isTextual() ? MediaTypes.ofText(node.textValue()) : MediaTypes.JSON;
    }
    String encoding = encoding(spot.child("encoded"));
    if (encoding.isEmpty() && (!node.isTextual() || MediaTypes.isJson(type))) {
      return new PactBody(type, Payload.of(node), MediaTypes.isJson(type) ? node : null, content);
    }
    if (!encoding.equals("base64")) {
      return text(content.text(), type, false, content);
    }
    try {
      Payload payload = Payload.of(Base64.getDecoder().decode(content.text()));
      JsonNode json = MediaTypes.isJson(type) ? payload.json().orElse(null) : null;
      return new PactBody(type, payload, json, content);
    } catch (IllegalArgumentException notBase64) {
      throw content.fail("content is declared base64 and is not");
    }
  }

  private static String encoding(Spot spot) {
    if (!spot.present() || (spot.node().isBoolean() && !spot.node().booleanValue())) {
      return "";
    }
    String name =
        spot.node().isBoolean() ? "base64" : spot.text().toLowerCase(java.util.Locale.ROOT);
    if (!name.equals("base64") && !name.equals("json")) {
      throw spot.fail("'" + Texts.brief(name) + "' is no encoding; expected base64 or json");
    }
    return name;
  }

  private static PactBody text(String text, String type, boolean base64, Spot spot) {
    if (base64) {
      try {
        return new PactBody(type, Payload.of(Base64.getDecoder().decode(text)), null, spot);
      } catch (IllegalArgumentException notBase64) {
        // Pact JVM takes it as plain text then, and so the bytes are these.
        return new PactBody(type, Payload.of(text), null, spot);
      }
    }
    return new PactBody(type, Payload.of(text), MediaTypes.isJson(type) ? parse(text) : null, spot);
  }

  private static @Nullable JsonNode parse(String text) {
    try {
      JsonNode node = Json.mapper().readTree(text);
      return node == null || node.isMissingNode() ? null : node;
    } catch (IOException notJson) {
      return null;
    }
  }

  boolean isEmpty() {
    return payload.isEmpty();
  }

  /** Declared as JSON, and not JSON. */
  boolean isMalformed() {
    return !isEmpty() && json == null && MediaTypes.isJson(mediaType);
  }

  /**
   * What the body may be.
   *
   * @param closed whether fields the example lacks are refused
   */
  Body model(Rules rules, boolean closed) {
    if (isEmpty()) {
      return Body.none(spot.location());
    }
    return new Body(true, Map.of(mediaType, shape(rules, closed)), spot.location());
  }

  private Shape shape(Rules rules, boolean closed) {
    if (json != null) {
      return new ShapeReader(spot.places(), closed).read(json, spot.pointer(), rules.body());
    }
    if (MediaTypes.isBinary(mediaType)) {
      return Shape.at(spot.location()).format("binary").build();
    }
    TextNode example = TextNode.valueOf(payload.utf8());
    if (MediaTypes.isXml(mediaType) || MediaTypes.isForm(mediaType)) {
      // Compared by structure, which a shape of text does not tell.
      return Shape.at(spot.location()).example(example).unread(List.of(mediaType)).build();
    }
    return new ShapeReader(spot.places(), closed).read(example, spot.pointer(), rules.body());
  }
}
