package dev.codicil.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.amendment.MatcherPaths;
import dev.codicil.amendment.Severity;
import dev.codicil.amendment.rule.Excerpt;
import dev.codicil.amendment.rule.MediaRange;
import dev.codicil.contract.Body;
import dev.codicil.contract.Exemplar;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.Location;
import dev.codicil.contract.MessageInteraction;
import dev.codicil.contract.Mismatch;
import dev.codicil.contract.Parameter;
import dev.codicil.contract.Response;
import dev.codicil.contract.Shape;
import dev.codicil.experiment.ShapeCheck;
import dev.codicil.experiment.ShapeSampler.Purpose;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One interaction of a consumer against the operation it belongs to. */
final class HttpConformity {
  /** Headers of HTTP itself, which documents do not list. */
  private static final Set<String> OF_HTTP =
      Set.of(
          "accept",
          "accept-encoding",
          "accept-language",
          "authorization",
          "connection",
          "content-length",
          "content-type",
          "cookie",
          "date",
          "host",
          "server",
          "transfer-encoding",
          "user-agent",
          "vary");

  private final HttpInteraction use;
  private final HttpInteraction operation;

  HttpConformity(HttpInteraction use, HttpInteraction operation) {
    this.use = use;
    this.operation = operation;
  }

  /** What of the request the operation does not allow. */
  Gaps request() {
    Gaps gaps = new Gaps();
    if (use.exemplars().isEmpty()) {
      gaps.undecided("the contract gives no request to check");
    }
    for (Exemplar exemplar : use.exemplars()) {
      Optional<List<Mismatch>> mismatches =
          operation.expectation().checkRequest(exemplar.request());
      if (mismatches.isPresent()) {
        mismatches.get().forEach(mismatch -> gaps.add(refused(mismatch)));
      } else {
        byShapes(exemplar, gaps);
      }
    }
    for (Parameter sent : use.parameters()) {
      boolean ofHttp =
          sent.in() == Parameter.In.HEADER
              && OF_HTTP.contains(sent.name().toLowerCase(Locale.ROOT));
      boolean described =
          operation.parameters().stream()
              .anyMatch(
                  known ->
                      known.key().equals(sent.key())
                          || known.in() == sent.in() && isObject(known.shape()));
      if (!ofHttp && !described && sent.in() != Parameter.In.PATH) {
        gaps.add(
            new Gaps.Gap(
                "request-parameter-not-described",
                Severity.RISKY,
                sent.key(),
                MatcherPaths.part(sent.key()),
                "sent",
                "not described",
                sent.in().label()
                    + " parameter "
                    + Excerpt.quoted(sent.name())
                    + " is sent, and not described",
                sent.location(),
                operation.location()));
      }
    }
    if (!use.requestBody().content().isEmpty() && operation.requestBody().content().isEmpty()) {
      gaps.add(
          new Gaps.Gap(
              "request-body-not-described",
              Severity.RISKY,
              "body",
              "$.body",
              "sent",
              "not described",
              "a request body is sent, and none is described",
              use.requestBody().location(),
              operation.location()));
    }
    return gaps;
  }

  /** Its fields may be parameters of their own in the message. */
  private static boolean isObject(Shape shape) {
    return shape.node().types().contains(dev.codicil.contract.JsonType.OBJECT);
  }

  private Gaps.Gap refused(Mismatch mismatch) {
    boolean body = mismatch.path().startsWith("body");
    String place =
        body
            ? MatcherPaths.below("$.body", mismatch.path().substring("body".length()))
            : mismatch.path().indexOf('/') > 0
                ? MatcherPaths.part(mismatch.path().substring(0, mismatch.path().indexOf('/')))
                : MatcherPaths.part(mismatch.path());
    return new Gaps.Gap(
        "request-not-allowed",
        Severity.BREAKING,
        mismatch.path(),
        place,
        mismatch.actual(),
        mismatch.expected(),
        "the request is refused: "
            + Excerpt.quoted(mismatch.path())
            + " must be "
            + Excerpt.of(mismatch.expected())
            + ", is "
            + Excerpt.of(mismatch.actual()),
        located(mismatch.path()),
        operation.location());
  }

  private Location located(String path) {
    for (Parameter parameter : use.parameters()) {
      if (path.equals(parameter.key()) || path.startsWith(parameter.key() + "/")) {
        return parameter.location();
      }
    }
    return path.startsWith("body") ? use.requestBody().location() : use.location();
  }

  /** Where the document's format validates no requests. */
  private void byShapes(Exemplar exemplar, Gaps gaps) {
    Optional<JsonNode> body = exemplar.request().body().json();
    Shape promised = shape(operation.requestBody(), exemplar.request().headers().mediaType());
    if (body.isPresent()
        && promised != null
        && !ShapeCheck.allows(promised, body.get(), Purpose.REQUEST)) {
      gaps.add(refused(new Mismatch("body", "what the document describes", "another value")));
    }
    for (Parameter known : operation.parameters()) {
      if (known.required()
          && known.in() != Parameter.In.PATH
          && use.parameters().stream().noneMatch(sent -> sent.key().equals(known.key()))) {
        gaps.add(refused(new Mismatch(known.key(), "a value (required)", "missing")));
      }
    }
  }

