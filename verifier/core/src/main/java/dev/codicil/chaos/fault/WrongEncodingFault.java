package dev.codicil.chaos.fault;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Parameters;
import dev.codicil.contract.Headers;
import java.util.List;
import java.util.Optional;

/** Says that a body is compressed, and it is not. */
final class WrongEncodingFault implements Fault {
  private static final String ENCODING = "encoding";
  private static final FaultCard CARD =
      new FaultCard(
          "wrong-encoding",
          "The body is not encoded as it says",
          FaultCard.Layer.HTTP,
          Streams.REPLIES_AND_REQUESTS,
          true,
          true,
          false,
          List.of(
              new FaultCard.Parameter(
                      ENCODING,
                      FaultCard.Type.TEXT,
                      "gzip",
                      "What Content-Encoding says; the body stays as it is.")
                  .oneOf("gzip", "deflate", "br")),
          "A good service fails cleanly when it cannot decode a body, and does not hand the bytes on"
              + " as they are.");

  @Override
  public FaultCard card() {
    return CARD;
  }

  @Override
  public Injection.Plan plan(Exchange exchange, Parameters parameters, Dice dice) {
    Optional<String> encoded = Bodies.encoded(exchange);
    if (encoded.isPresent() || exchange.body().isEmpty()) {
      return Injection.Plan.none(encoded.orElse("there is no body"));
    }
    String encoding = parameters.require(ENCODING);
    return Injection.Plan.of(
        new Effect.SetHeaders(Headers.of("content-encoding", encoding)),
        "claims to be " + encoding);
  }
}
