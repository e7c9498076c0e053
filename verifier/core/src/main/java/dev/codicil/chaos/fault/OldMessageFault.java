package dev.codicil.chaos.fault;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Parcel;
import java.util.ArrayList;
import java.util.List;

/** Messages of the contract before the amendment come among those of the one after it. */
final class OldMessageFault extends SequenceFault {
  private static final String SHARE = "share";
  private static final String HALF = "half";
  private static final String ALL = "all";

  OldMessageFault() {
    super(
        "old-message",
        "Messages of the old contract come among new ones",
        true,
        FaultCard.Fit.IN_CONTRACT,
        List.of(
            new FaultCard.Parameter(
                    SHARE,
                    FaultCard.Type.TEXT,
                    HALF,
                    "How many of them: half, every second message, as while producers are rolled"
                        + " out; all, as when what a topic retains is read once more.")
                .oneOf(HALF, ALL)),
        "A good service reads both for as long as a topic retains messages of the old contract, and"
            + " ends at the same.");
  }

  @Override
  public Wave disturb(List<Parcel> messages, Parameters parameters, Dice dice) {
    boolean all = parameters.require(SHARE).equals(ALL);
    int first = dice.below(2, "first");
    List<Parcel> mixed = new ArrayList<>();
    List<Strike> strikes = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      Parcel message = messages.get(i);
      if (message.old() != null && (all || i % 2 == first)) {
        mixed.add(message.withBody(message.old()));
        strikes.add(strike(message, Kind.KEPT, "as the old contract has it"));
      } else {
        mixed.add(message);
      }
    }
    return new Wave(mixed, strikes);
  }
}
