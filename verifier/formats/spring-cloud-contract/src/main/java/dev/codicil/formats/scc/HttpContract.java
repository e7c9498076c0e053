package dev.codicil.formats.scc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.contract.SourceDocument;
import dev.codicil.formats.pact.Notes;
import dev.codicil.formats.pact.Spot;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes a contract with request and response as an interaction of a pact. */
final class HttpContract {
  private static final String CONTENT_TYPE = "Content-Type";

  private final BodyReader bodies;
  private final Mirror mirror;
  private final Notes notes;
  private final Matchers matchers;
  private final BodyMatchers bodyMatchers;
  private final MultipartBody multipart;

  HttpContract(BodyReader bodies, Mirror mirror, Notes notes) {
    this.bodies = bodies;
    this.mirror = mirror;
    this.notes = notes;
    matchers = new Matchers(mirror, notes);
    bodyMatchers = new BodyMatchers(matchers, mirror, notes);
    multipart = new MultipartBody(bodies.files(), notes);
  }

  /**
   * Writes it.
   *
   * @throws dev.codicil.contract.InputException when it cannot be replayed or judged as written
   */
  ObjectNode read(Spot contract, String pointer) {
    ObjectNode made = JsonNodeFactory.instance.objectNode().put("type", "Synchronous/HTTP");
    mirror.put(pointer + "/request", contract.child("request"));
    mirror.put(pointer + "/response", contract.child("response"));
    made.set("request", request(contract.child("request").object(), pointer + "/request"));
    made.set("response", response(contract.child("response").object(), pointer + "/response"));
    return made;
  }

  private ObjectNode request(Spot spot, String pointer) {
    Keys.check(
        spot,
        notes,
        "method",
        "url",
        "urlPath",
        "queryParameters",
        "headers",
        "cookies",
        "body",
        "bodyFromFile",
        "bodyFromFileAsBytes",
        "multipart",
        "matchers");
    Spot rules = spot.child("matchers");
    Keys.check(rules, notes, "url", "queryParameters", "headers", "cookies", "body", "multipart");
    ObjectNode made = JsonNodeFactory.instance.objectNode();
    ObjectNode madeRules = made.putObject("matchingRules");
    String at = pointer + "/matchingRules";
    made.put("method", spot.child("method").visibleText());
    mirror.put(pointer + "/method", spot.child("method"));
    url(spot, made, pointer);
    if (rules.child("url").present()) {
      ObjectNode rule = matchers.ofText(rules.child("url"));
      if (rule != null) {
        madeRules.putObject("path").put("combine", "AND").putArray("matchers").add(rule);
        mirror.put(at + "/path", rules.child("url"));
      }
    }
    query(spot, rules.child("queryParameters"), made, madeRules.putObject("query"), pointer);

    Map<String, Spot> headers = headers(spot.child("headers"), made, pointer);
    matchers.named(rules.child("headers"), headers, madeRules.putObject("header"), at + "/header");
    cookies(spot, rules, made, madeRules.withObject("header"));
    WrittenBody body = requestBody(spot, made, headers);
    if (body != null) {
      body.addTo(made, "body", pointer, mirror);
    }
    ObjectNode bodyRules = madeRules.putObject("body");
    bodyMatchers.read(rules.child("body"), body, false, bodyRules, at + "/body");
    return made;
  }

  private @Nullable WrittenBody requestBody(Spot spot, ObjectNode made, Map<String, Spot> headers) {
    if (!spot.child("multipart").present()) {
      return bodies.read(spot, contentType(headers), "body", "bodyFromFile", "bodyFromFileAsBytes");
    }
    ObjectNode written = made.withObject("headers");
    headers.keySet().stream().filter(CONTENT_TYPE::equalsIgnoreCase).forEach(written::remove);
    written.putArray(CONTENT_TYPE).add(MultipartBody.CONTENT_TYPE);
    return multipart.read(spot.child("multipart"));
  }

  private void url(Spot spot, ObjectNode made, String pointer) {
    Spot url = spot.child("url");
    Spot path = spot.child("urlPath");
    if (url.present() == path.present()) {
      throw (path.present() ? path : spot)
          .fail("a request must have either url or urlPath, but has " + count(url.present()));
    }
    Spot written = url.present() ? url : path;
    String text = written.text();
    int question = text.indexOf('?');
    made.put("path", question < 0 ? text : text.substring(0, question));
    mirror.put(pointer + "/path", written);
    ObjectNode query = made.putObject("query");
    mirror.put(pointer + "/query", written);
    if (question >= 0) {
      for (String pair : text.substring(question + 1).split("&")) {
        if (!pair.isEmpty()) {
          int equals = pair.indexOf('=');
          String name = decode(equals < 0 ? pair : pair.substring(0, equals), written);
          ArrayNode values = query.withArray("/" + pointerPart(name));
          values.add(equals < 0 ? "" : decode(pair.substring(equals + 1), written));
        }
      }
    }
  }

  private static String count(boolean both) {
    return both ? "both" : "none";
  }

  private static String pointerPart(String name) {
    return SourceDocument.child("", name).substring(1);
  }

