package dev.codicil.formats.pact;

import dev.codicil.contract.InputException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The matching rules of one request, reply or message: flat as in version 2 ({@code $.body.id}), or
 * by category as in versions 3 and 4. Told apart by their form, as Pact does.
 */
final class Rules {
  private static final Set<String> CATEGORIES =
      Set.of("body", "content", "header", "headers", "query", "path", "status", "metadata");

  private final RuleTree body = new RuleTree();
  private final Map<String, RuleGroup> named = new HashMap<>();
  private final Notes notes;
  private @Nullable RuleGroup status;

  private Rules(Notes notes) {
    this.notes = notes;
  }

  /** Reads the {@code matchingRules} of a part; what is not understood goes to the notes. */
  static Rules of(Spot part, Notes notes) {
    Rules rules = new Rules(notes);
    Spot all = part.child("matchingRules");
    if (!all.present()) {
      return rules;
    }
    all.fields()
        .forEach(
            (key, spot) -> {
              try {
                if (key.startsWith("$")) {
                  rules.flat(key, spot);
                } else {
                  rules.category(key, spot);
                }
              } catch (InputException unusable) {
                notes.add(unusable);
              }
            });
    return rules;
  }

  RuleTree body() {
    return body;
  }

  @Nullable RuleGroup status() {
    return status;
  }

  @Nullable RuleGroup header(String name) {
    return named.get("header:" + name.toLowerCase(Locale.ROOT));
  }

  @Nullable RuleGroup query(String name) {
    return named.get("query:" + name);
  }

  @Nullable RuleGroup metadata(String name) {
    return named.get("metadata:" + name);
  }

  private void flat(String key, Spot spot) {
    RulePath path = RulePath.parse(key);
    String category = path == null || path.tokens().isEmpty() ? null : path.tokens().get(0).name();
    if (path == null || category == null || !CATEGORIES.contains(category)) {
      notes.add(spot, "'" + Texts.brief(key) + "' is no path of a matching rule");
      return;
    }
    List<RulePath.Token> rest = path.tokens().subList(1, path.tokens().size());
    RuleGroup group =
        spot.object().node().has("matchers")
            ? group(spot, key)
            : new RuleGroup(List.of(rule(spot)), false, key);
    if (isBody(category)) {
      body.add(new RulePath(rest), group);
    } else if (category.equals("status")) {
      status = group;
    } else if (!category.equals("path") && !rest.isEmpty() && rest.get(0).name() != null) {
      keep(category, rest.get(0).name(), group);
    }
  }

  private void category(String category, Spot spot) {
    if (!CATEGORIES.contains(category)) {
      notes.add(spot, "'" + Texts.brief(category) + "' is no category of matching rules");
      return;
    }
    if (category.equals("path") || category.equals("status")) {
      Spot matchers = spot.object().node().has("matchers") ? spot : spot.child("");
      matchers = matchers.present() ? matchers : spot.child("$");
      if (matchers.present() && category.equals("status")) {
        status = group(matchers, "$");
      } else if (matchers.present()) {
        // The path stays concrete; reading its matchers only shows unknown ones.
        group(matchers, "$");
      }
      return;
    }
    spot.fields()
        .forEach(
            (key, value) -> {
              try {
                entry(category, key, value);
              } catch (InputException unusable) {
                notes.add(unusable);
              }
            });
  }

  private void entry(String category, String key, Spot spot) {
    RuleGroup group = group(spot, key);
    RulePath path = RulePath.parse(key);
    if (!isBody(category)) {
      String name = path == null || path.tokens().isEmpty() ? null : path.tokens().get(0).name();
      keep(category, name == null ? key.replaceFirst("\\[[0-9*]{1,9}]$", "") : name, group);
    } else if (path == null) {
      notes.add(spot, "'" + Texts.brief(key) + "' is no path expression; expected it to begin '$'");
    } else {
      body.add(path, group);
    }
  }

