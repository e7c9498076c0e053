package dev.codicil.chaos.profile;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.codicil.chaos.Conditions;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.FaultSet;
import dev.codicil.chaos.Match;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.chaos.Stream;
import dev.codicil.chaos.When;
import dev.codicil.chaos.fault.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes a profile of one fault set, which {@link ProfileReader} reads back as the same faults. */
public final class ProfileText {
  private ProfileText() {}

  /**
   * The profile.
   *
   * @param name of the profile, and of its file
   * @param title one line
   * @param comment lines for the head of the file
   * @param faults what strikes, on exactly these edges
   * @return empty when a profile cannot say it, as with a fault that begins at a later exchange
   */
  public static Optional<String> of(
      String name, String title, List<String> comment, FaultSet faults) {
    if (faults.faults().stream().anyMatch(fault -> !canBeSaid(fault.conditions()))) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder();
    comment.forEach(line -> text.append("# ").append(line.replaceAll("\\R", " ")).append('\n'));
    text.append("version: 1\nname: ").append(name);
    text.append("\ntitle: ").append(quoted(title)).append("\nedges: [");
    text.append(
        faults.faults().stream()
            .map(PlannedFault::edge)
            .collect(Collectors.toCollection(TreeSet::new))
            .stream()
            .map(ProfileText::quoted)
            .collect(Collectors.joining(", ")));
    text.append("]\n");
    int most =
        faults.faults().stream().mapToInt(fault -> fault.conditions().exchanges()).min().orElse(0);
    if (most != Conditions.UNBOUNDED) {
      text.append("exchanges: ").append(most).append('\n');
    }
    text.append("faults:\n");
    boolean together = faults.faults().size() > 1;
    if (together) {
      text.append("  - together:\n");
    }
    for (PlannedFault fault : faults.faults()) {
      entry(fault, together ? "      " : "  ", text);
    }
    return Optional.of(text.toString());
  }

  private static boolean canBeSaid(Conditions conditions) {
    When when = conditions.when();
    return when.from() == 1 || when.from() == when.to();
  }

  private static void entry(PlannedFault fault, String indent, StringBuilder text) {
    FaultCard card = Faults.byId(fault.fault()).map(known -> known.card()).orElse(null);
    text.append(indent).append("- fault: ").append(fault.fault()).append('\n');
    if (card == null || !EntryReader.meaningless(card).contains("on")) {
      line(text, indent, "on", fault.edge().startsWith("client->") ? "consumer" : "upstream");
    }
    if (!(card != null && EntryReader.meaningless(card).contains("stream"))
        && (card == null || card.streams().size() > 1 || fault.stream() == Stream.DOWNSTREAM)) {
      line(text, indent, "stream", fault.stream().name().toLowerCase(Locale.ROOT));
    }
    Conditions conditions = fault.conditions();
    if (!conditions.match().equals(Match.ANY)) {
      line(text, indent, "match", match(conditions.match()));
    }
    if (!conditions.when().equals(When.ALWAYS)) {
      line(text, indent, "when", when(conditions.when()));
    }
    if (conditions.toxicity() < 1) {
      line(text, indent, "toxicity", Double.toString(conditions.toxicity()));
    }
    Map<String, String> parameters = new TreeMap<>();
    fault
        .parameters()
        .values()
        .forEach(
            (name, value) -> {
              if (card == null || !card.isDefault(name, value)) {
                parameters.put(name, written(card, name, value));
              }
            });
    if (!parameters.isEmpty()) {
      line(text, indent, "parameters", flow(parameters));
    }
  }

  private static void line(StringBuilder text, String indent, String key, String value) {
    text.append(indent).append("  ").append(key).append(": ").append(value).append('\n');
  }

  private static String match(Match match) {
    Map<String, String> keys = new TreeMap<>();
    if (match.method() != null) {
      keys.put("method", match.method());
    }
    if (match.path() != null) {
      keys.put("path", quoted(match.path()));
    }
    if (match.header() != null) {
      Map<String, String> header = new TreeMap<>(Map.of("name", quoted(match.header())));
      if (match.value() != null) {
        header.put("value", quoted(match.value()));
      }
      keys.put("header", flow(header));
    }
    if (match.field() != null) {
      keys.put("field", quoted(match.field()));
    }
    return flow(keys);
  }

  private static String when(When when) {
    List<String> keys = new ArrayList<>();
    if (when.from() == when.to()) {
      return "{ call: " + when.from() + " }";
    }
    if (when.to() != When.OPEN) {
      keys.add("first: " + when.to());
    }
    if (when.every() > 1) {
      keys.add("every: " + when.every());
    }
    return "{ " + String.join(", ", keys) + " }";
  }

  private static String written(@Nullable FaultCard card, String name, String value) {
    Optional<FaultCard.Parameter> parameter =
        card == null ? Optional.empty() : card.parameter(name);
    boolean plain =
        parameter
            .map(FaultCard.Parameter::type)
            .filter(
                type ->
                    type == FaultCard.Type.INTEGER
                        || type == FaultCard.Type.FRACTION
                        || type == FaultCard.Type.BOOLEAN)
            .isPresent();
    return plain ? value : quoted(value);
  }

  private static String flow(Map<String, String> keys) {
    return keys.entrySet().stream()
        .map(key -> key.getKey() + ": " + key.getValue())
        .collect(Collectors.joining(", ", "{ ", " }"));
  }

  /** As JSON quotes it, which YAML reads alike. */
  private static String quoted(String text) {
    return text.matches("[A-Za-z0-9][A-Za-z0-9 ._/-]*[a-zA-Z]")
            && !text.matches("(?i)true|false|null|yes|no|on|off")
        ? text
        : TextNode.valueOf(text).toString();
  }
}
