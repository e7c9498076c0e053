package dev.codicil.chaos.fault;

import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.HookAction;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Stream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What only the user's system knows how to break, and how to mend. */
final class HookFault implements Fault {
  private static final String INJECT = "inject";
  private static final String REVERT = "revert";
  private static final String DEADLINE = "deadline";
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private static final FaultCard CARD =
      new FaultCard(
          "hook",
          "Something of your own is broken",
          FaultCard.Layer.WORLD,
          Streams.REQUESTS,
          false,
          false,
          FaultCard.Aim.WORLD,
          FaultCard.Fit.UNTOUCHED,
          List.of(
              new FaultCard.Parameter(
                      INJECT,
                      FaultCard.Type.TEXT,
                      null,
                      "What breaks it, before the interaction is replayed: a command (no shell; it"
                          + " runs in the project's folder and must end with 0), or METHOD URL"
                          + " [JSON] (must be answered with 2xx). {pid.NAME}, {subject.NAME} and"
                          + " {side.NAME} stand for the process, the address and the side of a"
                          + " subject in the column that is replayed, {column} and {shared} for"
                          + " what they are in its command, ${VAR} for a variable of the"
                          + " environment.")
                  .mandatory()
                  .such("kill -STOP {pid.license-authority}"),
              new FaultCard.Parameter(
                      REVERT,
                      FaultCard.Type.TEXT,
                      null,
                      "What mends it again, written alike, and harmless when nothing is broken. It"
                          + " is done whatever happened in between; after Codicil itself was"
                          + " killed, at its next start.")
                  .mandatory()
                  .such("kill -CONT {pid.license-authority}"),
              new FaultCard.Parameter(
                  DEADLINE,
                  FaultCard.Type.DURATION,
                  "10s",
                  "How long each of the two may take, at most 10m; then it is killed with all that"
                      + " it started, and has failed.")),
          "A good service does without what is broken as it has declared, says so in time, and works"
              + " again as soon as it is mended, without a restart.");

  @Override
  public FaultCard card() {
    return CARD;
  }

  @Override
  public Injection.Plan plan(Exchange exchange, Parameters parameters, Dice dice) {
    String inject = parameters.require(INJECT);
    return Injection.Plan.of(
        new Effect.Hook(
            HookAction.parse(inject),
            HookAction.parse(parameters.require(REVERT)),
            parameters.duration(DEADLINE)),
        "in force: " + inject);
  }

  @Override
  public Optional<String> contradiction(
      ChaosProfile.Edges edges, Stream stream, Parameters parameters) {
    for (String half : List.of(INJECT, REVERT)) {
      try {
        HookAction.parse(parameters.require(half));
      } catch (IllegalArgumentException wrong) {
        return Optional.of("'" + half + "' cannot be used: " + wrong.getMessage());
      }
    }
    Duration deadline = parameters.duration(DEADLINE);
    return deadline.isZero() || deadline.compareTo(LONGEST) > 0
        ? Optional.of("its deadline is " + parameters.require(DEADLINE) + "; expected up to 10m")
        : Optional.empty();
  }
}
