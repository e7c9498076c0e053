package dev.codicil.chaos.fault;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Payload;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A fault on one field of a JSON body. Everything else in the body keeps its very bytes. */
abstract class FieldFault implements Fault {
  private static final String POINTER = "pointer";

  private final FaultCard card;

  FieldFault(String id, String title, String goodService) {
    card =
        new FaultCard(
            id,
            title,
            FaultCard.Layer.CONTRACT,
            new LinkedHashSet<>(List.of(Stream.DOWNSTREAM, Stream.UPSTREAM)),
            true,
            true,
            true,
            List.of(
                new FaultCard.Parameter(
                    POINTER,
                    FaultCard.Type.POINTER,
                    null,
                    "Which field, as a JSON pointer; '*' stands for every item of an array."
                        + " Without it, each field of the contract in turn.")),
            goodService);
  }

  @Override
  public final FaultCard card() {
    return card;
  }

  @Override
  public final Injection.Plan plan(Exchange exchange, Parameters parameters, Dice dice) {
    Optional<String> pointer = parameters.text(POINTER);
    Optional<String> encoded = Bodies.encoded(exchange);
    if (pointer.isEmpty() || encoded.isPresent()) {
      return Injection.Plan.none(encoded.orElse("no field was chosen"));
    }
    Optional<JsonText> json = JsonText.of(exchange.body());
    if (json.isEmpty()) {
      return Injection.Plan.none("the body is not JSON");
    }
    Set<JsonType> types = new LinkedHashSet<>(json.get().types(pointer.get()));
    if (types.isEmpty()) {
      return Injection.Plan.none("the body has no " + pointer.get());
    }
    Payload changed = edit(json.get(), pointer.get(), dice);
    return changed.equals(exchange.body())
        ? Injection.Plan.none(pointer.get() + " is like that already")
        : Injection.Plan.of(new Effect.ReplaceBody(changed), pointer.get() + detail(types, dice));
  }

  /** The body after the fault; {@code pointer} leads somewhere. */
  abstract Payload edit(JsonText body, String pointer, Dice dice);

  /** What follows the pointer in the log. */
  abstract String detail(Set<JsonType> types, Dice dice);
}
