package dev.codicil.formats.pact;

import dev.codicil.contract.InputException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The generators of a request: what the consumer really sends in a place varies as its generator
 * says, so where no matcher stands the shape is that wide. The example is what is replayed.
 */
final class Generators {
  private static final Map<String, String> UUIDS =
      Map.of(
          "simple", "[0-9a-f]{32}",
          "lower-case-hyphenated", "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
          "upper-case-hyphenated", "[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}",
          "urn", "urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final Rules rules;
  private final Notes notes;

  private Generators(Rules rules, Notes notes) {
    this.rules = rules;
    this.notes = notes;
  }

  /**
   * Adds what generators say to the rules of a part, where these say nothing.
   *
   * @param asked whether the part is a request; in a reply only unknown generators are noted
   */
  static void addTo(Rules rules, Spot part, boolean asked, Notes notes) {
    Spot all = part.child("generators");
    if (!all.present()) {
      return;
    }
    Generators generators = new Generators(rules, notes);
    all.fields()
        .forEach(
            (category, spot) -> {
              try {
                generators.category(category, spot, asked);
              } catch (InputException unusable) {
                notes.add(unusable);
              }
            });
  }

  private void category(String category, Spot spot, boolean asked) {
    if (category.startsWith("$")) {
      // The flat form of version 2 tools: $.body.id
      RulePath path = RulePath.parse(category);
      generator(
          "body",
          path == null ? category : category.replaceFirst("^\\$\\.body", "\\$"),
          spot,
          asked && category.startsWith("$.body"));
      return;
    }
    if (spot.object().child("type").node().isTextual()) {
      generator(category, "", spot, asked);
      return;
    }
    spot.fields().forEach((key, value) -> generator(category, key, value, asked));
  }

  private void generator(String category, String key, Spot spot, boolean asked) {
    String type = spot.object().child("type").visibleText();
    Rule rule = rule(type, spot);
    if (rule == null) {
      notes.add(spot, "the generator '" + Texts.brief(type) + "' is not known");
    } else if (asked) {
      rules.addMissing(category, key, new RuleGroup(List.of(rule), false, key));
    }
  }

  private static @Nullable Rule rule(String type, Spot spot) {
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "randomint" -> bounded(spot);
      case "randomdecimal" -> rule(Rule.Kind.DECIMAL, null, spot);
      case "randomboolean" -> rule(Rule.Kind.BOOLEAN, null, spot);
      case "randomhexadecimal" -> rule(Rule.Kind.REGEX, "[0-9A-Fa-f]+", spot);
      case "randomstring", "providerstate", "mockserverurl" -> rule(Rule.Kind.TYPE, null, spot);
      case "uuid" -> rule(Rule.Kind.REGEX, uuid(spot.child("format")), spot);
      case "regex" -> rule(Rule.Kind.REGEX, Rules.regex(spot.child("regex")), spot);
      case "date" -> rule(Rule.Kind.DATE, format(spot), spot);
      case "time" -> rule(Rule.Kind.TIME, format(spot), spot);
      case "datetime" -> rule(Rule.Kind.DATETIME, format(spot), spot);
      default -> null;
    };
  }

  private static Rule rule(Rule.Kind kind, @Nullable String text, Spot spot) {
    return new Rule(kind, text, null, null, List.of(), List.of(), spot);
  }

  private static Rule bounded(Spot spot) {
    return new Rule(
        Rule.Kind.INTEGER,
        null,
        bound(spot.child("min")),
        bound(spot.child("max")),
        List.of(),
        List.of(),
        spot);
  }

  private static @Nullable Integer bound(Spot spot) {
    return spot.node().isIntegralNumber() && spot.node().canConvertToInt()
        ? (Integer) spot.node().intValue()
        : null;
  }

  private static String uuid(Spot format) {
    String name = format.present() ? format.text().toLowerCase(Locale.ROOT) : "";
    return UUIDS.getOrDefault(name, "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  }

  private static @Nullable String format(Spot spot) {
    return spot.child("format").present() ? spot.child("format").text() : null;
  }
}
