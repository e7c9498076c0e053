package dev.codicil.chaos.fault;

import com.fasterxml.jackson.core.JsonParser;
import dev.codicil.contract.Json;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Payload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A JSON body as text, in which fields can be cut out or replaced while every other character
 * stays: order, white space, escapes and the writing of numbers. Immutable.
 *
 * <p>Pointers are RFC 6901, and {@code *} stands for every item where it meets an array. The empty
 * pointer leads to the whole.
 */
final class JsonText {
  private final String text;
  private final int start;

  private record Span(int start, int end) {}

  private JsonText(String text, int start) {
    this.text = text;
    this.start = start;
  }

  /** The body as text; empty when it is not one well-formed JSON value in UTF-8. */
  static Optional<JsonText> of(Payload body) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(body.bytes()))
              .toString();
      int start = text.startsWith("\uFEFF") ? 1 : 0;
      return wellFormed(text.substring(start))
          ? Optional.of(new JsonText(text, start))
          : Optional.empty();
    } catch (CharacterCodingException notUtf8) {
      return Optional.empty();
    }
  }

  /**
   * Whether a pointer surely leads nowhere in a JSON object or array, which its bytes tell without
   * reading it: the name it ends with does not occur, and nothing is escaped.
   */
  static boolean surelyLacks(Payload body, String pointer) {
    List<String> tokens = tokens(pointer);
    String name = tokens.isEmpty() ? "" : tokens.get(tokens.size() - 1);
    if (name.isEmpty() || name.equals("*") || Character.isDigit(name.charAt(0))) {
      return false;
    }
    byte[] bytes = body.bytes();
    if (bytes.length == 0 || bytes[0] != '{' && bytes[0] != '[') {
      return false; // not JSON, perhaps, and then that is what is told
    }
    byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\\') {
        return false;
      }
      if (bytes[i] == wanted[0]
          && i + wanted.length <= bytes.length
          && Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return false;
      }
    }
    return true;
  }

  private static boolean wellFormed(String text) {
    try (JsonParser parser = Json.mapper().createParser(text)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (IOException malformed) {
      return false;
    }
  }

  /** Types of the values the pointer leads to, in order; empty when it leads nowhere. */
  List<JsonType> types(String pointer) {
    return find(pointer).values.stream().map(span -> typeAt(span.start())).toList();
  }

  /** The values the pointer leads to, as they are written, in order. */
  List<String> texts(String pointer) {
    return find(pointer).values.stream().map(this::written).toList();
  }

  private String written(Span span) {
    return text.substring(span.start(), span.end());
  }

  /** The body without the fields or items the pointer leads to. */
  Payload without(String pointer) {
    List<Span> cuts = find(pointer).cuts;
    return splice(cuts, span -> "");
  }

  /** The body with the values the pointer leads to replaced by JSON text chosen by their type. */
  Payload with(String pointer, Function<JsonType, String> replacement) {
    return splice(find(pointer).values, span -> replacement.apply(typeAt(span.start())));
  }

  /** The body with each value the pointer leads to rewritten, from how it is written. */
  Payload rewritten(String pointer, UnaryOperator<String> edit) {
    return splice(find(pointer).values, span -> edit.apply(written(span)));
  }

  private Payload splice(List<Span> spans, Function<Span, String> replacement) {
    StringBuilder spliced = new StringBuilder(text.length() + 16);
    int done = 0;
    for (Span span : spans) {
      spliced.append(text, done, span.start()).append(replacement.apply(span));
      done = span.end();
    }
    return Payload.of(spliced.append(text, done, text.length()).toString());
  }

  private JsonType typeAt(int at) {
    return switch (text.charAt(at)) {
      case '{' -> JsonType.OBJECT;
      case '[' -> JsonType.ARRAY;
      case '"' -> JsonType.STRING;
      case 't', 'f' -> JsonType.BOOLEAN;
      case 'n' -> JsonType.NULL;
      default -> JsonType.NUMBER;
    };
  }

  private Walk find(String pointer) {
    Walk walk = new Walk(tokens(pointer));
    if (pointer.isEmpty() || !walk.tokens.isEmpty()) {
      walk.value(start, 0);
    }
    return walk;
  }

  private static List<String> tokens(String pointer) {
    List<String> tokens = new ArrayList<>();
    if (!pointer.startsWith("/")) {
      return tokens;
    }
    for (String token : pointer.substring(1).split("/", -1)) {
      tokens.add(token.replace("~1", "/").replace("~0", "~"));
    }
    return tokens;
  }

  /** One pass over the text, which is known to be well-formed. */
  private final class Walk {
    final List<String> tokens;
    final List<Span> values = new ArrayList<>();
    final List<Span> cuts = new ArrayList<>();
    private int at;

    Walk(List<String> tokens) {
      this.tokens = tokens;
    }

    /** Visits the value at or after {@code from}; leaves {@code at} behind it. */
    void value(int from, int depth) {
      at = from;
      skipSpace();
      char first = text.charAt(at);
      if (depth == tokens.size()) {
        int begin = at;
        skipValue();
        values.add(new Span(begin, at));
      } else if (first == '{' || first == '[') {
        container(first == '{', depth);
      } else {
        skipValue();
      }
    }

    private void container(boolean object, int depth) {
      String wanted = tokens.get(depth);
      boolean last = depth == tokens.size() - 1;
      List<Span> children = new ArrayList<>();
      List<Integer> hits = new ArrayList<>();
      at++;
      skipSpace();
      for (int index = 0; text.charAt(at) != '}' && text.charAt(at) != ']'; index++) {
        int begin = at;
        if (object ? name().equals(wanted) : isItem(wanted, index)) {
          hits.add(index);
          value(at, depth + 1);
        } else {
          skipSpace();
          skipValue();
        }
        if (last) {
          children.add(new Span(begin, at));
        }
        skipSpace();
        if (text.charAt(at) == ',') {
          at++;
          skipSpace();
        }
      }
      at++;
      if (last) {
        cut(children, hits);
      }
    }

    /** With each child goes one comma: the one before it, or where no child stays before, after. */
    private void cut(List<Span> children, List<Integer> hits) {
      int gone = 0;
      for (int hit : hits) {
        boolean noneBefore = hit == gone++;
        Span child = children.get(hit);
        if (!noneBefore) {
          cuts.add(new Span(children.get(hit - 1).end(), child.end()));
        } else if (hit + 1 < children.size()) {
          cuts.add(new Span(child.start(), children.get(hit + 1).start()));
        } else {
          cuts.add(child);
        }
      }
    }

    private boolean isItem(String wanted, int index) {
      return wanted.equals("*") || wanted.equals(Integer.toString(index));
    }

    private String name() {
      int begin = at;
      skipString();
      String raw = text.substring(begin + 1, at - 1);
      String name = raw.indexOf('\\') < 0 ? raw : unescape(text.substring(begin, at));
      skipSpace();
      at++;
      return name;
    }

    private void skipValue() {
      int depth = 0;
      do {
        char next = text.charAt(at);
        if (next == '"') {
          skipString();
        } else if (next == '{' || next == '[') {
          depth++;
          at++;
        } else if (next == '}' || next == ']') {
          depth--;
          at++;
        } else if (depth > 0) {
          at++;
        } else {
          skipScalar();
        }
      } while (depth > 0);
    }

    private void skipScalar() {
      while (at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0) {
        at++;
      }
    }

    private void skipString() {
      at++;
      while (text.charAt(at) != '"') {
        at += text.charAt(at) == '\\' ? 2 : 1;
      }
      at++;
    }

    private void skipSpace() {
      while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
    }
  }

  private static String unescape(String quoted) {
    try {
      return Json.mapper().readValue(quoted, String.class);
    } catch (IOException impossible) {
      throw new IllegalStateException("a name that was well-formed before: " + quoted, impossible);
    }
  }
}
