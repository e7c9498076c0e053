package dev.codicil.contract;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON and YAML 1.2 into located trees. Bounded: {@value #MAX_BYTES} bytes, {@value
 * #MAX_NODES} nodes, {@value Json#MAX_DEPTH} levels; YAML aliases are counted as often as they are
 * used, so that they cannot explode.
 */
public final class DocumentReader {
  /** Largest document, in bytes. */
  public static final int MAX_BYTES = 64 << 20;

  /** Most nodes of a document, aliases counted as often as used. */
  public static final int MAX_NODES = 4_000_000;

  /** Most nodes that YAML aliases may stand for, all together. */
  public static final int MAX_COPIED_NODES = 300_000;

  private static final char REPLACEMENT = '\uFFFD';

  private DocumentReader() {}

  /**
   * Reads one document; JSON when its first character is a brace or bracket and YAML otherwise.
   *
   * @throws InputException with line and column, when the bytes are not one well-formed document
   *     within the bounds
   */
  public static SourceDocument read(String file, byte[] bytes) {
    return read(file, bytes, false);
  }

  /**
   * Reads one document, or several in one YAML file, which become a list.
   *
   * @throws InputException with line and column, when the bytes are not well-formed, or not within
   *     the bounds all together
   */
  public static SourceDocument readAll(String file, byte[] bytes) {
    return read(file, bytes, true);
  }

  private static SourceDocument read(String file, byte[] bytes, boolean takesSeveral) {
    if (bytes.length > MAX_BYTES) {
      throw new InputException(
          Location.of(file),
          "the file has " + bytes.length + " bytes, more than the " + MAX_BYTES + " that are read",
          "split the document, or name a smaller one");
    }
    if (startsAsJson(bytes)) {
      JsonColumns columns = new JsonColumns(bytes, checked(file, bytes));
      try {
        return json(file, columns);
      } catch (JsonProcessingException malformed) {
        // Read again as text below: errors are told in characters.
      }
    }
    String text = decode(file, bytes);
    int start = firstVisible(text);
    if (start < 0) {
      throw new InputException(
          Location.of(file), "the file is empty", "expected a JSON or YAML document");
    }
    char first = text.charAt(start);
    return first == '{' || first == '['
        ? json(file, text)
        : YamlTree.read(file, text, takesSeveral);
  }

  /** Whether the bytes are surely JSON; null bytes would make the parser guess at an encoding. */
  private static boolean startsAsJson(byte[] bytes) {
    int at = JsonColumns.start(bytes);
    for (int i = at; i < Math.min(at + 4, bytes.length); i++) {
      if (bytes[i] == 0) {
        return false;
      }
    }
    while (at < bytes.length && (bytes[at] == ' ' || bytes[at] >= '\t' && bytes[at] <= '\r')) {
      at++;
    }
    return at < bytes.length && (bytes[at] == '{' || bytes[at] == '[');
  }

  private static int firstVisible(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!Character.isWhitespace(text.charAt(i))) {
        return i;
      }
    }
    return -1;
  }

  private static String decode(String file, byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    // The quick way replaces what is malformed; only then is it worth asking whether anything was.
    if (text.indexOf(REPLACEMENT) >= 0) {
      checked(file, bytes);
    }
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /**
   * The number of characters in UTF-8 text, which is not kept.
   *
   * @throws InputException when it is none
   */
  private static long checked(String file, byte[] bytes) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(8192);
    long characters = 0;
    CoderResult result;
    do {
      result = decoder.decode(in, out, true);
      if (result.isError()) {
        throw new InputException(
            Location.of(file), "the file is not valid UTF-8", "save it as UTF-8");
      }
      characters += out.position();
      out.clear();
    } while (result.isOverflow());
    return characters;
  }

  /**
   * From the bytes, which is much faster than from a text of them.
   *
   * @throws JsonProcessingException when they are not well-formed
   */
  private static SourceDocument json(String file, JsonColumns columns)
      throws JsonProcessingException {
    try (JsonParser parser = columns.parser()) {
      return tree(file, parser, columns);
    } catch (JsonProcessingException malformed) {
      throw malformed;
    } catch (IOException impossible) {
      throw new InputException(Location.of(file), "cannot be read: " + impossible.getMessage(), "");
    }
  }

  private static SourceDocument json(String file, String text) {
    try (JsonParser parser = Json.mapper().createParser(text)) {
      return tree(file, parser, null);
    } catch (JsonProcessingException malformed) {
      JsonLocation at = malformed.getLocation();
      int line = at == null ? 0 : at.getLineNr();
      int column = at == null ? 0 : at.getColumnNr();
      throw new InputException(
          new Location(file, line, column, ""),
          "not well-formed JSON: " + malformed.getOriginalMessage(),
          "");
    } catch (IOException impossible) {
      throw new InputException(Location.of(file), "cannot be read: " + impossible.getMessage(), "");
    }
  }

  private static SourceDocument tree(String file, JsonParser parser, @Nullable JsonColumns columns)
      throws IOException {
    TreeBuilder tree = new TreeBuilder(file, false);
    // The tree finds duplicate keys itself, and for less.
    parser.disable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
      if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
        tree.end();
        continue;
      }
      JsonLocation at = parser.currentTokenLocation();
      int line = at.getLineNr();
      int column = columns == null ? at.getColumnNr() : columns.of(at);
      switch (token) {
        case START_OBJECT -> tree.startObject(line, column);
        case START_ARRAY -> tree.startArray(line, column);
        case FIELD_NAME -> tree.name(parser.currentName(), line, column);
        default -> tree.value(scalar(parser, token), line, column);
      }
    }
    return tree.finish();
  }

  private static JsonNode scalar(JsonParser parser, JsonToken token) throws IOException {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (token) {
      case VALUE_STRING -> nodes.textNode(parser.getText());
      case VALUE_NUMBER_INT -> nodes.numberNode(parser.getBigIntegerValue());
      case VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDecimalValue());
      case VALUE_TRUE -> nodes.booleanNode(true);
      case VALUE_FALSE -> nodes.booleanNode(false);
      default -> nodes.nullNode();
    };
  }
}
