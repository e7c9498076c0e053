package dev.codicil.formats.scc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.formats.pact.Notes;
import dev.codicil.formats.pact.Spot;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Turns the matchers of values that stand outside of bodies into those of a pact. */
final class Matchers {
  private final Mirror mirror;
  private final Notes notes;

  Matchers(Mirror mirror, Notes notes) {
    this.mirror = mirror;
    this.notes = notes;
  }

  /** A matcher of a pact that has no parameters. */
  static ObjectNode rule(String match) {
    return JsonNodeFactory.instance.objectNode().put("match", match);
  }

  static ObjectNode regex(String expression) {
    return rule("regex").put("regex", expression);
  }

  /** Adds matchers that must all hold to a pact's rules; the first ones of a path count. */
  static void add(ObjectNode category, String key, ObjectNode... rules) {
    if (!category.has(key)) {
      category
          .putObject(key)
          .put("combine", "AND")
          .putArray("matchers")
          .addAll(Arrays.asList(rules));
    }
  }

  /**
   * The regular expression of a matcher, own or predefined; null when it has none.
   *
   * @param own name of the key of an own one
   */
  @Nullable String expression(Spot matcher, String own) {
    if (matcher.child(own).present()) {
      return matcher.child(own).scalarText();
    }
    Spot predefined = matcher.child("predefined");
    if (!predefined.present()) {
      return null;
    }
    String expression = Predefined.EXPRESSIONS.get(predefined.text());
    if (expression == null) {
      throw predefined.fail(
          "'"
              + Keys.brief(predefined.text())
              + "' is no predefined expression; expected one of "
              + new TreeSet<>(Predefined.EXPRESSIONS.keySet()));
    }
    return expression;
  }

  /** The matcher of a pact for a header, cookie or url; null when it cannot be told. */
  @Nullable ObjectNode ofText(Spot matcher) {
    Keys.check(matcher.object(), notes, "key", "regex", "predefined", "command", "regexType");
    if (matcher.child("command").present()) {
      command(matcher.child("command"));
      return rule("type");
    }
    String expression = expression(matcher, "regex");
    if (expression == null) {
      notes.add(matcher, "a matcher without regex, predefined or command says nothing");
      return null;
    }
    return regex(expression);
  }

  /** Notes that a value is checked by the code of the provider's tests. */
  void command(Spot spot) {
    notes.add(spot, "a command of the provider's tests is not run; any value of its type is taken");
  }

  /**
   * Reads the matchers of headers or metadata into a category of the rules.
   *
   * @param list of matchers with keys
   * @param values the headers the contract has
   * @param pointer of the category
   */
  void named(Spot list, Map<String, Spot> values, ObjectNode category, String pointer) {
    if (!list.present()) {
      return;
    }
    for (Spot matcher : list.items()) {
      String key = matcher.object().child("key").visibleText();
      ObjectNode rule = ofText(matcher);
      String name = values.keySet().stream().filter(key::equalsIgnoreCase).findFirst().orElse(null);
      if (name == null) {
        notes.add(matcher, "there is no '" + Keys.brief(key) + "' for this matcher to hold");
      } else if (rule != null) {
        add(category, name, rule);
        mirror.put(dev.codicil.contract.SourceDocument.child(pointer, name), matcher);
      }
    }
  }
}
