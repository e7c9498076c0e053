package dev.codicil.pactbroker;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Expands the URI templates of links (RFC 6570): simple expansion ({@code {name}}) and form-style
 * queries ({@code {?a,b}}, {@code {&a,b}}), the ones the Pact Broker writes.
 */
final class UriTemplates {
  private static final Pattern EXPRESSION = Pattern.compile("\\{([?&]?)([A-Za-z0-9_.,]+)}");
  private static final String UNRESERVED = "-._~";

  private UriTemplates() {}

  /**
   * Expands a template; values are encoded wholly, so that a slash in a name stays in its segment.
   *
   * @throws NoSuchElementException when a path needs a value that is not there; one of a query is
   *     left out
   */
  static String expand(String template, Map<String, String> values) {
    Matcher matcher = EXPRESSION.matcher(template);
    StringBuilder uri = new StringBuilder();
    while (matcher.find()) {
      String operator = matcher.group(1);
      matcher.appendReplacement(
          uri,
          Matcher.quoteReplacement(
              operator.isEmpty()
                  ? simple(matcher.group(2), values)
                  : form(operator, matcher.group(2), values)));
    }
    return matcher.appendTail(uri).toString();
  }

  private static String simple(String names, Map<String, String> values) {
    List<String> encoded = new ArrayList<>();
    for (String name : names.split(",")) {
      String value = values.get(name);
      if (value == null) {
        throw new NoSuchElementException(name);
      }
      encoded.add(encode(value));
    }
    return String.join(",", encoded);
  }

  private static String form(String operator, String names, Map<String, String> values) {
    List<String> pairs = new ArrayList<>();
    for (String name : names.split(",")) {
      String value = values.get(name);
      if (value != null) {
        pairs.add(name + "=" + encode(value));
      }
    }
    return pairs.isEmpty() ? "" : operator + String.join("&", pairs);
  }

  /** Percent-encodes all but unreserved characters (RFC 3986, 2.3). */
  static String encode(String value) {
    StringBuilder encoded = new StringBuilder();
    for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xff);
      boolean plain =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || UNRESERVED.indexOf(c) >= 0;
      encoded.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
    }
    return encoded.toString();
  }
}
