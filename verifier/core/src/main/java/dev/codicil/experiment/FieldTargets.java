package dev.codicil.experiment;

import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Parameters;
import java.util.List;
import java.util.Optional;

/** One set of parameters for every field a fault is aimed at. */
final class FieldTargets {
  private static final String POINTER = "pointer";

  private FieldTargets() {}

  /**
   * Aims a fault.
   *
   * @param parameters as the profile has them; when they name a field, only that one is struck
   * @param fields what messages have
   * @return one for each field; empty when there is none to strike
   */
  static List<Parameters> aim(FaultCard card, Parameters parameters, List<String> fields) {
    String name =
        card.parameters().stream()
            .filter(parameter -> parameter.type() == FaultCard.Type.POINTER)
            .map(FaultCard.Parameter::name)
            .findFirst()
            .orElse(POINTER);
    Optional<String> chosen = parameters.text(name);
    if (chosen.isPresent()) {
      return fields.contains(chosen.get()) ? List.of(parameters) : List.of();
    }
    return fields.stream().map(pointer -> parameters.with(name, pointer)).toList();
  }

  /** The field a set of parameters aims at. */
  static String pointer(FaultCard card, Parameters parameters) {
    return card.parameters().stream()
        .filter(parameter -> parameter.type() == FaultCard.Type.POINTER)
        .findFirst()
        .flatMap(parameter -> parameters.text(parameter.name()))
        .or(() -> parameters.text(POINTER))
        .orElse("");
  }
}
