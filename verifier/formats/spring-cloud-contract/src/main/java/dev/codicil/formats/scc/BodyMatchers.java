package dev.codicil.formats.scc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.contract.SourceDocument;
import dev.codicil.formats.pact.Notes;
import dev.codicil.formats.pact.RulePath;
import dev.codicil.formats.pact.Spot;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns the matchers of a body into those of a pact.
 *
 * <p>Paths are the part of JSONPath that names fields, indexes and {@code *}. In a reply, an array
 * without matchers must have the items of the example, in any order and among others; in one whose
 * items have matchers every item must have the form of the example.
 */
final class BodyMatchers {
  /** What stands in functions and filters, and seldom in the names of fields. */
  private static final Pattern FUNCTION = Pattern.compile("[()?@]");

  private final Matchers matchers;
  private final Mirror mirror;
  private final Notes notes;

  BodyMatchers(Matchers matchers, Mirror mirror, Notes notes) {
    this.matchers = matchers;
    this.mirror = mirror;
    this.notes = notes;
  }

  /** A matcher of the contract, and whether its path led somewhere. */
  private static final class Entry {
    final Spot spot;
    final RulePath path;
    boolean used;

    Entry(Spot spot, RulePath path) {
      this.spot = spot;
      this.path = path;
    }
  }

  /** A matcher on the way to where it holds. */
  private record Step(Entry entry, int at) {
    boolean arrived() {
      return at == entry.path.tokens().size();
    }

    @Nullable Step into(@Nullable String name, int index) {
      RulePath.Token token = entry.path.tokens().get(at);
      boolean fits =
          name != null
              ? name.equals(token.name()) || isAny(token) && !token.anyIndex()
              : index == token.index() || isAny(token);
      return fits ? new Step(entry, at + 1) : null;
    }

    boolean any() {
      return !arrived() && isAny(entry.path.tokens().get(at));
    }

    private static boolean isAny(RulePath.Token token) {
      return token.name() == null && token.index() < 0;
    }
  }

  /**
   * Reads the matchers of a body.
   *
   * @param list the {@code matchers.body} of the contract
   * @param body null when there is none
   * @param reply whether the body is one the provider sends
   * @param rules the category of the pact's rules to fill
   * @param pointer of that category
   */
  void read(
      Spot list, @Nullable WrittenBody body, boolean reply, ObjectNode rules, String pointer) {
    List<Spot> items = list.present() ? list.items() : List.of();
    if (body == null || !body.json()) {
      items.forEach(item -> ofText(item, body, rules, pointer));
      return;
    }
    List<Step> steps = new ArrayList<>();
    for (Spot item : items) {
      RulePath path = path(item);
      if (path != null) {
        steps.add(new Step(new Entry(item, path), 0));
      }
    }
    new Walk(reply, rules, pointer).visit(body.content(), "$", steps, false);
    for (Step step : steps) {
      if (!step.entry().used) {
        notes.add(step.entry().spot, "the path leads nowhere in the body");
      }
    }
  }

  private void ofText(Spot item, @Nullable WrittenBody body, ObjectNode rules, String pointer) {
    check(item);
    String type = item.child("type").visibleText();
    boolean whole = !item.child("path").present() && type.equals("by_regex");
    String expression = whole ? matchers.expression(item, "value") : null;
    if (body == null || body.encoded() || expression == null) {
      notes.add(
          item,
          body == null
              ? "there is no body for this matcher to hold"
              : "matchers of bodies other than JSON are not understood, XPath ones among them");
      return;
    }
    Matchers.add(rules, "$", Matchers.regex(expression));
    mirror.put(SourceDocument.child(pointer, "$"), item);
  }

  private void check(Spot item) {
    Keys.check(
        item.object(),
        notes,
        "path",
        "type",
        "value",
        "predefined",
        "minOccurrence",
        "maxOccurrence",
        "regexType");
  }

  private @Nullable RulePath path(Spot item) {
    check(item);
    Spot spot = item.child("path");
    String text = spot.visibleText();
    RulePath path = RulePath.parse(text);
    boolean plain =
        path != null
            && path.tokens().stream()
                .map(RulePath.Token::name)
                .noneMatch(name -> name != null && FUNCTION.matcher(name).find());
    if (!plain) {
      notes.add(
          spot,
          "the JSONPath '"
              + Keys.brief(text)
              + "' is not understood; expected fields, indexes and [*] only");
      return null;
    }
    return path;
  }

