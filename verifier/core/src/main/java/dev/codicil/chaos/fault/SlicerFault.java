package dev.codicil.chaos.fault;

import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Durations;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Stream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Sends a body in small pieces, as Toxiproxy's toxic of that name. */
final class SlicerFault implements Fault {
  private static final String AVERAGE_SIZE = "average-size";
  private static final String SIZE_VARIATION = "size-variation";
  private static final String DELAY = "delay";
  private static final FaultCard CARD =
      new FaultCard(
              "slicer",
              "A body comes in small pieces",
              FaultCard.Layer.WIRE,
              Streams.REPLIES_AND_REQUESTS,
              false,
              false,
              FaultCard.Aim.MESSAGE,
              FaultCard.Fit.IN_CONTRACT,
              List.of(
                  new FaultCard.Parameter(
                          AVERAGE_SIZE,
                          FaultCard.Type.INTEGER,
                          "16",
                          "How many bytes a piece has; each goes in a write of its own.")
                      .between(1, 65_536),
                  new FaultCard.Parameter(
                          SIZE_VARIATION,
                          FaultCard.Type.INTEGER,
                          "0",
                          "By how many bytes the pieces of a message may be smaller or larger; drawn"
                              + " once a message.")
                      .between(0, 65_535),
                  new FaultCard.Parameter(
                      DELAY, FaultCard.Type.DURATION, "0ms", "How long it is between two pieces.")),
              "A good service reads until the message is whole; what one read gives is no message.")
          .alsoOnBytes();

  @Override
  public FaultCard card() {
    return CARD;
  }

  @Override
  public Injection.Plan plan(Exchange exchange, Parameters parameters, Dice dice) {
    int variation = parameters.integer(SIZE_VARIATION);
    int drawn = variation == 0 ? 0 : dice.below(2 * variation + 1, "size") - variation;
    int size = Math.max(1, parameters.integer(AVERAGE_SIZE) + drawn);
    Duration delay = parameters.duration(DELAY);
    return Injection.Plan.of(
        new Effect.Slice(size, delay),
        "in pieces of "
            + size
            + (size == 1 ? " byte" : " bytes")
            + (delay.isZero() ? "" : ", " + Durations.format(delay) + " apart"));
  }

  @Override
  public Optional<String> contradiction(
      ChaosProfile.Edges edges, Stream stream, Parameters parameters) {
    return parameters.integer(SIZE_VARIATION) >= parameters.integer(AVERAGE_SIZE)
        ? Optional.of("'size-variation' leaves no byte of 'average-size'; expected less than it")
        : Optional.empty();
  }
}
