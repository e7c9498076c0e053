package dev.codicil.chaos.fault;

import dev.codicil.chaos.Durations;
import dev.codicil.chaos.FaultCard;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether a card can be true: what profiles, planner and reference page rely on. */
final class CardCheck {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  private CardCheck() {}

  /** What contradicts itself, as the end of a sentence; empty when nothing does. */
  static Optional<String> contradiction(FaultCard card) {
    if (!NAME.matcher(card.id()).matches()) {
      return Optional.of("the id is not lower-case words joined by hyphens");
    }
    if (card.title().isBlank() || card.goodService().isBlank()) {
      return Optional.of("it has no title, or does not say what a good service does");
    }
    if (card.streams().isEmpty()) {
      return Optional.of("it strikes no stream; expected upstream, downstream or both");
    }
    boolean pointer =
        card.parameters().stream().anyMatch(one -> one.type() == FaultCard.Type.POINTER);
    if (card.aim().inBody() && !(card.needsBody() && card.content())) {
      return Optional.of("it is aimed at places of the body, and needs or changes no body");
    }
    if (card.aim().inBody() != pointer) {
      return Optional.of(
          pointer
              ? "it has a parameter for a pointer, and is aimed at no place of the body"
              : "it is aimed at places of the body, and has no parameter for a pointer");
    }
    if (card.content() && card.fit() == FaultCard.Fit.UNTOUCHED) {
      return Optional.of("it changes what a message says, and says that it is untouched");
    }
    return parameters(card);
  }

  private static Optional<String> parameters(FaultCard card) {
    Set<String> names = new HashSet<>();
    for (FaultCard.Parameter parameter : card.parameters()) {
      if (!NAME.matcher(parameter.name()).matches() || !names.add(parameter.name())) {
        return Optional.of(
            "the parameter '"
                + parameter.name()
                + "' is there twice, or its name is not lower-case words joined by hyphens");
      }
      Optional<String> wrong = parameter(parameter);
      if (wrong.isPresent()) {
        return Optional.of("the parameter '" + parameter.name() + "' " + wrong.get());
      }
    }
    return Optional.empty();
  }

  private static Optional<String> parameter(FaultCard.Parameter parameter) {
    String byDefault = parameter.defaultValue();
    if (parameter.description().isBlank()) {
      return Optional.of("has no description");
    }
    if (parameter.least() > parameter.most()) {
      return Optional.of("has no value between its bounds");
    }
    if (byDefault == null) {
      return Optional.empty();
    }
    if (parameter.required()) {
      return Optional.of("is required and has a default");
    }
    return valid(parameter, byDefault)
        ? Optional.empty()
        : Optional.of("has a default that it would refuse");
  }

  private static boolean valid(FaultCard.Parameter parameter, String value) {
    try {
      return switch (parameter.type()) {
        case DURATION -> !Durations.parse(value).isNegative();
        case INTEGER ->
            Long.parseLong(value) >= parameter.least() && Long.parseLong(value) <= parameter.most();
        case FRACTION -> Double.parseDouble(value) >= 0 && Double.parseDouble(value) <= 1;
        case BOOLEAN -> value.equals("true") || value.equals("false");
        case POINTER -> value.startsWith("/");
        case TEXT -> parameter.choices().isEmpty() || parameter.choices().contains(value);
      };
    } catch (IllegalArgumentException notOne) {
      return false;
    }
  }
}
