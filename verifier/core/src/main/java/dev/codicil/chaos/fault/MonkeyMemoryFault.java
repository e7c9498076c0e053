package dev.codicil.chaos.fault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Stream;
import java.util.List;
import java.util.Optional;

/** The heap of a service is taken up by something else. */
final class MonkeyMemoryFault extends MonkeyFault {
  private static final String FILL = "fill";
  private static final int LONGER_THAN_ANY_CELL = 600_000;
  private static final int STEP_MILLIS = 50;

  MonkeyMemoryFault() {
    super(
        "monkey-memory",
        "Memory runs short inside",
        Effect.Assault.Kind.PROCESS,
        List.of(
            new FaultCard.Parameter(
                FILL,
                FaultCard.Type.FRACTION,
                "0.85",
                "Share of the heap that is taken up before the exchange, and held until it is over."
                    + " Not repeatable: what is free, and when the collector runs, differs from run"
                    + " to run.")),
        "A good service answers as in calm, or refuses in time while there is no room, and is well"
            + " again as soon as there is, without a restart.");
  }

  @Override
  void assault(Parameters parameters, ObjectNode properties) {
    double fill = parameters.fraction(FILL);
    properties.put("memoryActive", true);
    properties.put("memoryMillisecondsHoldFilledMemory", LONGER_THAN_ANY_CELL);
    properties.put("memoryMillisecondsWaitNextIncrease", STEP_MILLIS);
    properties.put("memoryFillIncrementFraction", 1.0).put("memoryFillTargetFraction", fill);
  }

  @Override
  String detail(Parameters parameters) {
    return parameters.require(FILL) + " of the heap is taken up" + OF_ITS_MOMENT;
  }

  @Override
  public Optional<String> contradiction(
      ChaosProfile.Edges edges, Stream stream, Parameters parameters) {
    double fill = parameters.fraction(FILL);
    return isShare(fill) && fill <= 0.95 // as much as Chaos Monkey takes
        ? Optional.empty()
        : Optional.of("it is to fill " + parameters.require(FILL) + "; expected up to 0.95");
  }
}
