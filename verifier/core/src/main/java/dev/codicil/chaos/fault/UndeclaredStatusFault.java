package dev.codicil.chaos.fault;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Parameters;
import dev.codicil.contract.HttpReply;
import java.util.List;
import java.util.Optional;

/** The reply comes with a status that no contract declares; the rest of it stays. */
final class UndeclaredStatusFault implements Fault {
  private static final String CLASS = "class";
  private static final String STATUS = "status";
  private static final FaultCard CARD =
      new FaultCard(
          "undeclared-status",
          "The status is one that nobody declared",
          FaultCard.Layer.CONTRACT,
          Streams.REPLIES,
          true,
          true,
          FaultCard.Aim.UNDECLARED_STATUS,
          FaultCard.Fit.OUT_OF_CONTRACT,
          List.of(
              new FaultCard.Parameter(
                      CLASS,
                      FaultCard.Type.TEXT,
                      null,
                      "Which kind of status; without it, each kind in which one is undeclared.")
                  .oneOf("success", "client-error", "server-error"),
              new FaultCard.Parameter(
                      STATUS,
                      FaultCard.Type.INTEGER,
                      null,
                      "The status; without it, one of that kind that neither side declares.")
                  .between(200, 599)),
          "A good service treats a status it does not know like the first of its hundred (RFC 9110,"
              + " section 15), and tells a refusal from a passing failure by it.");

  @Override
  public FaultCard card() {
    return CARD;
  }

  @Override
  public Injection.Plan plan(Exchange exchange, Parameters parameters, Dice dice) {
    Optional<String> status = parameters.text(STATUS);
    HttpReply reply = exchange.reply();
    if (status.isEmpty() || reply == null) {
      return Injection.Plan.none("no contract says which status is undeclared");
    }
    int undeclared = Integer.parseInt(status.get());
    return undeclared == reply.status()
        ? Injection.Plan.none("the status is " + undeclared + " already")
        : Injection.Plan.of(
            new Effect.ReplaceReply(new HttpReply(undeclared, reply.headers(), reply.body())),
            "status " + undeclared);
  }
}