  private static String decode(String text, Spot spot) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw spot.fail("'" + Keys.brief(text) + "' is not percent-encoded");
    }
  }

  private void query(Spot spot, Spot list, ObjectNode made, ObjectNode rules, String pointer) {
    Spot parameters = spot.child("queryParameters");
    if (parameters.present()) {
      parameters
          .fields()
          .forEach(
              (name, value) -> {
                ArrayNode values = made.withObject("query").withArray("/" + pointerPart(name));
                for (Spot item : value.node().isArray() ? value.items() : List.of(value)) {
                  values.add(item.scalarText());
                }
                mirror.put(SourceDocument.child(pointer + "/query", name), value);
              });
    }
    if (!list.present()) {
      return;
    }
    for (Spot matcher : list.items()) {
      Keys.check(matcher.object(), notes, "key", "type", "value");
      String key = matcher.child("key").visibleText();
      boolean sent = made.withObject("query").has(key);
      String type = matcher.child("type").visibleText();
      if (type.equals("absent")) {
        if (sent) {
          notes.add(matcher, "'" + Keys.brief(key) + "' must be absent and is sent");
        }
        continue;
      }
      ObjectNode rule = queryRule(type, matcher);
      if (rule == null) {
        notes.add(matcher.child("type"), "'" + Keys.brief(type) + "' is not understood");
      } else if (!sent) {
        notes.add(matcher, "there is no '" + Keys.brief(key) + "' for this matcher to hold");
      } else {
        Matchers.add(rules, key, rule);
        mirror.put(SourceDocument.child(pointer + "/matchingRules/query", key), matcher);
      }
    }
  }

  private static @Nullable ObjectNode queryRule(String type, Spot matcher) {
    return switch (type) {
      case "equal_to" -> Matchers.rule("equality");
      case "containing" ->
          Matchers.rule("include").put("value", matcher.child("value").scalarText());
      case "matching" -> Matchers.regex(matcher.child("value").scalarText());
      default -> null;
    };
  }

  /** Writes headers, and tells where each stands. */
  private Map<String, Spot> headers(Spot spot, ObjectNode made, String pointer) {
    Map<String, Spot> headers = new LinkedHashMap<>();
    ObjectNode written = made.putObject("headers");
    if (spot.present()) {
      mirror.put(pointer + "/headers", spot);
      spot.fields()
          .forEach(
              (name, value) -> {
                headers.put(name, value);
                ArrayNode values = written.putArray(name);
                for (Spot item : value.node().isArray() ? value.items() : List.of(value)) {
                  values.add(item.scalarText());
                }
              });
    }
    return headers;
  }

  /** The declared content type, in the spelling of HTTP or of messages; empty without one. */
  static String contentType(Map<String, Spot> headers) {
    for (Map.Entry<String, Spot> header : headers.entrySet()) {
      boolean named = header.getKey().replace("-", "").equalsIgnoreCase("contentType");
      if (named && !header.getValue().node().isArray()) {
        return header.getValue().scalarText();
      }
    }
    return "";
  }

  private void cookies(Spot spot, Spot rules, ObjectNode made, ObjectNode headerRules) {
    Spot cookies = spot.child("cookies");
    // In an order of their own: that they are written in means nothing (RFC 6265, 5.4), and a
    // contract that is a program has none.
    Map<String, Spot> named = cookies.present() ? new TreeMap<>(cookies.fields()) : new TreeMap<>();
    StringBuilder header = new StringBuilder();
    named.forEach(
        (name, value) ->
            header
                .append(header.isEmpty() ? "" : "; ")
                .append(name)
                .append('=')
                .append(value.scalarText()));
    if (!named.isEmpty()) {
      made.withObject("headers").putArray("Cookie").add(header.toString());
    }
    if (rules.child("cookies").present()) {
      ObjectNode loosened = JsonNodeFactory.instance.objectNode();
      matchers.named(rules.child("cookies"), named, loosened, "");
      if (!loosened.isEmpty()) {
        // All cookies are one header: when one may vary, the header may.
        Matchers.add(headerRules, "Cookie", Matchers.rule("type"));
      }
    }
  }

  private ObjectNode response(Spot spot, String pointer) {
    Keys.check(
        spot,
        notes,
        "status",
        "headers",
        "cookies",
        "body",
        "bodyFromFile",
        "bodyFromFileAsBytes",
        "matchers",
        "async",
        "fixedDelayMilliseconds");
    Spot rules = spot.child("matchers");
    Keys.check(rules, notes, "headers", "cookies", "body");
    ObjectNode made = JsonNodeFactory.instance.objectNode();
    ObjectNode madeRules = made.putObject("matchingRules");
    String at = pointer + "/matchingRules";
    Spot status = spot.child("status");
    if (!status.present()) {
      throw spot.fail("a response must have a status");
    }
    made.set("status", status.node());
    mirror.put(pointer + "/status", status);
    Map<String, Spot> headers = headers(spot.child("headers"), made, pointer);
    matchers.named(rules.child("headers"), headers, madeRules.putObject("header"), at + "/header");
    for (Spot cookies : List.of(spot.child("cookies"), rules.child("cookies"))) {
      if (cookies.present()) {
        notes.add(cookies, "cookies of a reply are not judged");
      }
    }
    WrittenBody body =
        bodies.read(spot, contentType(headers), "body", "bodyFromFile", "bodyFromFileAsBytes");
    if (body != null) {
      body.addTo(made, "body", pointer, mirror);
    }
    bodyMatchers.read(rules.child("body"), body, true, madeRules.putObject("body"), at + "/body");
    return made;
  }
}
