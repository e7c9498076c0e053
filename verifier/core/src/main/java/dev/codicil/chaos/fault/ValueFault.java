package dev.codicil.chaos.fault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.codicil.chaos.Dice;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Parameters;
import dev.codicil.contract.Json;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Payload;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Gives a place of the body the value that its parameter {@code value} says. When no profile gives
 * one, the planner derives it from the shape of the place, so that all columns get the same.
 */
abstract class ValueFault extends FieldFault {
  static final String VALUE = "value";
  static final String BOUND = "bound";

  ValueFault(
      String id,
      String title,
      FaultCard.Aim aim,
      FaultCard.Fit fit,
      List<FaultCard.Parameter> more,
      String places,
      String goodService) {
    super(
        id,
        title,
        aim,
        fit,
        more,
        "Which place, as a JSON pointer; '*' stands for every item of an array. Without it, "
            + places
            + " in turn.",
        goodService);
  }

  static FaultCard.Parameter value(String byDefault) {
    return new FaultCard.Parameter(
        VALUE,
        FaultCard.Type.TEXT,
        null,
        "The new value as JSON text; what is not JSON is taken as a text. Without it, "
            + byDefault
            + ".");
  }

  static FaultCard.Parameter bound(String choices, String first, String second) {
    return new FaultCard.Parameter(BOUND, FaultCard.Type.TEXT, null, choices).oneOf(first, second);
  }

  @Override
  Optional<String> undecided(Parameters parameters) {
    return parameters.text(VALUE).isPresent()
        ? Optional.empty()
        : Optional.of("no contract says which value that would be");
  }

  @Override
  Payload edit(JsonText body, String pointer, Parameters parameters, Dice dice) {
    String value = json(parameters.require(VALUE));
    return body.with(pointer, type -> value);
  }

  @Override
  String detail(Set<JsonType> types, Parameters parameters, Dice dice) {
    return " to " + json(parameters.require(VALUE));
  }

  /** A value as JSON text: as it is when it is one JSON value, else as a text. */
  static String json(String written) {
    try {
      // Round trips would change how numbers are written, so the text is only looked at.
      Json.mapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).readTree(written);
      return written.isBlank() ? TextNode.valueOf(written).toString() : written;
    } catch (JsonProcessingException notJson) {
      return TextNode.valueOf(written).toString();
    }
  }
}
