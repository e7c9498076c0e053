package dev.codicil.experiment;

import dev.codicil.chaos.Dice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Strings that match a regular expression, for the part of the language that contracts use:
 * literals, classes, groups, alternatives, quantifiers, anchors. Look-around is passed over in the
 * hope that the result fits; every result is matched before it is given away.
 */
final class PatternSampler {
  private static final int LONGEST = 1_000;
  private static final int DEEPEST = 40;
  private static final int FEWEST_ATTEMPTS = 64;
  private static final int MOST_ROUNDS = 20_000;

  private final String pattern;
  private int at;
  private int depth;

  private PatternSampler(String pattern) {
    this.pattern = pattern;
  }

  /**
   * Draws a string.
   *
   * @param minLength fewest code points
   * @param maxLength most code points
   * @return empty when none was found within bounds
   */
  static Optional<String> draw(
      String pattern, int minLength, int maxLength, Dice dice, String what) {
    if (minLength > LONGEST || pattern.length() > LONGEST) {
      return Optional.empty();
    }
    Part root;
    try {
      PatternSampler parser = new PatternSampler(pattern);
      root = parser.alternatives();
      if (parser.at < pattern.length()) {
        return Optional.empty();
      }
    } catch (Unsupported unsupported) {
      return Optional.empty();
    }
    int attempts = Math.max(FEWEST_ATTEMPTS, minLength + 2);
    for (int attempt = 0; attempt < attempts; attempt++) {
      Draft draft =
          new Draft(attempt == 0 ? 2 : attempt - 1, dice.hash(what + "#pattern" + attempt));
      root.write(draft);
      String drawn = draft.text.toString();
      for (String candidate : List.of(drawn, pad(drawn, minLength))) {
        int length = candidate.codePointCount(0, candidate.length());
        if (length < minLength || length > maxLength) {
          continue;
        }
        Optional<Boolean> matches = BoundedRegex.find(pattern, candidate);
        if (matches.isEmpty()) {
          return Optional.empty();
        }
        if (matches.get()) {
          return Optional.of(candidate);
        }
      }
    }
    return Optional.empty();
  }

  private static String pad(String text, int length) {
    return text.length() >= length ? text : text + "a".repeat(length - text.length());
  }

