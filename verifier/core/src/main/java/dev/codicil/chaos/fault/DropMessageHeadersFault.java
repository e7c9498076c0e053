package dev.codicil.chaos.fault;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Parcel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A message comes without its headers, as through a bridge that knows none. */
final class DropMessageHeadersFault extends SequenceFault {
  DropMessageHeadersFault() {
    super(
        "drop-message-headers",
        "A message comes without its headers",
        true,
        FaultCard.Fit.OUT_OF_CONTRACT,
        List.of(message("one is drawn.")),
        "A good service ends where it would have ended when it can do without them; else it puts the"
            + " message aside with the reason, and does not guess.");
  }

  @Override
  public Wave disturb(List<Parcel> messages, Parameters parameters, Dice dice) {
    int place = chosen(messages, parameters, dice);
    if (place < 0 || messages.get(place).headers().isEmpty()) {
      return Wave.calm(messages);
    }
    List<Parcel> all = new ArrayList<>(messages);
    Parcel bare = all.get(place).withHeaders(Map.of());
    all.set(place, bare);
    return new Wave(all, List.of(strike(bare, Kind.ALTERED, "without its headers")));
  }
}
