package dev.codicil.storm.run;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.codicil.chaos.Injection;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Mismatch;
import dev.codicil.history.CellRecord.MessageSketch;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of everything that is recorded what nobody may read: values of secrets, also when
 * written as JSON or URL text, and headers that carry credentials. Control characters become
 * visible, so that a recorded message cannot act on a terminal.
 */
final class Redactor {
  static final String MARK = "[redacted]";

  /** Most bytes of a body that are kept. */
  static final int BODY_LIMIT = 4096;

  /** Shorter values are no secrets, and taking them out would garble every message. */
  private static final int SHORTEST_SECRET = 4;

  private static final Set<String> CREDENTIALS =
      Set.of(
          "authorization",
          "proxy-authorization",
          "cookie",
          "set-cookie",
          "x-api-key",
          "x-auth-token");

  private final List<String> secrets;
  private final @Nullable CanaryWatch watch;

  Redactor(Set<String> values) {
    Set<String> forms = new TreeSet<>();
    for (String value : values) {
      for (String form : List.of(value, value.strip())) {
        forms.add(form);
        forms.add(new String(JsonStringEncoder.getInstance().quoteAsString(form)));
        forms.add(URLEncoder.encode(form, StandardCharsets.UTF_8));
        forms.add(URLEncoder.encode(form, StandardCharsets.UTF_8).replace("+", "%20"));
      }
    }
    secrets =
        forms.stream()
            .filter(form -> form.length() >= SHORTEST_SECRET)
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
    watch = null;
  }

  private Redactor(List<String> secrets, @Nullable CanaryWatch watch) {
    this.secrets = secrets;
    this.watch = watch;
  }

  /** The same, which takes out what is planted in a lane as well. */
  Redactor watching(@Nullable CanaryWatch canaries) {
    return canaries == null ? this : new Redactor(secrets, canaries);
  }

  /** What is planted in the lane; null when nothing is. */
  @Nullable CanaryWatch watch() {
    return watch;
  }

  /** Whether some secret stands in the text. */
  boolean finds(String text) {
    return secrets.stream().anyMatch(text::contains);
  }

  /** The text without secrets, control characters visible. */
  String text(String text) {
    String clean = text;
    for (String secret : secrets) {
      clean = clean.replace(secret, MARK);
    }
    return visible(watch == null ? clean : watch.without(clean));
  }

  List<Mismatch> mismatches(List<Mismatch> list) {
    return list.stream()
        .map(m -> new Mismatch(text(m.path()), text(m.expected()), text(m.actual())))
        .toList();
  }

  /** The map with secrets taken out of its keys; values are not touched. */
  Map<String, String> keys(Map<String, String> map) {
    Map<String, String> clean = new TreeMap<>();
    map.forEach((key, value) -> clean.put(text(key), value));
    return clean;
  }

  Injection injection(Injection line) {
    return new Injection(
        line.edge(), line.call(), line.stream(), line.fault(), text(line.detail()));
  }

  /**
   * A request for people.
   *
   * @param hidden names of further headers whose values are never shown, in lower case
   */
  MessageSketch sketch(HttpRequest request, Set<String> hidden) {
    return new MessageSketch(
        text(request.method() + " " + request.target()),
        headers(request.headers(), hidden),
        body(request.body().utf8()));
  }

  /** A reply for people. */
  MessageSketch sketch(HttpReply reply) {
    return new MessageSketch(
        "HTTP/1.1 " + reply.status(),
        headers(reply.headers(), Set.of()),
        body(reply.body().utf8()));
  }

  private List<String> headers(Headers headers, Set<String> hidden) {
    List<String> lines = new ArrayList<>();
    headers
        .asMap()
        .forEach(
            (name, values) -> {
              String lower = name.toLowerCase(Locale.ROOT);
              boolean hide = CREDENTIALS.contains(lower) || hidden.contains(lower);
              for (String value : values) {
                lines.add(text(name) + ": " + (hide ? MARK : text(value)));
              }
            });
    return lines;
  }

  /** Redacts first and cuts then, so that no half of a secret is left at the cut. */
  private String body(String body) {
    String clean = text(body);
    byte[] bytes = clean.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= BODY_LIMIT) {
      return clean;
    }
    int end = BODY_LIMIT;
    while (end > 0 && (bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8)
        + "\n[cut: "
        + (bytes.length - end)
        + " more bytes]";
  }

  private static String visible(String text) {
    StringBuilder out = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean keep = c == '\n' || c == '\t' || !acts(c);
      if (!keep && out == null) {
        out = new StringBuilder(text.length() + 16).append(text, 0, i);
      }
      if (out != null) {
        if (keep) {
          out.append(c);
        } else if (c < 0x20) {
          out.append((char) (0x2400 + c));
        } else {
          out.append(String.format("\\u%04x", (int) c));
        }
      }
    }
    return out == null ? text : out.toString();
  }

  /** Controls of both sets, line separators, and marks that turn the direction of text. */
  private static boolean acts(char c) {
    return Character.isISOControl(c)
        || c == '\u2028'
        || c == '\u2029'
        || c >= '\u202a' && c <= '\u202e'
        || c >= '\u2066' && c <= '\u2069';
  }
}
