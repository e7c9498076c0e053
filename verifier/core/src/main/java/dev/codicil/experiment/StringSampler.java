package dev.codicil.experiment;

import dev.codicil.chaos.Dice;
import dev.codicil.contract.Shape;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Strings of a shape: by format, by pattern, or a plain word of an allowed length. */
final class StringSampler {
  private static final int LONGEST = 5_000;
  private static final int USUAL = 8;

  private final Dice dice;

  StringSampler(Dice dice) {
    this.dice = dice;
  }

  /**
   * Draws a string.
   *
   * @param what name of the draw
   * @return a string, or why there is none
   */
  Drawn draw(Shape.Node node, String what) {
    int min = node.minLength() == null ? 0 : Math.max(0, node.minLength());
    int max = node.maxLength() == null ? Integer.MAX_VALUE : node.maxLength();
    if (min > max) {
      return Drawn.none("minLength " + min + " is more than maxLength " + max);
    }
    if (min > LONGEST) {
      return Drawn.none("minLength " + min + " is longer than what is generated (" + LONGEST + ")");
    }
    String pattern = node.pattern();
    String format = node.format();
    if (format != null) {
      Optional<String> formatted = format(format, min, max, what);
      if (formatted.isPresent()
          && fits(formatted.get(), min, max)
          && matches(pattern, formatted.get())) {
        return new Drawn(formatted, "");
      }
      if (formatted.isPresent() && pattern == null) {
        return Drawn.none("no " + format + " has a length from " + min + " to " + max);
      }
    }
    if (pattern != null) {
      Optional<String> matching = PatternSampler.draw(pattern, min, max, dice, what);
      return matching.isPresent()
          ? new Drawn(matching, "")
          : Drawn.none("no text was found for pattern " + shorten(pattern));
    }
    return new Drawn(Optional.of(word(Math.max(min, Math.min(max, USUAL)), what)), "");
  }

  /**
   * A drawn string.
   *
   * @param text empty when there is none
   * @param reason why there is none
   */
  record Drawn(Optional<String> text, String reason) {
    static Drawn none(String reason) {
      return new Drawn(Optional.empty(), reason);
    }
  }

  private static boolean fits(String text, int min, int max) {
    int length = text.codePointCount(0, text.length());
    return min <= length && length <= max;
  }

  private static boolean matches(@Nullable String pattern, String text) {
    return pattern == null || BoundedRegex.find(pattern, text).orElse(false);
  }

  private static String shorten(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }

  /** Empty for a format that asks nothing we know of. */
  private Optional<String> format(String format, int min, int max, String what) {
    String text =
        switch (format.toLowerCase(Locale.ROOT)) {
          case "date-time" -> date(what) + "T" + time(what) + "Z";
          case "date" -> date(what);
          case "time" -> time(what) + "Z";
          case "duration" -> "P" + (1 + dice.below(28, what + "#days")) + "D";
          case "uuid" -> uuid(what).toString();
          case "email", "idn-email" -> stretch("", "@example.test", min, max, what);
          case "hostname", "idn-hostname" -> hostname(min, what);
          case "ipv4" -> "192.0.2." + (1 + dice.below(254, what + "#host"));
          case "ipv6" -> "2001:db8::" + Integer.toHexString(1 + dice.below(0xfffe, what + "#host"));
          case "uri", "url", "iri" -> stretch("https://example.test/", "", min, max, what);
          case "uri-reference", "iri-reference", "uri-template", "json-pointer" ->
              stretch("/", "", min, max, what);
          case "byte", "base64" -> base64(min, what);
          default -> null;
        };
    return Optional.ofNullable(text);
  }

  private String date(String what) {
    return String.format(
        Locale.ROOT,
        "20%02d-%02d-%02d",
        24 + dice.below(6, what + "#year"),
        1 + dice.below(12, what + "#month"),
        1 + dice.below(28, what + "#day"));
  }

  private String time(String what) {
    int second = dice.below(86_400, what + "#second");
    return String.format(
        Locale.ROOT, "%02d:%02d:%02d", second / 3_600, second / 60 % 60, second % 60);
  }

  private UUID uuid(String what) {
    long high = dice.hash(what + "#high") & 0xffff_ffff_ffff_0fffL | 0x4000L;
    long low = dice.hash(what + "#low") & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  /** A word between two fixed parts, as long as the whole may and must be. */
  private String stretch(String before, String after, int min, int max, String what) {
    int fixed = before.length() + after.length();
    int length = Math.max(1, Math.max(min - fixed, Math.min(USUAL, max - fixed)));
    return before + word(length, what) + after;
  }

  private String hostname(int min, String what) {
    StringBuilder name = new StringBuilder(word(USUAL, what)).append(".test");
    for (int label = 0; name.length() < min; label++) {
      // A label has at most 63 characters.
      int length = Math.max(1, Math.min(60, min - name.length() - 1));
      name.insert(0, word(length, what + "#" + label) + ".");
    }
    return name.toString();
  }

  private String base64(int min, String what) {
    int length = (Math.max(min, 4) + 3) / 4 * 4;
    return word(length, what);
  }

  private String word(int length, String what) {
    StringBuilder word = new StringBuilder(length);
    long bits = 0;
    for (int i = 0; i < length; i++) {
      if (i % 12 == 0) {
        bits = dice.hash(what + "#word" + i);
      }
      word.append((char) ('a' + Long.remainderUnsigned(bits, 26)));
      bits = Long.divideUnsigned(bits, 26);
    }
    return word.toString();
  }
}
