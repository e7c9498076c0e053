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

  /** Parameters that make this fault strike the rich body. */
  public static Parameters striking(FaultCard card) {
    Parameters parameters = card.complete(Parameters.NONE);
    for (Map.Entry<String, String> needed :
        Map.of("pointer", "/items/*/id", "latency", "400ms").entrySet()) {
      if (card.parameter(needed.getKey()).isPresent()) {
        parameters = parameters.with(needed.getKey(), needed.getValue());
      }
    }
    return parameters;
  }
}
