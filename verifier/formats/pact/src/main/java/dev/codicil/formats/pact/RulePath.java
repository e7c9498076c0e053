package dev.codicil.formats.pact;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path expression of a pact, such as {@code $.items[*].id}, without its root.
 *
 * @param tokens in order
 */
public record RulePath(List<Token> tokens) {

  /**
   * One step.
   *
   * @param name field name; null for an index or wildcard
   * @param index array index; -1 for any other step
   * @param anyIndex whether it is {@code [*]}; a token with neither name nor index that is not this
   *     is {@code .*}
   */
  public record Token(@Nullable String name, int index, boolean anyIndex) {
    static Token field(String name) {
      return new Token(name, -1, false);
    }
  }

  public RulePath {
    tokens = List.copyOf(tokens);
  }

  /** Parses {@code text}; null when it is no path expression. */
  public static @Nullable RulePath parse(String text) {
    if (!text.startsWith("$")) {
      return null;
    }
    List<Token> tokens = new ArrayList<>();
    int at = 1;
    while (at < text.length()) {
      char c = text.charAt(at);
      int end;
      if (c == '.') {
        end = at + 1;
        while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '[') {
          end++;
        }
        String name = text.substring(at + 1, end);
        if (name.isEmpty()) {
          return null;
        }
        tokens.add(name.equals("*") ? new Token(null, -1, false) : Token.field(name));
      } else if (c == '[') {
        end = bracket(text, at, tokens);
      } else {
        return null;
      }
      if (end < 0) {
        return null;
      }
      at = end;
    }
    return new RulePath(tokens);
  }

  private static int bracket(String text, int at, List<Token> tokens) {
    char quote = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
    if (quote == '\'' || quote == '"') {
      int end = text.indexOf(quote, at + 2);
      if (end <= at + 2 || end + 1 >= text.length() || text.charAt(end + 1) != ']') {
        return -1;
      }
      tokens.add(Token.field(text.substring(at + 2, end)));
      return end + 2;
    }
    int end = text.indexOf(']', at);
    if (end < 0) {
      return -1;
    }
    String inside = text.substring(at + 1, end);
    if (inside.equals("*")) {
      tokens.add(new Token(null, -1, true));
    } else if (inside.matches("[0-9]{1,9}")) {
      tokens.add(new Token(null, Integer.parseInt(inside), false));
    } else {
      return -1;
    }
    return end + 1;
  }
}
