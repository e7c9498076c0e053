package dev.codicil.formats.pact;

import au.com.dius.pact.core.matchers.BodyMismatch;
import au.com.dius.pact.core.matchers.JsonContentMatcher;
import au.com.dius.pact.core.matchers.MatchingContext;
import au.com.dius.pact.core.matchers.ResponseMatching;
import au.com.dius.pact.core.model.ContentType;
import au.com.dius.pact.core.model.HttpResponse;
import au.com.dius.pact.core.model.IResponse;
import au.com.dius.pact.core.model.OptionalBody;
import au.com.dius.pact.core.model.Response;
import au.com.dius.pact.core.model.matchingrules.ArrayContainsMatcher;
import au.com.dius.pact.core.model.matchingrules.MatchingRuleCategory;
import au.com.dius.pact.core.model.matchingrules.MatchingRuleGroup;
import au.com.dius.pact.core.support.json.JsonParser;
import au.com.dius.pact.core.support.json.JsonValue;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.Mismatch;
import dev.codicil.contract.Payload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The only door to Pact JVM, kept apart so that reading a pact does not load it. Every call parses
 * its own copy of the expected reply: Pact JVM fills its matching rules in while it matches, so
 * that a shared one would not be safe between threads.
 */
final class PactJvm {
  static {
    System.setProperty("pact_do_not_track", "true");
  }

  private PactJvm() {}

  /**
   * Compares a reply with the {@code response} of a pact.
   *
   * @return mismatches, status first, then headers, then body
   */
  static List<Mismatch> mismatches(String response, PactVersion version, HttpReply reply) {
    try {
      return compare(response, version, reply);
    } catch (Exception | StackOverflowError failed) {
      return withoutBody(response, version, reply, failed);
    }
  }

  private static List<Mismatch> withoutBody(
      String response, PactVersion version, HttpReply reply, Throwable failed) {
    HttpReply head = new HttpReply(reply.status(), reply.headers(), Payload.EMPTY);
    HttpReply status = new HttpReply(reply.status(), Headers.NONE, Payload.EMPTY);
    List<Mismatch> mismatches = new ArrayList<>();
    try {
      keep(mismatches, compare(response, version, head), "status", "header:");
    } catch (Exception | StackOverflowError alsoHead) {
      try {
        keep(mismatches, compare(response, version, status), "status");
      } catch (Exception | StackOverflowError alsoStatus) {
        // Nothing can be compared, as the one mismatch below says.
      }
    }
    String message = failed.getMessage() == null ? "" : ": " + failed.getMessage();
    mismatches.add(
        new Mismatch(
            "body",
            "a reply that Pact JVM can compare",
            Texts.brief("comparing failed with " + failed.getClass().getSimpleName() + message)));
    return List.copyOf(mismatches);
  }

  private static void keep(List<Mismatch> into, List<Mismatch> found, String... paths) {
    for (Mismatch mismatch : found) {
      if (Arrays.stream(paths).anyMatch(mismatch.path()::startsWith)) {
        into.add(mismatch);
      }
    }
  }

  private static List<Mismatch> compare(String response, PactVersion version, HttpReply reply)
      throws Exception {
    JsonValue.Object json = JsonParser.parseString(response).asObject();
    IResponse expected = version.isV4() ? HttpResponse.fromJson(json) : Response.fromJson(json);
    IResponse actual =
        new HttpResponse(reply.status(), headers(expected, reply), body(expected, reply));
    List<au.com.dius.pact.core.matchers.Mismatch> found =
        new ArrayList<>(ResponseMatching.responseMismatches(expected, actual));
    found.addAll(rootItems(expected, reply));
    return MismatchReader.read(found, reply);
  }

  /**
   * Pact JVM takes an {@code arrayContains} at the root for a matcher of the bytes as a whole, and
   * then compares nothing, not even whether there is a body; here the items are compared after all.
   */
  private static List<BodyMismatch> rootItems(IResponse expected, HttpReply reply) {
    MatchingRuleCategory rules = expected.getMatchingRules().rulesForCategory("body");
    MatchingRuleGroup root = rules.getMatchingRules().get("$");
    if (root == null
        || root.getRules().stream().noneMatch(ArrayContainsMatcher.class::isInstance)) {
      return List.of();
    }
    return JsonContentMatcher.INSTANCE
        .compare(
            List.of("$"),
            JsonParser.parseString(expected.getBody().valueAsString()),
            reply.body().isEmpty()
                ? JsonValue.Null.INSTANCE
                : JsonParser.parseString(reply.body().utf8()),
            new MatchingContext(rules, true))
        .stream()
        .flatMap(item -> item.getResult().stream())
        .toList();
  }

  /** Pact splits the listed values of an expected header; the actual ones are split likewise. */
  private static Map<String, List<String>> headers(IResponse expected, HttpReply reply) {
    Map<String, List<String>> headers = new LinkedHashMap<>(reply.headers().asMap());
    expected
        .getHeaders()
        .forEach(
            (name, values) -> {
              List<String> lines = reply.headers().all(name);
              if (values.size() > 1 && lines.size() == 1) {
                headers.put(
                    name.toLowerCase(java.util.Locale.ROOT),
                    Arrays.stream(lines.get(0).split(",")).map(String::trim).toList());
              }
            });
    return headers;
  }

  private static OptionalBody body(IResponse expected, HttpReply reply) {
    if (reply.body().isEmpty()) {
      return expected.getBody().isNull() ? OptionalBody.missing() : OptionalBody.empty();
    }
    String type = reply.headers().first("content-type").orElse("");
    return type.isBlank()
        ? OptionalBody.body(reply.body().bytes())
        : OptionalBody.body(reply.body().bytes(), new ContentType(type));
  }
}
