package dev.codicil.chaos.fault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Stream;
import java.util.List;
import java.util.Optional;

/** The processors are busy with something else. */
final class MonkeyCpuFault extends MonkeyFault {
  private static final String LOAD = "load";
  private static final int LONGER_THAN_ANY_CELL = 600_000;

  MonkeyCpuFault() {
    super(
        "monkey-cpu",
        "The processor is busy inside",
        Effect.Assault.Kind.PROCESS,
        List.of(
            new FaultCard.Parameter(
                LOAD,
                FaultCard.Type.FRACTION,
                "0.9",
                "Share of the machine's processors that the service is made to use while the"
                    + " exchange takes. Not repeatable: how much that slows it down is the"
                    + " scheduler's choice.")),
        "A good service answers in time, or refuses early rather than late, and is well again at"
            + " once.");
  }

  @Override
  void assault(Parameters parameters, ObjectNode properties) {
    properties.put("cpuActive", true).put("cpuMillisecondsHoldLoad", LONGER_THAN_ANY_CELL);
    properties.put("cpuLoadTargetFraction", parameters.fraction(LOAD));
  }

  @Override
  String detail(Parameters parameters) {
    return parameters.require(LOAD) + " of the processors are busy" + OF_ITS_MOMENT;
  }

  @Override
  public Optional<String> contradiction(
      ChaosProfile.Edges edges, Stream stream, Parameters parameters) {
    return isShare(parameters.fraction(LOAD))
        ? Optional.empty()
        : Optional.of("its load is " + parameters.require(LOAD) + "; expected above 0, up to 1");
  }
}
