package dev.codicil.chaos.fault;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.Payload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The reply has another status: in place of the server, or after it has done its work. */
final class StatusFault implements Fault {
  private static final String STATUS = "status";
  private static final String PROCESSED = "processed";
  private static final String RETRY_AFTER = "retry-after";
  private static final FaultCard CARD =
      new FaultCard(
          "status",
          "The reply is an error",
          FaultCard.Layer.HTTP,
          Set.of(Stream.DOWNSTREAM),
          false,
          true,
          false,
          List.of(
              new FaultCard.Parameter(
                      STATUS,
                      FaultCard.Type.INTEGER,
                      "503",
                      "The status of the reply; from 400 on its body is problem+json, below it is"
                          + " empty.")
                  .between(200, 599),
              new FaultCard.Parameter(
                  PROCESSED,
                  FaultCard.Type.BOOLEAN,
                  "false",
                  "Whether the server has done its work when the error comes; false answers in its"
                      + " place, as in an outage."),
              new FaultCard.Parameter(
                  RETRY_AFTER,
                  FaultCard.Type.DURATION,
                  null,
                  "Sent as Retry-After, in whole seconds.")),
          "A good service tells a passing error from a final one, honors Retry-After, does not"
              + " hand the error of another on as its own, and falls back or refuses in time.");

  private static final Map<Integer, String> TITLES =
      Map.ofEntries(
          Map.entry(400, "Bad Request"),
          Map.entry(401, "Unauthorized"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "Not Found"),
          Map.entry(408, "Request Timeout"),
          Map.entry(409, "Conflict"),
          Map.entry(410, "Gone"),
          Map.entry(422, "Unprocessable Content"),
          Map.entry(429, "Too Many Requests"),
          Map.entry(500, "Internal Server Error"),
          Map.entry(501, "Not Implemented"),
          Map.entry(502, "Bad Gateway"),
          Map.entry(503, "Service Unavailable"),
          Map.entry(504, "Gateway Timeout"));

  @Override
  public FaultCard card() {
    return CARD;
  }

  @Override
  public Injection.Plan plan(Exchange exchange, Parameters parameters, Dice dice) {
    int status = parameters.integer(STATUS);
    boolean processed = parameters.flag(PROCESSED);
    Optional<Long> retryAfter = parameters.text(RETRY_AFTER).map(text -> seconds(parameters));
    HttpReply reply = reply(status, retryAfter, exchange.request().method().equals("HEAD"));
    String detail =
        status
            + retryAfter.map(seconds -> " retry-after " + seconds + "s").orElse("")
            + (processed ? " after processing" : " in place of the server");
    return Injection.Plan.of(
        processed ? new Effect.ReplaceReply(reply) : new Effect.Answer(reply), detail);
  }

  private static HttpReply reply(int status, Optional<Long> retryAfter, boolean headOnly) {
    Headers headers =
        retryAfter
            .map(seconds -> Headers.of("retry-after", Long.toString(seconds)))
            .orElse(Headers.NONE);
    if (status < 400) {
      return new HttpReply(status, headers, Payload.EMPTY);
    }
    Payload problem =
        Payload.of(
            JsonNodeFactory.instance
                .objectNode()
                .put("type", "about:blank")
                .put("title", TITLES.getOrDefault(status, "Status " + status))
                .put("status", status));
    return new HttpReply(
        status,
        headers.with("content-type", "application/problem+json"),
        headOnly ? Payload.EMPTY : problem);
  }

  private static long seconds(Parameters parameters) {
    Duration wait = parameters.duration(RETRY_AFTER);
    return wait.toSeconds() + (wait.toNanosPart() > 0 ? 1 : 0);
  }

  @Override
  public Stream plannedAt(Stream stream, Parameters parameters) {
    return parameters.flag(PROCESSED) ? Stream.DOWNSTREAM : Stream.UPSTREAM;
  }

  @Override
  public Optional<String> contradiction(
      ChaosProfile.Edges edges, Stream stream, Parameters parameters) {
    if (parameters.text(RETRY_AFTER).isEmpty()) {
      return Optional.empty();
    }
    if (parameters.duration(RETRY_AFTER).toNanosPart() > 0) {
      return Optional.of("'retry-after' is sent in seconds; expected a whole number of them");
    }
    return parameters.integer(STATUS) < 300
        ? Optional.of("'retry-after' says nothing on a success; expected a status from 300 on")
        : Optional.empty();
  }
}
