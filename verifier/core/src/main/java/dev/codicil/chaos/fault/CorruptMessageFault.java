package dev.codicil.chaos.fault;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Parcel;
import dev.codicil.contract.Payload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The bytes of a message are not what was sent. */
final class CorruptMessageFault extends SequenceFault {
  private static final String HOW = "how";
  private static final String BYTES = "bytes";
  private static final String TRUNCATE = "truncate";
  private static final String EMPTY = "empty";
  private static final int STRUCK = 3;

  CorruptMessageFault() {
    super(
        "corrupt-message",
        "A message comes damaged",
        true,
        FaultCard.Fit.OUT_OF_CONTRACT,
        List.of(
            new FaultCard.Parameter(
                    HOW,
                    FaultCard.Type.TEXT,
                    BYTES,
                    "What is wrong with it: bytes, three of them are replaced by ones that are no"
                        + " text; truncate, its second half is missing; empty, nothing is left.")
                .oneOf(BYTES, TRUNCATE, EMPTY),
            message("one is drawn.")),
        "A good service takes nothing from it: it puts the message aside in its dead-letter topic,"
            + " with the reason, and goes on with the others.");
  }

  @Override
  public Wave disturb(List<Parcel> messages, Parameters parameters, Dice dice) {
    int place = chosen(messages, parameters, dice);
    Payload body = place < 0 ? null : messages.get(place).body();
    if (body == null || body.isEmpty()) {
      return Wave.calm(messages);
    }
    String how = parameters.require(HOW);
    byte[] bytes = body.bytes();
    if (how.equals(EMPTY)) {
      bytes = new byte[0];
    } else if (how.equals(TRUNCATE)) {
      bytes = Arrays.copyOf(bytes, bytes.length / 2);
    } else {
      for (int i = 0; i < STRUCK; i++) {
        bytes[(int) (dice.fraction("byte " + i) * bytes.length)] = (byte) 0xff;
      }
    }
    List<Parcel> all = new ArrayList<>(messages);
    Parcel struck = all.get(place).withBody(Payload.of(bytes));
    all.set(place, struck);
    return new Wave(all, List.of(strike(struck, Kind.ALTERED, "damaged, " + how)));
  }
}
