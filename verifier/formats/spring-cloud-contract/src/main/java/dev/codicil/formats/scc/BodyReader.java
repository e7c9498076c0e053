package dev.codicil.formats.scc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.codicil.contract.DocumentReader;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Json;
import dev.codicil.contract.SourceDocument;
import dev.codicil.formats.pact.Spot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads bodies that stand in the contract or in a file beside it. */
final class BodyReader {
  private static final String JSON = "application/json";

  private final SiblingFiles files;

  BodyReader(SiblingFiles files) {
    this.files = files;
  }

  /** The files that bodies may be kept in. */
  SiblingFiles files() {
    return files;
  }

  /**
   * The body of a part; null when it has none.
   *
   * @param names of the three keys that a body may stand under: in place, as a file, as bytes
   * @param contentType as the headers declare it; empty when they do not
   */
  @Nullable WrittenBody read(
      Spot part, String contentType, String inPlace, String asFile, String asBytes) {
    List<Spot> written = new ArrayList<>();
    for (String key : List.of(inPlace, asFile, asBytes)) {
      if (part.child(key).present()) {
        written.add(part.child(key));
      }
    }
    if (written.isEmpty()) {
      return null;
    }
    if (written.size() > 1) {
      throw written.get(1).fail("there are two bodies; keep one");
    }
    Spot spot = written.get(0);
    if (part.child(inPlace).present()) {
      return spot.node().isTextual()
          ? text(spot.node().textValue(), contentType, spot)
          : json(spot.node(), contentType, spot);
    }
    return part.child(asFile).present() ? file(spot, contentType) : bytes(spot, contentType);
  }

  private WrittenBody file(Spot reference, String contentType) {
    byte[] bytes = files.read(reference);
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw reference.fail("the file is not valid UTF-8; name it as bodyFromFileAsBytes");
    }
    if (!mayBeJson(text, contentType)) {
      return new WrittenBody(
          TextNode.valueOf(text), false, false, mediaType(contentType, text), reference);
    }
    try {
      SourceDocument document = DocumentReader.read(files.path(reference), bytes);
      return json(document.root(), contentType, Spot.root(document));
    } catch (InputException malformed) {
      if (isJson(contentType)) {
        throw malformed;
      }
      return new WrittenBody(TextNode.valueOf(text), false, false, "text/plain", reference);
    }
  }

  private WrittenBody bytes(Spot reference, String contentType) {
    String content = Base64.getEncoder().encodeToString(files.read(reference));
    String type = base(contentType);
    return new WrittenBody(
        TextNode.valueOf(content),
        false,
        true,
        type.isEmpty() ? "application/octet-stream" : type,
        reference);
  }

  /** A text that is a JSON object or array is one, as Spring Cloud Contract takes it. */
  private static WrittenBody text(String text, String contentType, Spot origin) {
    if (mayBeJson(text, contentType)) {
      try {
        JsonNode node = Json.mapper().readTree(text);
        return new WrittenBody(node, true, false, mediaType(contentType, JSON), flat(origin));
      } catch (IOException notJson) {
        if (isJson(contentType)) {
          throw origin.fail("the body is declared as JSON and is not");
        }
        return new WrittenBody(TextNode.valueOf(text), false, false, "text/plain", origin);
      }
    }
    return new WrittenBody(
        TextNode.valueOf(text), false, false, mediaType(contentType, text), origin);
  }

  /** A text has one place only, which all that is inside of it shares. */
  private static Spot flat(Spot origin) {
    return new Spot(pointer -> origin.location(), "", origin.node());
  }

  private static WrittenBody json(JsonNode node, String contentType, Spot origin) {
    String type = base(contentType);
    boolean json = type.isEmpty() || isJson(type);
    return new WrittenBody(node, json, false, type.isEmpty() ? JSON : type, origin);
  }

  private static boolean mayBeJson(String text, String contentType) {
    String start = text.stripLeading();
    String type = base(contentType);
    boolean container = start.startsWith("{") || start.startsWith("[");
    return type.isEmpty() ? container : isJson(type) && !start.isEmpty();
  }

  private static String mediaType(String contentType, String text) {
    String type = base(contentType);
    if (!type.isEmpty()) {
      return type;
    }
    return text.equals(JSON)
        ? JSON
        : text.stripLeading().startsWith("<") ? "application/xml" : "text/plain";
  }

  /** Whether a content type is JSON. */
  static boolean isJson(String contentType) {
    String type = base(contentType);
    return type.equals(JSON) || type.equals("text/json") || type.endsWith("+json");
  }

  /** Without parameters, in lower case. */
  static String base(String contentType) {
    int semicolon = contentType.indexOf(';');
    return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
        .trim()
        .toLowerCase(Locale.ROOT);
  }
}