  /** Adds matchers where none are; a path of a body that does not parse is left out. */
  void addMissing(String category, String key, RuleGroup group) {
    RulePath path = RulePath.parse(key);
    if (isBody(category)) {
      if (path != null) {
        body.addMissing(path, group);
      }
      return;
    }
    String name = path == null || path.tokens().isEmpty() ? null : path.tokens().get(0).name();
    boolean header = category.startsWith("header");
    String plain = name == null ? key.replaceFirst("\\[[0-9*]{1,9}]$", "") : name;
    named.putIfAbsent(
        header ? "header:" + plain.toLowerCase(Locale.ROOT) : category + ":" + plain, group);
  }

  private void keep(String category, String name, RuleGroup group) {
    boolean header = category.startsWith("header");
    named.put(header ? "header:" + name.toLowerCase(Locale.ROOT) : category + ":" + name, group);
  }

  private static boolean isBody(String category) {
    return category.equals("body") || category.equals("content");
  }

  private RuleGroup group(Spot spot, String path) {
    List<Rule> rules = rules(spot.object().child("matchers"));
    Spot combine = spot.child("combine");
    String how = combine.present() ? combine.text() : "AND";
    if (!how.equals("AND") && !how.equals("OR")) {
      notes.add(combine, "'" + Texts.brief(how) + "' is no way to combine; expected AND or OR");
    }
    return new RuleGroup(rules, how.equals("OR"), path);
  }

  private List<Rule> rules(Spot list) {
    List<Rule> rules = new ArrayList<>();
    for (Spot item : list.items()) {
      rules.add(rule(item));
    }
    return rules;
  }

  private Rule rule(Spot spot) {
    Spot match = spot.object().child("match");
    String name = match.present() ? match.text() : implied(spot);
    Rule.Kind kind = Rule.kindOf(name);
    if (kind == Rule.Kind.UNKNOWN) {
      notes.add(spot, "the matcher '" + Texts.brief(name) + "' is not known");
    }
    String text =
        switch (kind) {
          case REGEX -> regex(spot.child("regex"));
          case INCLUDE -> spot.child("value").scalarText();
          case DATE -> pattern(spot, "date");
          case TIME -> pattern(spot, "time");
          case DATETIME -> pattern(spot, "timestamp", "datetime");
          default -> null;
        };
    List<Rule> nested =
        kind.ofMembers() && spot.child("rules").present() ? rules(spot.child("rules")) : List.of();
    List<Rule.Variant> variants =
        kind == Rule.Kind.ARRAY_CONTAINS && spot.child("variants").present()
            ? variants(spot.child("variants"))
            : List.of();
    return new Rule(kind, text, count(spot, "min"), count(spot, "max"), nested, variants, spot);
  }

  private List<Rule.Variant> variants(Spot list) {
    List<Rule.Variant> variants = new ArrayList<>();
    for (Spot item : list.items()) {
      Integer index = count(item.object(), "index");
      Rules inside = new Rules(notes);
      if (item.child("rules").present()) {
        inside.category("body", item.child("rules"));
      }
      variants.add(new Rule.Variant(index == null ? variants.size() : index, inside.body));
    }
    return variants;
  }

  /** Version 2 lets the name be left out where another field tells it. */
  private static String implied(Spot spot) {
    for (String field : List.of("regex", "min", "max", "timestamp", "time", "date")) {
      if (spot.child(field).present()) {
        return field;
      }
    }
    return "";
  }

  /** A regular expression that compiles. */
  static String regex(Spot spot) {
    String regex = spot.text();
    try {
      Pattern.compile(regex);
    } catch (PatternSyntaxException malformed) {
      throw spot.fail("the regular expression is malformed: " + malformed.getDescription());
    }
    return regex;
  }

  private static @Nullable String pattern(Spot rule, String... fields) {
    Spot format = rule.child("format");
    if (format.present()) {
      return format.text();
    }
    for (String field : fields) {
      if (rule.child(field).present()) {
        return rule.child(field).text();
      }
    }
    return null;
  }

  private static @Nullable Integer count(Spot rule, String field) {
    Spot spot = rule.child(field);
    if (!spot.present()) {
      return null;
    }
    BigDecimal value = spot.node().isNumber() ? spot.node().decimalValue() : BigDecimal.valueOf(-1);
    if (value.signum() < 0
        || value.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0
        || value.stripTrailingZeros().scale() > 0) {
      throw spot.fail(field + " must be a count of items");
    }
    return value.intValue();
  }
}
