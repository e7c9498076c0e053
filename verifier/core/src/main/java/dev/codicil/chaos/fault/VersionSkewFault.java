package dev.codicil.chaos.fault;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Parameters;
import java.util.List;

/**
 * Sends some of the calls to a node that still runs the version before the amendment, as while a
 * fleet is half rolled out. Which calls follows from their number on the edge, so it is the same in
 * every run.
 */
public final class VersionSkewFault implements Fault {
  /** Name of the node that runs the version before, as {@link Effect.Route} has it. */
  public static final String BEFORE = "before";

  private static final String PATTERN = "pattern";
  private static final String FLAPPING = "flapping";
  private static final String FAILOVER = "failover";
  private static final String ROLLBACK = "rollback";
  private static final String CACHE = "cache";
  private static final FaultCard CARD =
      new FaultCard(
          "version-skew",
          "Some answers come from the old version",
          FaultCard.Layer.AMENDMENT,
          Streams.REQUESTS,
          false,
          false,
          FaultCard.Aim.AMENDED_PROVIDER,
          FaultCard.Fit.IN_CONTRACT,
          List.of(
              new FaultCard.Parameter(
                      PATTERN,
                      FaultCard.Type.TEXT,
                      FLAPPING,
                      "Which calls of an exchange go to the old version. flapping: the second, the"
                          + " fourth, and so on, as behind a balancer. failover: all but the first,"
                          + " as when a new node dies. rollback: all but the second, as when the"
                          + " new version is taken back. cache: all safe ones (GET, HEAD, OPTIONS,"
                          + " TRACE), as when what was there before is still served.")
                  .oneOf(FLAPPING, FAILOVER, ROLLBACK, CACHE)),
          "A good service works while both versions answer side by side: it takes what one of them"
              + " created to the other, and does not rely on a field because it was there a call"
              + " ago.");

  @Override
  public FaultCard card() {
    return CARD;
  }

  @Override
  public Injection.Plan plan(Exchange exchange, Parameters parameters, Dice dice) {
    String pattern = parameters.require(PATTERN);
    int call = exchange.call();
    boolean old =
        switch (pattern) {
          case FLAPPING -> call % 2 == 1;
          case FAILOVER -> call > 0;
          case ROLLBACK -> call != 1;
          default -> exchange.request().isSafe();
        };
    return old
        ? Injection.Plan.of(
            new Effect.Route(BEFORE), "call " + (call + 1) + " to the old version, " + pattern)
        : Injection.Plan.none("call " + (call + 1) + " stays with the new version");
  }
}
