package dev.codicil.chaos.fault;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Parameters;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Payload;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gives an array another number or order of items, all of which are its own. */
abstract class ArrayFault extends FieldFault {
  ArrayFault(String id, String title, List<FaultCard.Parameter> more, String goodService) {
    super(
        id,
        title,
        FaultCard.Aim.ARRAY,
        FaultCard.Fit.BY_TARGET,
        more,
        "Which array, as a JSON pointer; '*' stands for every item of an array around it. Without"
            + " it, each array of the contract in turn.",
        goodService);
  }

  @Override
  Optional<String> undecided(Parameters parameters) {
    return Optional.empty(); // without a pointer it is the body itself
  }

  @Override
  final Payload edit(JsonText body, String pointer, Parameters parameters, Dice dice) {
    return body.rewritten(
        pointer,
        written ->
            written.startsWith("[") ? resized(written, items(written), parameters) : written);
  }

  private static List<String> items(String array) {
    return JsonText.of(Payload.of(array)).map(text -> text.texts("/*")).orElse(List.of());
  }

  /**
   * The array after the fault.
   *
   * @param written as it is, which is the answer when nothing can be done
   * @param items its items as they are written
   */
  abstract String resized(String written, List<String> items, Parameters parameters);

  @Override
  abstract String detail(Set<JsonType> types, Parameters parameters, Dice dice);
}
