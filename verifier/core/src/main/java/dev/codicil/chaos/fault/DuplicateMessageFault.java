package dev.codicil.chaos.fault;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Parcel;
import java.util.ArrayList;
import java.util.List;

/** Messages come twice: at once, as a producer's retry, or later, as after a lost commit. */
final class DuplicateMessageFault extends SequenceFault {
  private static final String AGAIN = "again";
  private static final String AT_ONCE = "at-once";
  private static final String LATER = "later";

  DuplicateMessageFault() {
    super(
        "duplicate-message",
        "Messages come twice",
        false,
        FaultCard.Fit.UNTOUCHED,
        List.of(
            new FaultCard.Parameter(
                    AGAIN,
                    FaultCard.Type.TEXT,
                    AT_ONCE,
                    "When the second one comes: at-once, right behind the first, as when a producer"
                        + " tries again; later, behind all messages of the sequence and in their"
                        + " order, as when a consumer dies before it has committed.")
                .oneOf(AT_ONCE, LATER),
            message("all of them.")),
        "A good service does the work once, since delivery at least once is all that a broker"
            + " promises: by the identity of the message, or because its work can be repeated.");
  }

  @Override
  public Wave disturb(List<Parcel> messages, Parameters parameters, Dice dice) {
    boolean later = parameters.require(AGAIN).equals(LATER);
    List<Parcel> all = new ArrayList<>();
    List<Parcel> behind = new ArrayList<>();
    List<Strike> strikes = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      Parcel message = messages.get(i);
      all.add(message);
      if (!spared(i, parameters)) {
        (later ? behind : all).add(message);
        strikes.add(strike(message, Kind.KEPT, "comes again " + parameters.require(AGAIN)));
      }
    }
    all.addAll(behind);
    return new Wave(all, strikes);
  }
}
