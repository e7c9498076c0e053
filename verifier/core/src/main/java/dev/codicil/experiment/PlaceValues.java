package dev.codicil.experiment;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.codicil.chaos.Dice;
import dev.codicil.contract.Json;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Shape;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values for one place of a body, drawn by seed from all that is said about the place. */
final class PlaceValues {
  private static final int TRIES = 16;

  /** Bounds with more digits would cost more to write out than they are worth. */
  private static final int MOST_DIGITS = 40;

  /** Formats that a text with blanks and an exclamation mark surely does not have. */
  private static final Set<String> STRICT_FORMATS =
      Set.of(
          "date-time",
          "date",
          "time",
          "duration",
          "uuid",
          "email",
          "hostname",
          "ipv4",
          "ipv6",
          "uri",
          "url");

  private final List<Place> places;
  private final List<Shape.Node> nodes;
  private final ShapeSampler.Purpose purpose;
  private final long seed;
  private final String name;
  private final Dice dice;

  PlaceValues(
      List<Place> places,
      List<Shape.Node> nodes,
      ShapeSampler.Purpose purpose,
      long seed,
      String name) {
    this.places = places;
    this.nodes = nodes;
    this.purpose = purpose;
    this.seed = seed;
    this.name = name;
    this.dice = Dice.of(seed, name, 0, "value");
  }

  /** A value of the kind of those that are listed, which nobody lists. */
  Optional<JsonNode> unlisted() {
    List<JsonNode> listed =
        nodes.stream()
            .flatMap(node -> Place.listed(node).stream())
            .filter(value -> !value.isNull())
            .distinct()
            .toList();
    if (listed.isEmpty()) {
      return Optional.empty();
    }
    JsonNode like = listed.get(dice.below(listed.size(), "like"));
    for (int i = 0; i < TRIES; i++) {
      Optional<JsonNode> candidate = like(like, listed, "unlisted " + i);
      if (candidate.isPresent() && !ShapeCheck.listed(listed, candidate.get())) {
        return candidate;
      }
    }
    return Optional.empty();
  }

  private Optional<JsonNode> like(JsonNode like, List<JsonNode> listed, String what) {
    if (like.isTextual()) {
      String text = like.textValue();
      String more = letters(4, what);
      boolean upper = !text.isEmpty() && text.equals(text.toUpperCase(Locale.ROOT));
      String cut = text.length() > 40 ? text.substring(0, 40) : text;
      return Optional.of(
          TextNode.valueOf(cut + (upper ? "_" + more.toUpperCase(Locale.ROOT) : "-" + more)));
    }
    if (like.isNumber() && !monstrous(like.decimalValue())) {
      BigDecimal greatest = like.decimalValue();
      for (JsonNode value : listed) {
        if (value.isNumber() && !monstrous(value.decimalValue())) {
          greatest = greatest.max(value.decimalValue());
        }
      }
      return Optional.of(number(greatest.add(BigDecimal.valueOf(1 + dice.below(9, what)))));
    }
    return like.isBoolean()
        ? Optional.of(BooleanNode.valueOf(!like.booleanValue()))
        : Optional.empty();
  }

  /** A number a little beyond the bounds of all; empty when the range holds none to begin with. */
  Optional<JsonNode> beyond(boolean low) {
    if (unsatisfiable()) {
      return Optional.empty();
    }
    BigDecimal step = BigDecimal.valueOf(1 + dice.below(9, low ? "below" : "above"));
    return outermost(low)
        .map(
            bound ->
                low
                    ? bound.setScale(0, RoundingMode.FLOOR).subtract(step)
                    : bound.setScale(0, RoundingMode.CEILING).add(step))
        .map(PlaceValues::number);
  }

