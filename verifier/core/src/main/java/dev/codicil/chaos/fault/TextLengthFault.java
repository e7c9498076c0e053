package dev.codicil.chaos.fault;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Parameters;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Payload;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gives a text fewer or more characters than its contract allows. */
final class TextLengthFault extends FieldFault {
  private static final String LENGTH = "length";

  TextLengthFault() {
    super(
        "text-length",
        "A text is too short or too long",
        FaultCard.Aim.LENGTH_BOUND,
        FaultCard.Fit.OUT_OF_CONTRACT,
        List.of(
            ValueFault.bound(
                "Which bound is passed; without it, each that the contract sets.",
                "below",
                "above"),
            new FaultCard.Parameter(
                    LENGTH,
                    FaultCard.Type.INTEGER,
                    null,
                    "How many letters the text has; without it, one less or one more than both"
                        + " sides allow.")
                .between(0, 100_000)),
        "Which text, as a JSON pointer; '*' stands for every item of an array. Without it, each"
            + " text whose length has a bound in turn.",
        "A good service refuses a text it has no room for; it does not cut it short, and does not"
            + " fail in its database.");
  }

  @Override
  Optional<String> undecided(Parameters parameters) {
    return parameters.text(LENGTH).isPresent()
        ? Optional.empty()
        : Optional.of("no contract says how long that would be");
  }

  @Override
  Payload edit(JsonText body, String pointer, Parameters parameters, Dice dice) {
    String text = '"' + letters(parameters.integer(LENGTH), dice) + '"';
    return body.with(pointer, type -> text);
  }

  @Override
  String detail(Set<JsonType> types, Parameters parameters, Dice dice) {
    return " to a text of length " + parameters.integer(LENGTH);
  }

  private static String letters(int length, Dice dice) {
    StringBuilder letters = new StringBuilder(length);
    int first = dice.below(26, LENGTH);
    for (int i = 0; i < length; i++) {
      letters.append((char) ('a' + (first + i) % 26));
    }
    return letters.toString();
  }
}
