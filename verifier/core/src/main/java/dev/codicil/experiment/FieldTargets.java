package dev.codicil.experiment;

import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Stream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Aims a fault at places of a body: at fields, or at what a contract says about them. */
final class FieldTargets {
  private static final String POINTER = "pointer";

  private FieldTargets() {}

  /**
   * Aims a fault.
   *
   * @param written as the profile has them; when they name a place, only that one is struck
   * @param fields what messages have
   * @param there whether a message may have a place, by pointer
   * @param seed of what is derived
   * @return in the order of {@code fields}
   */
  static Targets aim(
      FaultCard card,
      Parameters written,
      FieldPointers fields,
      Predicate<String> there,
      Stream stream,
      long seed) {
    Optional<String> chosen = chosen(card, written);
    List<Targets.Target> list = new ArrayList<>();
    List<String> notApplicable = new ArrayList<>();
    for (Map.Entry<String, List<Place>> entry : candidates(card, fields).entrySet()) {
      String pointer = entry.getKey();
      if (chosen.isPresent() && !chosen.get().equals(pointer) || !there.test(pointer)) {
        continue;
      }
      // The whole body is what a fault without a pointer strikes.
      Parameters aimed = pointer.isEmpty() ? written : written.with(name(card), pointer);
      Targets targets =
          new PlaceTargets(card, aimed, pointer, entry.getValue(), stream, seed).targets();
      list.addAll(targets.list());
      notApplicable.addAll(targets.notApplicable());
    }
    return new Targets(list, notApplicable);
  }

  /** Faults on any field need no more than its name; the others need what is said about it. */
  private static Map<String, List<Place>> candidates(FaultCard card, FieldPointers fields) {
    if (card.aim() != FaultCard.Aim.FIELD) {
      return fields.places();
    }
    Map<String, List<Place>> named = new LinkedHashMap<>();
    fields
        .list()
        .forEach(field -> named.put(field, fields.places().getOrDefault(field, List.of())));
    return named;
  }

  private static String name(FaultCard card) {
    return card.parameters().stream()
        .filter(parameter -> parameter.type() == FaultCard.Type.POINTER)
        .map(FaultCard.Parameter::name)
        .findFirst()
        .orElse(POINTER);
  }

  private static Optional<String> chosen(FaultCard card, Parameters parameters) {
    return parameters.text(name(card));
  }

  /** The place a set of parameters aims at; empty for the whole body. */
  static String pointer(FaultCard card, Parameters parameters) {
    return chosen(card, parameters).orElse("");
  }
}
