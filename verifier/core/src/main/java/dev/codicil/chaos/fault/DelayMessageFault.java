package dev.codicil.chaos.fault;

import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.Dice;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Parcel;
import dev.codicil.chaos.Stream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A message and all behind it come late. */
final class DelayMessageFault extends SequenceFault {
  private static final String TIME = "time";
  private static final Duration LONGEST = Duration.ofMinutes(1);

  DelayMessageFault() {
    super(
        "delay-message",
        "A message comes late",
        false,
        FaultCard.Fit.UNTOUCHED,
        List.of(
            new FaultCard.Parameter(
                TIME,
                FaultCard.Type.DURATION,
                "500ms",
                "How long the broker is silent before it; at most 1m."),
            message("one is drawn.")),
        "A good service waits as long as it takes, gives nothing up, and is where it should be once"
            + " the message has come.");
  }

  @Override
  public Wave disturb(List<Parcel> messages, Parameters parameters, Dice dice) {
    int place = chosen(messages, parameters, dice);
    if (place < 0) {
      return Wave.calm(messages);
    }
    List<Parcel> all = new ArrayList<>(messages);
    Parcel late = all.get(place).after(parameters.duration(TIME));
    all.set(place, late);
    return new Wave(
        all, List.of(strike(late, Kind.KEPT, parameters.require(TIME) + " of silence before it")));
  }

  @Override
  public Optional<String> contradiction(
      ChaosProfile.Edges edges, Stream stream, Parameters parameters) {
    return parameters.duration(TIME).compareTo(LONGEST) > 0
        ? Optional.of("its time is " + parameters.require(TIME) + "; expected up to 1m")
        : Optional.empty();
  }
}
