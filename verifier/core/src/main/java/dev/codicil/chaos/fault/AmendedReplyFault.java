package dev.codicil.chaos.fault;

import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.Payload;
import java.util.List;
import java.util.Optional;

/**
 * Lets a reply say what only the amended document allows: a field is left out that was always
 * there, a value comes that was never listed. No fault of a wire; it is what the amendment permits.
 */
public final class AmendedReplyFault implements Fault {
  /** Id of this fault. */
  public static final String ID = "amended-reply";

  /** The parameter that names the place. */
  public static final String POINTER = FieldFault.POINTER;

  /** The parameter that gives the value; without it the place is left out. */
  public static final String VALUE = ValueFault.VALUE;

  /** The parameter that says which change it shows. */
  public static final String RULE = "rule";

  private static final FaultCard CARD =
      new FaultCard(
          ID,
          "A reply that only the amended contract allows",
          FaultCard.Layer.AMENDMENT,
          Streams.REPLIES,
          true,
          true,
          FaultCard.Aim.AMENDED_REPLY,
          FaultCard.Fit.IN_CONTRACT,
          List.of(
              new FaultCard.Parameter(
                  POINTER,
                  FaultCard.Type.POINTER,
                  null,
                  "Which place, as a JSON pointer; '*' stands for every item of an array. Without"
                      + " it, each place where the amended document allows replies that its base"
                      + " refuses, with a value that shows it."),
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
          "A good service goes on as before, falls back as declared, or refuses with a declared"
              + " error: from the day the amendment is released this is an ordinary reply.");

  @Override
  public FaultCard card() {
    return CARD;
  }

  @Override
  public Injection.Plan plan(Exchange exchange, Parameters parameters, Dice dice) {
    Optional<String> pointer = parameters.text(POINTER);
    Optional<String> encoded = Bodies.encoded(exchange);
    Optional<JsonText> json = JsonText.of(exchange.body());
    if (pointer.isEmpty() || encoded.isPresent() || json.isEmpty()) {
      return Injection.Plan.none(
          pointer.isEmpty() ? "no place was chosen" : encoded.orElse("the body is not JSON"));
    }
    if (json.get().types(pointer.get()).isEmpty()) {
      return Injection.Plan.none("the body has no " + pointer.get());
    }
    Optional<String> value = parameters.text(VALUE).map(ValueFault::json);
    Payload changed =
        value.isPresent()
            ? json.get().with(pointer.get(), type -> value.get())
            : json.get().without(pointer.get());
    return changed.equals(exchange.body())
        ? Injection.Plan.none(pointer.get() + " is like that already")
        : Injection.Plan.of(
            new Effect.ReplaceBody(changed),
            pointer.get() + value.map(text -> " is " + text).orElse(" left out"));
  }

  @Override
  public Optional<String> contradiction(
      ChaosProfile.Edges edges, Stream stream, Parameters parameters) {
    return edges == ChaosProfile.Edges.CONSUMER
        ? Optional.of("only a real consumer reads replies; expected on: upstream")
        : Optional.empty();
  }
}