  /** The last number that all allow; empty when there is none, or it cannot be said. */
  Optional<JsonNode> atBound(boolean low) {
    if (unsatisfiable() || !places.stream().allMatch(Place::certain)) {
      return Optional.empty();
    }
    BigDecimal bound = null;
    for (Shape.Node node : nodes) {
      BigDecimal mine = low ? node.minimum() : node.maximum();
      if (mine != null) {
        bound = bound == null ? mine : low ? bound.max(mine) : bound.min(mine);
      }
    }
    if (bound == null) {
      return Optional.empty();
    }
    BigDecimal inward = low ? BigDecimal.ONE : BigDecimal.ONE.negate();
    BigDecimal whole = bound.setScale(0, low ? RoundingMode.CEILING : RoundingMode.FLOOR);
    for (BigDecimal candidate : List.of(bound, whole, whole.add(inward))) {
      JsonNode value = number(candidate);
      if (allowed(value)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  private boolean allowed(JsonNode value) {
    return places.stream().allMatch(place -> ShapeCheck.allows(place.shape(), value, purpose));
  }

  /** The bound of the widest range; empty when none is set, or one cannot be written. */
  private Optional<BigDecimal> outermost(boolean low) {
    BigDecimal outermost = null;
    for (Shape.Node node : nodes) {
      BigDecimal bound = low ? node.minimum() : node.maximum();
      if (bound != null) {
        outermost = outermost == null ? bound : low ? outermost.min(bound) : outermost.max(bound);
      }
    }
    return Optional.ofNullable(outermost);
  }

  private boolean unsatisfiable() {
    for (Shape.Node node : nodes) {
      BigDecimal minimum = node.minimum();
      BigDecimal maximum = node.maximum();
      if (monstrous(minimum) || monstrous(maximum)) {
        return true;
      }
      if (minimum != null && maximum != null) {
        int compared = minimum.compareTo(maximum);
        if (compared > 0 || compared == 0 && (node.exclusiveMinimum() || node.exclusiveMaximum())) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean monstrous(@Nullable BigDecimal bound) {
    return bound != null
        && (bound.precision() > MOST_DIGITS || Math.abs((long) bound.scale()) > MOST_DIGITS);
  }

  /** Whether a pattern is there that no text was found for, so that breaking it says nothing. */
  boolean noTextMatches() {
    for (Shape.Node node : nodes) {
      if (node.pattern() != null
          && new StringSampler(dice).draw(node, "matching").text().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** Whether a node asks texts for a form that can be broken for certain. */
  static boolean hasForm(Shape.Node node) {
    String format = node.format();
    return (node.types().isEmpty() || node.types().contains(JsonType.STRING))
        && (node.pattern() != null
            || format != null && STRICT_FORMATS.contains(format.toLowerCase(Locale.ROOT)));
  }

  /** A text that has neither the pattern nor the format that is asked for. */
  Optional<JsonNode> malformed() {
    List<String> candidates = new ArrayList<>();
    String odd = letters(5, "odd");
    candidates.add("not a " + odd + " !");
    candidates.add(odd);
    candidates.add("~" + odd + "~");
    candidates.add("0" + odd);
    candidates.add("");
    return candidates.stream()
        .filter(text -> nodes.stream().allMatch(node -> breaks(node, text)))
        .findFirst()
        .map(TextNode::valueOf);
  }

  /** Whether a text surely breaks a node's form; a node without any form does not object. */
  private static boolean breaks(Shape.Node node, String text) {
    String pattern = node.pattern();
    String format = node.format();
    if (!hasForm(node)) {
      return true;
    }
    return pattern != null && BoundedRegex.find(pattern, text).equals(Optional.of(Boolean.FALSE))
        || format != null
            && STRICT_FORMATS.contains(format.toLowerCase(Locale.ROOT))
            && text.endsWith(" !");
  }

  /** A name for a field that nobody describes. */
  Optional<String> undescribedName() {
    for (int i = 0; i < TRIES; i++) {
      String candidate = "undeclared" + letters(4, "name " + i).toUpperCase(Locale.ROOT);
      if (nodes.stream().noneMatch(node -> node.properties().containsKey(candidate))) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  /** A value for a field more: of the shape that such fields have, else a text. */
  Optional<JsonNode> additional() {
    for (Shape.Node node : nodes) {
      Shape additional = node.additional();
      if (additional != null) {
        return ShapeSampler.of(seed, purpose)
            .withoutOptionalFields()
            .sample(additional, name)
            .found();
      }
    }
    return Optional.of(TextNode.valueOf(letters(6, "additional")));
  }

  private String letters(int count, String what) {
    StringBuilder letters = new StringBuilder(count);
    long bits = dice.hash(what);
    for (int i = 0; i < count; i++) {
      letters.append((char) ('a' + Long.remainderUnsigned(bits, 26)));
      bits = Long.divideUnsigned(bits, 26);
    }
    return letters.toString();
  }

  private static JsonNode number(BigDecimal value) {
    return value.stripTrailingZeros().scale() <= 0
        ? BigIntegerNode.valueOf(value.toBigInteger())
        : DecimalNode.valueOf(value);
  }

  /** JSON text of printable ASCII, as parameters have it. */
  static String ascii(JsonNode value) {
    try {
      return Json.mapper()
          .writer()
          .with(JsonGenerator.Feature.ESCAPE_NON_ASCII)
          .writeValueAsString(value)
          .replace("\u007f", "\\u007f");
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** What a parameter says: a JSON value, else a text. */
  static JsonNode parse(String written) {
    try {
      JsonNode value =
          Json.mapper()
              .reader()
              .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
              .readTree(written);
      return value == null || value instanceof MissingNode ? TextNode.valueOf(written) : value;
    } catch (JsonProcessingException notJson) {
      return TextNode.valueOf(written);
    }
  }
}
