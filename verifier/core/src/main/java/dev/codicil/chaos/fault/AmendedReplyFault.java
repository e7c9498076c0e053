package dev.codicil.chaos.fault;

import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.Dice;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Payload;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lets a reply say what only the amended document allows: a field is left out that was always
 * there, a value comes that was never listed. No fault of a wire; it is what the amendment permits.
 */
public final class AmendedReplyFault extends FieldFault {
  /** Id of this fault. */
  public static final String ID = "amended-reply";

  /** The parameter that names the place. */
  public static final String POINTER = FieldFault.POINTER;

  /** The parameter that gives the value; without it the place is left out. */
  public static final String VALUE = ValueFault.VALUE;

  /** The parameter that says which change it shows. */
  public static final String RULE = "rule";

  AmendedReplyFault() {
    super(
        ID,
        "A reply that only the amended contract allows",
        FaultCard.Layer.AMENDMENT,
        Streams.REPLIES,
        FaultCard.Aim.AMENDED_REPLY,
        FaultCard.Fit.IN_CONTRACT,
        List.of(
            new FaultCard.Parameter(
                VALUE,
                FaultCard.Type.TEXT,
                null,
                "The value at the pointer as JSON text; what is not JSON is taken as a text."
                    + " Without it the place is left out of the reply."),
            new FaultCard.Parameter(
                RULE,
                FaultCard.Type.TEXT,
                null,
                "Which change it shows, for people: the id of the rule that found it.")),
        "Which place, as a JSON pointer; '*' stands for every item of an array. Without"
            + " it, each place where the amended document allows replies that its base"
            + " refuses, with a value that shows it.",
        "A good service goes on as before, falls back as declared, or refuses with a declared"
            + " error: from the day the amendment is released this is an ordinary reply.");
  }

  @Override
  Optional<String> undecided(Parameters parameters) {
    return parameters.text(POINTER).isPresent()
        ? Optional.empty()
        : Optional.of("no place was chosen");
  }

  @Override
  Payload edit(JsonText body, String pointer, Parameters parameters, Dice dice) {
    Optional<String> value = value(parameters);
    return value.isPresent() ? body.with(pointer, type -> value.get()) : body.without(pointer);
  }

  @Override
  String detail(Set<JsonType> types, Parameters parameters, Dice dice) {
    return value(parameters).map(text -> " is " + text).orElse(" left out");
  }

  private static Optional<String> value(Parameters parameters) {
    return parameters.text(VALUE).map(ValueFault::json);
  }

  @Override
  public Optional<String> contradiction(
      ChaosProfile.Edges edges, Stream stream, Parameters parameters) {
    return edges == ChaosProfile.Edges.CONSUMER
        ? Optional.of("only a real consumer reads replies; expected on: upstream")
        : Optional.empty();
  }
}
