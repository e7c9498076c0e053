package dev.codicil.chaos.fault;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.MessageFault;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Parcel;
import dev.codicil.chaos.Stream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What faults on sequences of messages have in common: their card, and which message they take. */
abstract class SequenceFault implements MessageFault {
  private static final String MESSAGE = "message";
  private static final int MOST_MESSAGES = 1_000_000;

  private final FaultCard card;

  SequenceFault(
      String id,
      String title,
      boolean content,
      FaultCard.Fit fit,
      List<FaultCard.Parameter> parameters,
      String goodService) {
    this.card =
        new FaultCard(
            id,
            title,
            FaultCard.Layer.BROKER,
            Set.of(Stream.DOWNSTREAM),
            false,
            content,
            FaultCard.Aim.SEQUENCE,
            fit,
            parameters,
            goodService);
  }

  @Override
  public final FaultCard card() {
    return card;
  }

  /** The parameter that chooses a message. */
  static FaultCard.Parameter message(String otherwise) {
    return new FaultCard.Parameter(
            MESSAGE,
            FaultCard.Type.INTEGER,
            null,
            "Which message of the sequence, counted on its topic from 1; without it " + otherwise)
        .between(1, MOST_MESSAGES);
  }

  /** Place of the message that was chosen, else of one that is drawn; -1 when there is none. */
  static int chosen(List<Parcel> messages, Parameters parameters, Dice dice) {
    if (messages.isEmpty()) {
      return -1;
    }
    int place =
        parameters
            .text(MESSAGE)
            .map(text -> Integer.parseInt(text) - 1)
            .orElseGet(() -> dice.below(messages.size(), MESSAGE));
    return place < messages.size() ? place : -1;
  }

  /** Whether one message was chosen, and it is another one. */
  static boolean spared(int place, Parameters parameters) {
    return parameters.text(MESSAGE).map(text -> Integer.parseInt(text) - 1 != place).orElse(false);
  }

  /** What is done to a message, for the log. */
  static Strike strike(Parcel parcel, Kind kind, String detail) {
    return new Strike(
        parcel.origin(),
        parcel.key(),
        kind,
        "message " + (parcel.origin() + 1) + under(parcel.key()) + ": " + detail);
  }

  private static String under(@Nullable String key) {
    return key == null ? "" : " of " + key;
  }

  /** Keys in order of their first message, null among them when messages have none. */
  static List<@Nullable String> keys(List<Parcel> messages) {
    Set<@Nullable String> keys = new LinkedHashSet<>();
    messages.forEach(message -> keys.add(message.key()));
    return new ArrayList<>(keys);
  }
}