  /** A construct that is not generated. */
  private static final class Unsupported extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unsupported() {
      super(null, null, false, false);
    }
  }

  /** A parsed part: writes one string of its language. */
  private interface Part {
    void write(Draft draft);
  }

  /** A string in the making. */
  private static final class Draft {
    final StringBuilder text = new StringBuilder();
    final int extra;
    final SplittableRandom random;
    private int rounds;

    Draft(int extra, long seed) {
      this.extra = extra;
      this.random = new SplittableRandom(seed);
    }

    /** Nested repetitions of nothing would not end by length alone. */
    boolean goesOn() {
      return ++rounds <= MOST_ROUNDS && text.length() <= LONGEST;
    }
  }

  private Part alternatives() {
    if (++depth > DEEPEST) {
      throw new Unsupported();
    }
    List<Part> choices = new ArrayList<>();
    choices.add(sequence());
    while (at < pattern.length() && pattern.charAt(at) == '|') {
      at++;
      choices.add(sequence());
    }
    depth--;
    return draft -> choices.get(draft.random.nextInt(choices.size())).write(draft);
  }

  private Part sequence() {
    List<Part> parts = new ArrayList<>();
    while (at < pattern.length() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
      parts.add(quantified(atom()));
    }
    return draft -> parts.forEach(part -> part.write(draft));
  }

  private Part quantified(Part part) {
    if (at >= pattern.length()) {
      return part;
    }
    int least = 1;
    int most = 1;
    switch (pattern.charAt(at)) {
      case '*' -> {
        least = 0;
        most = LONGEST;
        at++;
      }
      case '+' -> {
        most = LONGEST;
        at++;
      }
      case '?' -> {
        least = 0;
        at++;
      }
      case '{' -> {
        int end = pattern.indexOf('}', at);
        String inner = end < 0 ? "" : pattern.substring(at + 1, end);
        if (!inner.matches("[0-9]{1,9}(,[0-9]{0,9})?")) {
          return part;
        }
        int comma = inner.indexOf(',');
        least = Integer.parseInt(comma < 0 ? inner : inner.substring(0, comma));
        most = comma < 0 ? least : LONGEST;
        if (comma >= 0 && comma < inner.length() - 1) {
          most = Integer.parseInt(inner.substring(comma + 1));
        }
        at = end + 1;
      }
      default -> {
        return part;
      }
    }
    if (at < pattern.length() && (pattern.charAt(at) == '?' || pattern.charAt(at) == '+')) {
      at++;
    }
    if (least > LONGEST) {
      throw new Unsupported();
    }
    int fewest = least;
    int highest = most;
    return draft -> {
      int times = (int) Math.min(highest, (long) fewest + draft.extra);
      for (int i = 0; i < times && draft.goesOn(); i++) {
        part.write(draft);
      }
    };
  }

  private Part atom() {
    char c = pattern.charAt(at++);
    return switch (c) {
      case '(' -> group();
      case '[' -> one(characterClass());
      case '.' -> one(new CharacterSet().negated());
      case '^', '$' -> draft -> {};
      case '\\' -> {
        CharacterSet set = escape(false);
        yield set == null ? draft -> {} : one(set);
      }
      case '*', '+', '?' -> throw new Unsupported();
      default -> {
        int point = pattern.codePointAt(at - 1);
        at += Character.charCount(point) - 1;
        yield one(CharacterSet.of(point));
      }
    };
  }

  private static Part one(CharacterSet set) {
    return draft -> set.draw(draft.random).ifPresent(draft.text::append);
  }

  private Part group() {
    boolean passedOver = false;
    if (pattern.startsWith("?", at)) {
      at++;
      if (pattern.startsWith("=", at) || pattern.startsWith("!", at)) {
        at++;
        passedOver = true;
      } else if (pattern.startsWith("<=", at) || pattern.startsWith("<!", at)) {
        at += 2;
        passedOver = true;
      } else if (pattern.startsWith("<", at)) {
        at = after('>');
      } else {
        while (at < pattern.length() && Character.isLetter(pattern.charAt(at))) {
          at++;
        }
        if (pattern.startsWith(":", at) || pattern.startsWith(">", at)) {
          at++;
        } else if (!pattern.startsWith(")", at)) {
          throw new Unsupported();
        }
      }
    }
    Part inner = alternatives();
    if (!pattern.startsWith(")", at)) {
      throw new Unsupported();
    }
    at++;
    return passedOver ? draft -> {} : inner;
  }

  private int after(char end) {
    int index = pattern.indexOf(end, at);
    if (index < 0) {
      throw new Unsupported();
    }
    return index + 1;
  }

  private CharacterSet characterClass() {
    CharacterSet set = new CharacterSet();
    if (pattern.startsWith("^", at)) {
      at++;
      set.negated();
    }
    boolean first = true;
    while (true) {
      if (at >= pattern.length() || pattern.startsWith("&&", at)) {
        throw new Unsupported();
      }
      int low = pattern.codePointAt(at);
      at += Character.charCount(low);
      if (low == ']' && !first) {
        return set;
      }
      first = false;
      if (low == '\\') {
        CharacterSet escaped = escape(true);
        if (escaped == null) {
          throw new Unsupported();
        }
        if (!escaped.single()) {
          set.addAll(escaped);
          continue;
        }
        low = escaped.lowest();
      }
      int high = low;
      if (pattern.startsWith("-", at)
          && at + 1 < pattern.length()
          && pattern.charAt(at + 1) != ']') {
        at++;
        high = pattern.codePointAt(at);
        at += Character.charCount(high);
        if (high == '\\') {
          CharacterSet escaped = escape(true);
          if (escaped == null || !escaped.single()) {
            throw new Unsupported();
          }
          high = escaped.lowest();
        }
      }
      set.add(low, high);
    }
  }

  /** What a backslash stands for; null for what has no width. */
  private @Nullable CharacterSet escape(boolean inClass) {
    if (at >= pattern.length()) {
      throw new Unsupported();
    }
    int c = pattern.codePointAt(at);
    at += Character.charCount(c);
    return switch (c) {
      case 'd' -> new CharacterSet().add('0', '9');
      case 'w' -> CharacterSet.word();
      case 's' -> new CharacterSet().add(' ', ' ');
      case 'D' -> new CharacterSet().add('0', '9').negated();
      case 'W' -> CharacterSet.word().negated();
      case 'S' -> new CharacterSet().add(' ', ' ').add('\t', '\r').negated();
      case 'n' -> CharacterSet.of('\n');
      case 't' -> CharacterSet.of('\t');
      case 'r' -> CharacterSet.of('\r');
      case 'f' -> CharacterSet.of('\f');
      case 'x' -> CharacterSet.of(hex(2));
      case 'u' -> CharacterSet.of(hex(4));
      case 'p' -> property();
      case 'b' -> {
        if (inClass) {
          throw new Unsupported();
        }
        yield null;
      }
      case 'A', 'B', 'z', 'Z' -> null;
      default -> {
        if (Character.isLetterOrDigit(c)) {
          throw new Unsupported();
        }
        yield CharacterSet.of(c);
      }
    };
  }

  private int hex(int digits) {
    if (at + digits > pattern.length()) {
      throw new Unsupported();
    }
    try {
      int value = Integer.parseInt(pattern.substring(at, at + digits), 16);
      at += digits;
      return value;
    } catch (NumberFormatException notHex) {
      throw new Unsupported();
    }
  }

  private CharacterSet property() {
    if (!pattern.startsWith("{", at)) {
      throw new Unsupported();
    }
    int end = after('}');
    String name = pattern.substring(at + 1, end - 1);
    at = end;
    return switch (name) {
      case "L", "Ll", "Alpha", "Lower", "IsAlphabetic" -> new CharacterSet().add('a', 'z');
      case "Lu", "Upper" -> new CharacterSet().add('A', 'Z');
      case "N", "Nd", "Digit", "IsDigit" -> new CharacterSet().add('0', '9');
      case "Alnum" -> new CharacterSet().add('a', 'z').add('0', '9');
      default -> throw new Unsupported();
    };
  }
}
