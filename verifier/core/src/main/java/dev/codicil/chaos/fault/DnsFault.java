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
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The name under which a subject calls an upstream leads nowhere. */
final class DnsFault implements Fault {
  private static final String ANSWER = "answer";
  private static final FaultCard CARD =
      new FaultCard(
          "dns",
          "A name leads nowhere",
          FaultCard.Layer.WORLD,
          Streams.REQUESTS,
          false,
          false,
          FaultCard.Aim.NAMED_EDGE,
          FaultCard.Fit.UNTOUCHED,
          List.of(
              new FaultCard.Parameter(
                      ANSWER,
                      FaultCard.Type.TEXT,
                      "unresolvable",
                      "What the subject gets for the upstream's name: no address (unresolvable), or"
                          + " one at which nothing listens any more (stale). Connections that are"
                          + " open are closed. The subject must take its names from {hosts} and"
                          + " call {upstream.NAME.named}.")
                  .oneOf("unresolvable", "stale")),
          "A good service does without the upstream as it has declared, says so in time, and asks"
              + " for the name again, so that it works as soon as the name does, without a"
              + " restart.");

  @Override
  public FaultCard card() {
    return CARD;
  }

  @Override
  public boolean aroundCell() {
    return true;
  }

  @Override
  public Injection.Plan plan(Exchange exchange, Parameters parameters, Dice dice) {
    String answer = parameters.require(ANSWER);
    return Injection.Plan.of(
        new Effect.Resolve(Effect.Resolve.Answer.valueOf(answer.toUpperCase(Locale.ROOT))), answer);
  }

  @Override
  public Optional<String> contradiction(
      ChaosProfile.Edges edges, Stream stream, Parameters parameters) {
    return edges == ChaosProfile.Edges.CONSUMER
        ? Optional.of("the replaying consumer calls no name; expected on: upstream")
        : Optional.empty();
  }
}