  /** One walk down the example with all matchers at once. */
  private final class Walk {
    private final boolean reply;
    private final ObjectNode rules;
    private final String pointer;

    Walk(boolean reply, ObjectNode rules, String pointer) {
      this.reply = reply;
      this.rules = rules;
      this.pointer = pointer;
    }

    void visit(JsonNode node, String path, List<Step> steps, boolean covered) {
      boolean matched = covered;
      List<Step> below = new ArrayList<>();
      for (Step step : steps) {
        if (!step.arrived()) {
          below.add(step);
          continue;
        }
        matched = true;
        step.entry().used = true;
        ObjectNode[] made = rules(step.entry().spot, node);
        if (made.length > 0) {
          Matchers.add(rules, path, made);
          mirror.put(SourceDocument.child(pointer, path), step.entry().spot);
        }
      }
      boolean each = below.stream().anyMatch(Step::any);
      if (node.isArray() && reply && !matched && !node.isEmpty()) {
        if (below.isEmpty()) {
          Matchers.add(rules, path, ArrayItems.anyOrder(node));
          return;
        }
        if (each) {
          Matchers.add(rules, path, Matchers.rule("type"));
          matched = true;
        }
      }
      for (int i = 0; i < node.size() && node.isArray(); i++) {
        String item = path + (each ? "[*]" : "[" + i + "]");
        visit(node.get(i), item, into(below, null, i), matched);
      }
      for (var field : node.properties()) {
        String child = ArrayItems.child(path, field.getKey());
        List<Step> next = into(below, field.getKey(), -1);
        if (child != null) {
          visit(field.getValue(), child, next, matched);
        } else if (!next.isEmpty()) {
          notes.add(next.get(0).entry().spot, "a field with both quotes in its name");
        }
      }
    }

    private List<Step> into(List<Step> steps, @Nullable String name, int index) {
      List<Step> next = new ArrayList<>();
      for (Step step : steps) {
        Step inner = step.into(name, index);
        if (inner != null) {
          next.add(inner);
        }
      }
      return next;
    }
  }

  private ObjectNode[] rules(Spot spot, JsonNode example) {
    Spot type = spot.child("type");
    switch (type.visibleText()) {
      case "by_equality":
        return one(Matchers.rule("equality"));
      case "by_null":
        return one(Matchers.rule("null"));
      case "by_date":
        return date("date", "yyyy-MM-dd", "iso_date");
      case "by_time":
        return date("time", "HH:mm:ss", "iso_time");
      case "by_timestamp":
        return date("timestamp", "yyyy-MM-dd'T'HH:mm:ss", "iso_date_time");
      case "by_regex":
        String expression = matchers.expression(spot, "value");
        if (expression == null) {
          throw spot.fail("a matcher by_regex must have a value or predefined");
        }
        return one(Matchers.regex(expression));
      case "by_command":
        matchers.command(type);
        return one(Matchers.rule("type"));
      case "by_type":
        return one(byType(spot, example));
      default:
        notes.add(type, "the matcher '" + Keys.brief(type.text()) + "' is not understood");
        return new ObjectNode[0];
    }
  }

  private static ObjectNode[] one(ObjectNode rule) {
    return new ObjectNode[] {rule};
  }

  /**
   * Pact's own matcher takes a thirteenth month; the expression that the contract means does not.
   */
  private static ObjectNode[] date(String match, String format, String predefined) {
    String expression = Objects.requireNonNull(Predefined.EXPRESSIONS.get(predefined));
    return new ObjectNode[] {
      Matchers.regex(expression), Matchers.rule(match).put("format", format)
    };
  }

  private ObjectNode byType(Spot spot, JsonNode example) {
    if (example.isNumber()) {
      return Matchers.rule(example.isIntegralNumber() ? "integer" : "decimal");
    }
    ObjectNode rule = Matchers.rule("type");
    for (String bound : List.of("min", "max")) {
      Spot count = spot.child(bound + "Occurrence");
      if (!count.present()) {
        continue;
      }
      if (!example.isArray()) {
        notes.add(count, "only arrays have occurrences");
      } else if (!isCount(count.node())) {
        throw count.fail(bound + "Occurrence must be a count of items");
      } else {
        rule.put(bound, count.node().intValue());
      }
    }
    return rule;
  }

  private static boolean isCount(JsonNode node) {
    return node.isIntegralNumber()
        && node.decimalValue().signum() >= 0
        && node.decimalValue().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0;
  }
}
