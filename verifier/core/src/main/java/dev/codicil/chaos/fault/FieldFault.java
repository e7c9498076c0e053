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
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A fault on one place of a JSON body. Everything else in the body keeps its very bytes. */
abstract class FieldFault implements Fault {
  static final String POINTER = "pointer";

  private final FaultCard card;

  /**
   * A fault on fields of any kind.
   *
   * @param fit what is left of the contract
   */
  FieldFault(String id, String title, FaultCard.Aim aim, FaultCard.Fit fit, String goodService) {
    this(
        id,
        title,
        aim,
        fit,
        List.of(),
        "Which field, as a JSON pointer; '*' stands for every item of an array. Without it, each"
            + " field of the contract in turn.",
        goodService);
  }

  /**
   * A fault on places of one kind.
   *
   * @param more parameters beside the pointer
   * @param pointer what the pointer names, and what is struck without it
   */
  FieldFault(
      String id,
      String title,
      FaultCard.Aim aim,
      FaultCard.Fit fit,
      List<FaultCard.Parameter> more,
      String pointer,
      String goodService) {
    this(
        id,
        title,
        FaultCard.Layer.CONTRACT,
        Streams.REPLIES_AND_REQUESTS,
        aim,
        fit,
        more,
        pointer,
        goodService);
  }

  /** The same, of any layer and stream. */
  FieldFault(
      String id,
      String title,
      FaultCard.Layer layer,
      Set<Stream> streams,
      FaultCard.Aim aim,
      FaultCard.Fit fit,
      List<FaultCard.Parameter> more,
      String pointer,
      String goodService) {
    List<FaultCard.Parameter> parameters = new ArrayList<>();
    parameters.add(new FaultCard.Parameter(POINTER, FaultCard.Type.POINTER, null, pointer));
    parameters.addAll(more);
    card = new FaultCard(id, title, layer, streams, true, true, aim, fit, parameters, goodService);
  }

  @Override
  public final FaultCard card() {
    return card;
  }

  @Override
  public final Injection.Plan plan(Exchange exchange, Parameters parameters, Dice dice) {
    Optional<String> why = Bodies.encoded(exchange).or(() -> undecided(parameters));
    if (why.isPresent()) {
      return Injection.Plan.none(why.get());
    }
    String pointer = parameters.text(POINTER).orElse("");
    if (JsonText.surelyLacks(exchange.body(), pointer)) {
      return Injection.Plan.none("the body has no " + pointer);
    }
    Optional<JsonText> json = JsonText.of(exchange.body());
    if (json.isEmpty()) {
      return Injection.Plan.none("the body is not JSON");
    }
    String place = pointer.isEmpty() ? "the body" : pointer;
    Set<JsonType> types = new LinkedHashSet<>(json.get().types(pointer));
    if (types.isEmpty()) {
      return Injection.Plan.none("the body has no " + pointer);
    }
    Payload changed = edit(json.get(), pointer, parameters, dice);
    return changed.equals(exchange.body())
        ? Injection.Plan.none(place + " is like that already")
        : Injection.Plan.of(
            new Effect.ReplaceBody(changed), place + detail(types, parameters, dice));
  }

  /** Why there is nothing to strike yet; empty when everything is decided. */
  Optional<String> undecided(Parameters parameters) {
    return parameters.text(POINTER).isPresent()
        ? Optional.empty()
        : Optional.of("no field was chosen");
  }

  /** The body after the fault; {@code pointer} leads somewhere. */
  abstract Payload edit(JsonText body, String pointer, Parameters parameters, Dice dice);

  /** What follows the pointer in the log. */
  abstract String detail(Set<JsonType> types, Parameters parameters, Dice dice);
}
