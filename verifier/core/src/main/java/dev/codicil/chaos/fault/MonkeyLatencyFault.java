package dev.codicil.chaos.fault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Stream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What handles a request is slow, and holds a thread of the service meanwhile. */
final class MonkeyLatencyFault extends MonkeyFault {
  private static final String LATENCY = "latency";
  private static final Duration LONGEST = Duration.ofMinutes(1);

  MonkeyLatencyFault() {
    super(
        "monkey-latency",
        "A handler is slow",
        Effect.Assault.Kind.CALLS,
        List.of(
            new FaultCard.Parameter(
                LATENCY,
                FaultCard.Type.DURATION,
                "6s",
                "How long each call of the handler waits before it does anything, up to 1m; the"
                    + " thread waits inside the service, and its work is done afterwards, even"
                    + " when nobody waits for it any more.")),
        "A good service that calls a slow one gives up in time and does without, as declared; the slow"
            + " one does not run out of threads, nor do twice what was tried again.");
  }

  @Override
  void assault(Parameters parameters, ObjectNode properties) {
    int millis = Math.toIntExact(lasts(parameters).toMillis());
    properties.put("latencyActive", true);
    properties.put("latencyRangeStart", millis).put("latencyRangeEnd", millis);
  }

  @Override
  Duration lasts(Parameters parameters) {
    return parameters.duration(LATENCY);
  }

  @Override
  String detail(Parameters parameters) {
    return "calls wait " + parameters.require(LATENCY);
  }

  @Override
  public Optional<String> contradiction(
      ChaosProfile.Edges edges, Stream stream, Parameters parameters) {
    Duration latency = parameters.duration(LATENCY);
    return latency.toMillis() < 1 || latency.compareTo(LONGEST) > 0
        ? Optional.of("its latency is " + parameters.require(LATENCY) + "; expected 1ms to 1m")
        : Optional.empty();
  }
}
