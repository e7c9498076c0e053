package dev.codicil.chaos.fault;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Parcel;
import java.util.ArrayList;
import java.util.List;

/** One message never comes. */
final class DropMessageFault extends SequenceFault {
  DropMessageFault() {
    super(
        "drop-message",
        "A message never comes",
        false,
        FaultCard.Fit.UNTOUCHED,
        List.of(message("one is drawn.")),
        "A good service works on: what it makes of every other key is as if nothing had happened,"
            + " and a later message of the key does not fail for want of the earlier one.");
  }

  @Override
  public Wave disturb(List<Parcel> messages, Parameters parameters, Dice dice) {
    int place = chosen(messages, parameters, dice);
    if (place < 0) {
      return Wave.calm(messages);
    }
    List<Parcel> rest = new ArrayList<>(messages);
    Parcel gone = rest.remove(place);
    return new Wave(rest, List.of(strike(gone, Kind.GONE, "not published")));
  }
}
