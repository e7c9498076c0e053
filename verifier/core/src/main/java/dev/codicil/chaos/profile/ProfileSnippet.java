package dev.codicil.chaos.profile;

import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Stream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A profile of one fault, to be copied and changed. */
public final class ProfileSnippet {
  /** What YAML reads as a text without quotes, in a flow mapping too. */
  private static final Pattern PLAIN = Pattern.compile("/?[A-Za-z][A-Za-z0-9_./-]*");

  private static final Pattern NOT_A_TEXT = Pattern.compile("(?i)true|false|null|yes|no|on|off");

  private ProfileSnippet() {}

  /** The fault as a built-in profile has it; else with an example of each parameter it needs. */
  public static String of(FaultCard card) {
    Optional<ChaosProfile.Entry> used =
        BuiltInProfiles.names().stream()
            .flatMap(name -> BuiltInProfiles.read(name).entries().stream())
            .filter(entry -> entry.fault().equals(card.id()))
            .findFirst();
    return used.isPresent()
        ? of(card, used.get().edges(), used.get().stream(), used.get().parameters())
        : of(card, ChaosProfile.Edges.UPSTREAM, null, needed(card));
  }

  private static Parameters needed(FaultCard card) {
    Parameters needed = Parameters.NONE;
    for (FaultCard.Parameter parameter : card.parameters()) {
      if (parameter.required()) {
        needed = needed.with(parameter.name(), ParameterText.example(parameter));
      }
    }
    return needed;
  }

  private static String of(
      FaultCard card, ChaosProfile.Edges edges, @Nullable Stream stream, Parameters parameters) {
    StringBuilder text = new StringBuilder();
    text.append("version: ").append(ProfileReader.VERSION).append('\n');
    text.append("name: try-").append(card.id()).append('\n');
    text.append("faults:\n  - fault: ").append(card.id()).append('\n');
    if (!EntryReader.meaningless(card).contains("on")) {
      text.append("    on: ").append(edges.name().toLowerCase(Locale.ROOT)).append('\n');
    }
    if (stream != null && card.streams().size() > 1) {
      text.append("    stream: ").append(stream.name().toLowerCase(Locale.ROOT)).append('\n');
    }
    if (!parameters.values().isEmpty()) {
      text.append("    parameters: { ")
          .append(
              parameters.values().entrySet().stream()
                  .map(value -> value.getKey() + ": " + written(card, value))
                  .collect(Collectors.joining(", ")))
          .append(" }\n");
    }
    return text.toString();
  }

  private static String written(FaultCard card, Map.Entry<String, String> value) {
    String text = value.getValue();
    boolean quoted =
        card.parameter(value.getKey())
            .map(
                parameter ->
                    switch (parameter.type()) {
                      case TEXT, POINTER ->
                          !PLAIN.matcher(text).matches() || NOT_A_TEXT.matcher(text).matches();
                      case DURATION, INTEGER, FRACTION, BOOLEAN -> false;
                    })
            .orElse(true);
    return quoted ? "'" + text.replace("'", "''") + "'" : text;
  }
}