  /** What of the expected replies the operation does not promise. */
  Gaps replies() {
    Gaps gaps = new Gaps();
    for (Response expected : use.responses()) {
      reply(expected, gaps);
    }
    return gaps;
  }

  private void reply(Response expected, Gaps gaps) {
    Response promised = promised(expected.status());
    if (promised == null) {
      gaps.add(
          new Gaps.Gap(
              "reply-status-not-promised",
              Severity.BREAKING,
              "status:" + expected.status(),
              "$.status",
              expected.status(),
              "not described",
              "status " + Excerpt.quoted(expected.status()) + " is not described",
              expected.location(),
              operation.location()));
      return;
    }
    boolean success = expected.status().startsWith("2") || expected.status().startsWith("3");
    if (success && promised.status().equals("default") && !expected.status().equals("default")) {
      gaps.add(
          new Gaps.Gap(
              "reply-status-not-promised",
              Severity.RISKY,
              "status:" + expected.status(),
              "$.status",
              expected.status(),
              "default",
              "status " + Excerpt.quoted(expected.status()) + " is described by `default` only",
              expected.location(),
              promised.location()));
    }
    String of = " of " + Excerpt.of(expected.status());
    headers(expected.headers(), promised.headers(), of, promised.location(), gaps);
    body(expected.body(), promised.body(), of, gaps);
  }

  private @Nullable Response promised(String status) {
    boolean code = status.length() == 3 && status.chars().allMatch(c -> c >= '0' && c <= '9');
    if (code) {
      return operation.response(Integer.parseInt(status)).orElse(null);
    }
    Response covering = null;
    for (Response response : operation.responses()) {
      if (response.status().equals(status)) {
        return response;
      }
      boolean family =
          status.endsWith("XX")
              && !response.status().equals("default")
              && response.status().charAt(0) == status.charAt(0);
      if (family || covering == null && response.status().equals("default")) {
        covering = response;
      }
    }
    return covering;
  }

  private static void headers(
      List<Parameter> expected, List<Parameter> promised, String of, Location where, Gaps gaps) {
    for (Parameter header : expected) {
      String name = header.name().toLowerCase(Locale.ROOT);
      if (OF_HTTP.contains(name)) {
        continue;
      }
      String subject = "reply header " + Excerpt.quoted(header.name()) + of;
      String place = MatcherPaths.part(header.key());
      Parameter known =
          promised.stream()
              .filter(other -> other.key().equals(header.key()))
              .findFirst()
              .orElse(null);
      if (known == null || header.required() && !known.required()) {
        gaps.add(
            new Gaps.Gap(
                "reply-header-not-promised",
                known == null ? Severity.BREAKING : Severity.RISKY,
                header.key(),
                place,
                "present",
                known == null ? "not described" : "optional",
                subject
                    + (known == null ? " is not described" : " is optional")
                    + ", and the consumer relies on it",
                header.location(),
                known == null ? where : known.location()));
      }
      if (known != null) {
        gaps.addAll(
            new PromiseWalk(subject, true)
                .compare(header.shape(), known.shape(), header.key(), place),
            Severity.BREAKING);
      }
    }
  }

  private static void body(Body expected, Body promised, String of, Gaps gaps) {
    for (Map.Entry<String, Shape> content : expected.content().entrySet()) {
      Shape there = shape(promised, content.getKey());
      if (there == null) {
        boolean none = promised.content().isEmpty();
        gaps.add(
            new Gaps.Gap(
                none ? "reply-body-not-promised" : "reply-media-type-not-promised",
                Severity.BREAKING,
                "body",
                "$.body",
                Excerpt.of(content.getKey()),
                none
                    ? "no body described"
                    : Excerpt.of(String.join(" or ", promised.content().keySet())),
                none
                    ? "a reply body" + of + " is expected, and none is described"
                    : "reply media type "
                        + Excerpt.quoted(content.getKey())
                        + of
                        + " is not described",
                expected.location(),
                promised.location()));
      } else {
        gaps.addAll(
            new PromiseWalk("reply body" + of, false)
                .compare(content.getValue(), there, "body", "$.body"),
            Severity.BREAKING);
      }
    }
  }

  private static @Nullable Shape shape(Body body, String mediaType) {
    Shape exact = body.content().get(mediaType);
    if (exact != null) {
      return exact;
    }
    for (Map.Entry<String, Shape> entry : body.content().entrySet()) {
      if (MediaRange.covers(entry.getKey(), mediaType)) {
        return entry.getValue();
      }
    }
    return null;
  }

  /** A message against the one of its name. */
  static Gaps message(MessageInteraction use, MessageInteraction promised) {
    Gaps gaps = new Gaps();
    headers(
        use.metadata().stream().filter(HttpConformity::isHeader).toList(),
        promised.metadata(),
        " of the message",
        promised.location(),
        gaps);
    body(use.content(), promised.content(), " of the message", gaps);
    return gaps;
  }

  /** Names of channels and media types say where a message is, not what it carries. */
  private static boolean isHeader(Parameter metadata) {
    String name = metadata.name().toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    return !name.equals("contenttype")
        && !name.endsWith("topic")
        && !name.endsWith("channel")
        && !name.endsWith("destination")
        && !name.endsWith("queue");
  }
}
