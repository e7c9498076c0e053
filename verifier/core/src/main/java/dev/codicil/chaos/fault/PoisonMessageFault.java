package dev.codicil.chaos.fault;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Parcel;
import dev.codicil.contract.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A message comes that is none, in front of good ones. */
final class PoisonMessageFault extends SequenceFault {
  private static final String BODY = "body";
  private static final String BINARY = "binary";
  private static final String JSON = "json";
  private static final String TOMBSTONE = "tombstone";
  private static final byte[] NO_TEXT = {0, (byte) 0xff, (byte) 0xfe, 0x7b, 0, (byte) 0xc0};

  PoisonMessageFault() {
    super(
        "poison-message",
        "A message comes that cannot be read",
        true,
        FaultCard.Fit.OUT_OF_CONTRACT,
        List.of(
            new FaultCard.Parameter(
                    BODY,
                    FaultCard.Type.TEXT,
                    BINARY,
                    "What it is: binary, some bytes that are no text; json, a JSON object that no"
                        + " message of the contract is; tombstone, a key and nothing else.")
                .oneOf(BINARY, JSON, TOMBSTONE),
            message("one is drawn, and the poison comes right in front of it, under its key.")),
        "A good service puts it aside in its dead-letter topic, with the reason, after no more"
            + " attempts than it takes to be sure, and everything behind it gets through.");
  }

  @Override
  public Wave disturb(List<Parcel> messages, Parameters parameters, Dice dice) {
    int place = chosen(messages, parameters, dice);
    if (place < 0) {
      return Wave.calm(messages);
    }
    String body = parameters.require(BODY);
    Payload payload =
        switch (body) {
          case BINARY -> Payload.of(NO_TEXT);
          case JSON -> Payload.of("{\"poison\":true}");
          default -> null;
        };
    Parcel victim = messages.get(place);
    List<Parcel> all = new ArrayList<>(messages);
    all.add(place, victim.added().withBody(payload).withHeaders(Map.of()));
    return new Wave(
        all, List.of(strike(victim, Kind.ADDED, "poison comes in front of it, " + body)));
  }
}
