package dev.codicil.chaos.fault;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Parcel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A message comes under the key of another, and so perhaps through another partition. */
final class WrongKeyFault extends SequenceFault {
  private static final String KEY = "key";
  private static final String OTHER = "other";
  private static final String NONE = "none";

  WrongKeyFault() {
    super(
        "wrong-key",
        "A message comes under a wrong key",
        true,
        FaultCard.Fit.OUT_OF_CONTRACT,
        List.of(
            new FaultCard.Parameter(
                    KEY,
                    FaultCard.Type.TEXT,
                    OTHER,
                    "Under which key: other, that of another message of the sequence, or one that"
                        + " nobody knows when all have the same; none, without any.")
                .oneOf(OTHER, NONE),
            message("one is drawn.")),
        "A good service goes by what the message says and ends where it would have ended, or sees"
            + " that key and message contradict each other and puts it aside; it never books the"
            + " message on the other key.");
  }

  @Override
  public Wave disturb(List<Parcel> messages, Parameters parameters, Dice dice) {
    int place = chosen(messages, parameters, dice);
    if (place < 0 || messages.get(place).key() == null) {
      return Wave.calm(messages);
    }
    Parcel message = messages.get(place);
    boolean none = parameters.require(KEY).equals(NONE);
    List<Parcel> all = new ArrayList<>(messages);
    all.set(place, message.withKey(none ? null : other(message, messages)));
    return new Wave(
        all,
        List.of(strike(message, Kind.ALTERED, none ? "comes without a key" : "under another key")));
  }

  private static @Nullable String other(Parcel message, List<Parcel> messages) {
    return keys(messages).stream()
        .filter(key -> key != null && !Objects.equals(key, message.key()))
        .findFirst()
        .orElse(message.key() + "-x");
  }
}
