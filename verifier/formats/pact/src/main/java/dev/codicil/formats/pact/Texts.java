package dev.codicil.formats.pact;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Small rules about text in HTTP messages. */
final class Texts {
  private static final int BRIEF = 160;
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}");
  private static final String PATH_SAFE = "-._~!$&'()*+,;=:@/";
  private static final String QUERY_SAFE = "-._~!$'()*,;:@/?[]";
  private static final Set<String> NOT_END_TO_END =
      Set.of(
          "connection",
          "content-length",
          "host",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private Texts() {}

  /** Short enough for one line of a report. */
  static String brief(String text) {
    String oneLine = text.replace('\n', ' ').replace('\r', ' ');
    if (oneLine.length() <= BRIEF) {
      return oneLine;
    }
    int end = Character.isHighSurrogate(oneLine.charAt(BRIEF - 1)) ? BRIEF - 1 : BRIEF;
    return oneLine.substring(0, end) + "...";
  }

  /** Whether this is a token of RFC 9110: a method or header name. */
  static boolean isToken(String text) {
    return TOKEN.matcher(text).matches();
  }

  /** Whether a header value stays on its line. */
  static boolean isHeaderValue(String text) {
    return text.chars().noneMatch(c -> (c < 0x20 && c != '\t') || c == 0x7f);
  }

  /** Whether the sender's own connection sets this header, not the contract. */
  static boolean isHopByHop(String header) {
    return NOT_END_TO_END.contains(header.toLowerCase(Locale.ROOT));
  }

  /** The path with everything encoded that may not stand there; what is encoded stays as it is. */
  static String encodePath(String path) {
    return encode(path, PATH_SAFE, true);
  }

  /** A whole query string with everything encoded that may not stand there. */
  static String encodeQuery(String query) {
    return encode(query, QUERY_SAFE + "&=+", true);
  }

  /** One name or value of a query, so that it decodes to exactly this text. */
  static String encodeQueryPart(String text) {
    return encode(text, QUERY_SAFE, false);
  }

  private static String encode(String text, String safe, boolean keepEscapes) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    while (bytes.hasRemaining()) {
      int b = bytes.get() & 0xff;
      boolean plain =
          (b >= 'a' && b <= 'z')
              || (b >= 'A' && b <= 'Z')
              || (b >= '0' && b <= '9')
              || safe.indexOf((char) b) >= 0;
      if (plain || (b == '%' && keepEscapes && isEscape(bytes))) {
        out.append((char) b);
      } else {
        out.append('%')
            .append(Character.toUpperCase(Character.forDigit(b >> 4, 16)))
            .append(Character.toUpperCase(Character.forDigit(b & 15, 16)));
      }
    }
    return out.toString();
  }

  private static boolean isEscape(ByteBuffer after) {
    return after.remaining() >= 2
        && Character.digit((char) after.get(after.position()), 16) >= 0
        && Character.digit((char) after.get(after.position() + 1), 16) >= 0;
  }
}
