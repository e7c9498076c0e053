package dev.codicil.formats.pact;

import au.com.dius.pact.core.matchers.BodyMismatch;
import au.com.dius.pact.core.matchers.BodyTypeMismatch;
import au.com.dius.pact.core.matchers.HeaderMismatch;
import au.com.dius.pact.core.matchers.StatusMismatch;
import au.com.dius.pact.core.support.json.JsonValue;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.Mismatch;
import dev.codicil.contract.SourceDocument;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns Pact JVM's mismatches into ours. */
final class MismatchReader {
  private static final String MISSING_KEYS = "Actual map is missing the following keys";

  private MismatchReader() {}

  static List<Mismatch> read(
      List<? extends au.com.dius.pact.core.matchers.Mismatch> found, HttpReply reply) {
    Set<Mismatch> mismatches = new LinkedHashSet<>();
    for (au.com.dius.pact.core.matchers.Mismatch mismatch : found) {
      mismatches.addAll(read(mismatch, reply));
    }
    List<Mismatch> sorted = new ArrayList<>(mismatches);
    sorted.sort(Comparator.comparingInt(MismatchReader::rank));
    return List.copyOf(sorted);
  }

  private static int rank(Mismatch mismatch) {
    return mismatch.path().equals("status") ? 0 : mismatch.path().startsWith("header:") ? 1 : 2;
  }

  private static List<Mismatch> read(
      au.com.dius.pact.core.matchers.Mismatch found, HttpReply reply) {
    if (found instanceof StatusMismatch status) {
      return List.of(
          new Mismatch("status", expected(status), Integer.toString(status.getActual())));
    }
    if (found instanceof HeaderMismatch header) {
      List<String> actual = reply.headers().all(header.getHeaderKey());
      return List.of(
          new Mismatch(
              "header:" + header.getHeaderKey(),
              Texts.brief(asked(header.getMismatch(), header.getExpected(), header.getActual())),
              actual.isEmpty() ? "absent" : Texts.brief(String.join(", ", actual))));
    }
    if (found instanceof BodyTypeMismatch type) {
      // Pact has no name for a type it cannot parse, so the reply's own header is shown.
      String actual = reply.headers().first("content-type").orElse("no content type");
      String base = MediaTypes.base(actual);
      return List.of(
          new Mismatch(
              "body",
              Texts.brief(text(type.getExpected())),
              Texts.brief(base.isEmpty() ? actual : base)));
    }
    if (found instanceof BodyMismatch body) {
      return body(body, reply);
    }
    return List.of(new Mismatch("body", "the contract's form", Texts.brief(found.description())));
  }

  private static String expected(StatusMismatch status) {
    if (status.getStatusType() != null) {
      return Texts.brief(status.getStatusType().toString());
    }
    if (status.getStatusCodes() != null && !status.getStatusCodes().isEmpty()) {
      return Texts.brief("one of " + status.getStatusCodes());
    }
    return String.valueOf(status.getExpected());
  }

  private static List<Mismatch> body(BodyMismatch body, HttpReply reply) {
    String pointer = pointer(body.getPath());
    if (pointer.isEmpty() && reply.body().isEmpty()) {
      return List.of(new Mismatch("body", "a body", "empty"));
    }
    if (body.getMismatch().startsWith(MISSING_KEYS)
        && body.getExpected() instanceof Map<?, ?> expected
        && body.getActual() instanceof Map<?, ?> actual) {
      List<Mismatch> missing = new ArrayList<>();
      expected.forEach(
          (key, value) -> {
            if (!actual.containsKey(key)) {
              missing.add(
                  new Mismatch(
                      "body" + SourceDocument.child(pointer, String.valueOf(key)),
                      "present, such as " + Texts.brief(text(value)),
                      "absent"));
            }
          });
      if (!missing.isEmpty()) {
        return missing;
      }
    }
    String actual = text(body.getActual());
    return List.of(
        new Mismatch(
            "body" + pointer,
            Texts.brief(
                asked(body.getMismatch(), text(body.getExpected()), plain(body.getActual()))),
            Texts.brief(actual)));
  }

  /**
   * What was asked: Pact says "Expected ACTUAL (Type) to ...", which names the matcher; where it
   * does not, the example value.
   */
  private static String asked(String message, String expected, String actual) {
    int from = message.indexOf(actual);
    int to = from < 0 ? -1 : message.indexOf(" to ", from + actual.length());
    boolean byMatcher = message.startsWith("Expected ") && to > 0 && !actual.isEmpty();
    String rule = byMatcher ? message.substring(to + " to ".length()) : "";
    if (rule.isEmpty() || rule.startsWith("be equal to") || rule.startsWith("have value")) {
      return expected.isEmpty() ? "an empty value" : expected;
    }
    return rule;
  }

  private static String pointer(String path) {
    RulePath parsed = RulePath.parse(path);
    if (parsed == null) {
      return path.startsWith("$") ? "/" + path : "";
    }
    String pointer = "";
    for (RulePath.Token token : parsed.tokens()) {
      String name = token.name() != null ? token.name() : "*";
      pointer =
          token.index() >= 0
              ? SourceDocument.child(pointer, token.index())
              : SourceDocument.child(pointer, name);
    }
    return pointer;
  }

  /** As Pact writes it inside its messages: strings without the quotes of JSON. */
  private static String plain(@Nullable Object value) {
    return value instanceof JsonValue.StringValue string ? string.toString() : text(value);
  }

  private static String text(@Nullable Object value) {
    if (value == null) {
      return "nothing";
    }
    if (value instanceof JsonValue json) {
      return json.serialise();
    }
    if (value instanceof byte[] bytes) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
    return value.toString();
  }
}
