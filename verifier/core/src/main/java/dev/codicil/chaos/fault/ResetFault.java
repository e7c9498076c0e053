package dev.codicil.chaos.fault;

import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Stream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Resets the client's connection (RST) before the request, before the reply, or in its middle. */
final class ResetFault implements Fault {
  private static final String AFTER = "after";
  private static final String BEFORE_REQUEST = "before-request";
  private static final String BEFORE_REPLY = "before-reply";
  private static final String MID_REPLY = "mid-reply";
  private static final FaultCard CARD =
      new FaultCard(
              "reset",
              "The connection is reset",
              FaultCard.Layer.WIRE,
              new LinkedHashSet<>(List.of(Stream.DOWNSTREAM, Stream.UPSTREAM)),
              true,
              false,
              false,
              List.of(
                  new FaultCard.Parameter(
                          AFTER,
                          FaultCard.Type.TEXT,
                          BEFORE_REPLY,
                          "How far the exchange gets: before-request (the server never sees it),"
                              + " before-reply (the server has done its work, the reply is lost) or"
                              + " mid-reply (the reply ends at a drawn place).")
                      .oneOf(BEFORE_REQUEST, BEFORE_REPLY, MID_REPLY)),
              "A good service retries what may be repeated, asks before it repeats what may not, and"
                  + " tells its caller in time when neither helps.")
          .alsoOnBytes();

  @Override
  public FaultCard card() {
    return CARD;
  }

  @Override
  public Injection.Plan plan(Exchange exchange, Parameters parameters, Dice dice) {
    String after = parameters.require(AFTER);
    if (exchange.stream() != strikes(after)) {
      return Injection.Plan.none(after + " is not this message");
    }
    if (!after.equals(MID_REPLY)) {
      return Injection.Plan.of(new Effect.Cut(Effect.Cut.How.RESET, -1), after);
    }
    if (exchange.reply() == null) {
      return Injection.Plan.none("bytes of which nobody knows where they end have no middle");
    }
    int size = exchange.body().size();
    double fraction = dice.fraction("length");
    // A reply without a body has no middle: it is lost whole, so that the fault still strikes.
    int passes = size == 0 ? -1 : Bodies.offset(fraction, size);
    return Injection.Plan.of(
        new Effect.Cut(Effect.Cut.How.RESET, passes),
        MID_REPLY + " after " + Bodies.show(fraction) + " of the body");
  }

  @Override
  public Stream stream(Parameters parameters) {
    return strikes(parameters.text(AFTER).orElse(BEFORE_REPLY));
  }

  @Override
  public Stream plannedAt(Stream stream, Parameters parameters) {
    return stream(parameters);
  }

  @Override
  public boolean needsBody(Parameters parameters) {
    return parameters.text(AFTER).filter(MID_REPLY::equals).isPresent();
  }

  @Override
  public Optional<String> contradiction(
      ChaosProfile.Edges edges, Stream stream, Parameters parameters) {
    if (stream == stream(parameters)) {
      return Optional.empty();
    }
    return Optional.of(
        "'after: "
            + parameters.require(AFTER)
            + "' strikes the "
            + (stream == Stream.UPSTREAM
                ? "reply (stream: downstream)"
                : "request (stream: upstream)"));
  }

  private static Stream strikes(String after) {
    return after.equals(BEFORE_REQUEST) ? Stream.UPSTREAM : Stream.DOWNSTREAM;
  }
}
