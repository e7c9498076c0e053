package dev.codicil.chaos;

import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Payload;
import java.util.Map;

/** Exchanges for tests. */
public final class Samples {
  /** Rich in what a rewriting editor would lose: order, white space, escapes, numbers. */
  public static final String RICH =
      """
      {
        "z": 1.00, "a": 1e5,\t"big": 123456789012345678901234567890.10,
        "name": "Zo\\u00eb \\"quoted\\" {not: [json]}", "on": true, "none": null,
        "sl/ash": {"til~de": -0.0},
        "items": [ {"id": "x1", "tags": ["p", "q"]} , {"id": "x2"}, {"other": 3} ],
        "\\u0065scaped": [[1, 2], [3]], "empty": {}, "last": ""
      }
      """;

  private Samples() {}

  /** A request that is asked about, or a reply to it, with this JSON body. */
  public static Exchange json(Stream stream, String body) {
    return message(stream, Headers.of("content-type", "application/json"), Payload.of(body));
  }

  /** A message with these headers and this body. */
  public static Exchange message(Stream stream, Headers headers, Payload body) {
    boolean request = stream == Stream.UPSTREAM;
    return new Exchange(
        "client->shop",
        "first",
        0,
        stream,
        new HttpRequest(
            "POST", "/orders", request ? headers : Headers.NONE, request ? body : Payload.EMPTY),
        request ? null : new HttpReply(200, headers, body));
  }

  /**
   * The second read of a client that has a credential, or the reply to it: struck by all faults.
   */
  public static Exchange second(Stream stream, Headers headers, Payload body) {
    boolean request = stream == Stream.UPSTREAM;
    Headers sent = Headers.of("authorization", "Bearer s3cr3t");
    Headers with = headers.with("x-total", "2");
    return new Exchange(
        "client->shop",
        "first",
        1,
        stream,
        new HttpRequest(
            "GET",
            "/orders",
            request ? with.with("authorization", "Bearer s3cr3t") : sent,
            request ? body : Payload.EMPTY),
        request ? null : new HttpReply(200, with, body));
  }

  private static final Map<String, Map<String, String>> STRIKING =
      Map.ofEntries(
          Map.entry("latency", Map.of("latency", "400ms")),
          Map.entry("hook", Map.of("inject", "true", "revert", "true")),
          Map.entry("bandwidth", Map.of("rate", "8")),
          Map.entry("slow-close", Map.of("delay", "1s")),
          Map.entry("drop-header", Map.of("header", "x-total")),
          Map.entry("unknown-enum-value", Map.of("value", "\"LOST\"")),
          Map.entry("out-of-range", Map.of("value", "-7")),
          Map.entry("boundary-value", Map.of("value", "100")),
          Map.entry("malformed-text", Map.of("value", "not a date")),
          Map.entry("text-length", Map.of("length", "51")),
          Map.entry("undeclared-status", Map.of("status", "299")),
          Map.entry("short-array", Map.of("pointer", "/items")),
          Map.entry("empty-array", Map.of("pointer", "/items")),
          Map.entry("reorder-array", Map.of("pointer", "/items")),
          Map.entry("long-array", Map.of("pointer", "/items", "size", "20")),
          Map.entry(
              "undeclared-field", Map.of("pointer", "/items/*", "name", "more", "value", "true")));

  /** Parameters that make this fault strike the rich body. */
  public static Parameters striking(FaultCard card) {
    Parameters parameters = card.complete(Parameters.NONE);
    if (card.parameter("pointer").isPresent()) {
      parameters = parameters.with("pointer", "/items/*/id");
    }
    for (Map.Entry<String, String> needed : STRIKING.getOrDefault(card.id(), Map.of()).entrySet()) {
      parameters = parameters.with(needed.getKey(), needed.getValue());
    }
    return parameters;
  }
}
