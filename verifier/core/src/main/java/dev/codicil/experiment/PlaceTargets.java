package dev.codicil.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.FaultCard.Fit;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * How a fault strikes one place of a body, as all shapes together say that describe the place. A
 * value that must break the contract breaks all of them where it can; one that must keep it keeps
 * all of them. Where a shape says what cannot be checked, nothing is claimed to be in contract.
 */
final class PlaceTargets {
  /** Longest text that a parameter may have in a profile. */
  private static final int LONGEST = 500;

  private static final int MOST_ITEMS = 10_000;
  private static final int MOST_LETTERS = 100_000;
  private static final String VALUE = "value";
  private static final String BOUND = "bound";

  private final FaultCard card;
  private final Parameters aimed;
  private final List<Place> places;
  private final List<Shape.Node> nodes;
  private final ShapeSampler.Purpose purpose;
  private final PlaceValues values;

  PlaceTargets(
      FaultCard card,
      Parameters aimed,
      String pointer,
      List<Place> places,
      Stream stream,
      long seed) {
    this.card = card;
    this.aimed = aimed;
    this.places = List.copyOf(places);
    this.nodes = places.stream().flatMap(place -> place.nodes().stream()).toList();
    this.purpose =
        stream == Stream.UPSTREAM ? ShapeSampler.Purpose.REQUEST : ShapeSampler.Purpose.REPLY;
    this.values = new PlaceValues(places, nodes, purpose, seed, card.id() + " " + pointer);
  }

  /** All ways; none and no reason when the fault is for places of another kind. */
  Targets targets() {
    return switch (card.aim()) {
      case FIELD -> Targets.one(aimed, Set.of(), field());
      case OPTIONAL_FIELD -> optional() ? Targets.one(aimed, Set.of(), Fit.IN_CONTRACT) : nothing();
      case ENUMERATION ->
          places.stream().anyMatch(Place::enumerated)
              ? valued(aimed, Set.of(), values::unlisted, "no value like those listed is unlisted")
              : nothing();
      case NUMBER_BOUND ->
          described(node -> node.minimum() != null || node.maximum() != null)
              ? numbers()
              : nothing();
      case LENGTH_BOUND ->
          described(node -> least(node) > 0 || node.maxLength() != null) ? lengths() : nothing();
      case TEXT_FORM -> described(PlaceValues::hasForm) ? form() : nothing();
      case ARRAY -> described(PlaceTargets::array) ? array() : nothing();
      case OBJECT -> described(PlaceTargets::object) ? object() : nothing();
      case MESSAGE,
          AMENDED_PROVIDER,
          AMENDED_REPLY,
          TLS_EDGE,
          NAMED_EDGE,
          NODE,
          FLEET,
          MONKEY,
          CALLER_NODE,
          ZONE,
          WORLD,
          SEQUENCE,
          UNDECLARED_STATUS,
          HEADER ->
          Targets.none(card.id() + ": is not aimed at places of a body");
    };
  }

  private static Targets nothing() {
    return new Targets(List.of(), List.of());
  }

  private Targets unable(String why) {
    return Targets.none(card.id() + ": " + why);
  }

  private boolean described(Predicate<Shape.Node> says) {
    return nodes.stream().anyMatch(says);
  }

  private Fit field() {
    boolean kept =
        switch (card.id()) {
          case "drop-field" -> optional();
          case "null-field" ->
              !places.isEmpty()
                  && places.stream().allMatch(place -> RequestFits.nullable(place.shape(), 0));
          default -> false;
        };
    return kept ? Fit.IN_CONTRACT : Fit.OUT_OF_CONTRACT;
  }

  private boolean optional() {
    return !places.isEmpty()
        && places.stream().noneMatch(place -> place.required() || place.conditional());
  }

  // ---- values

  private Targets valued(
      Parameters given, Set<String> derived, Supplier<Optional<JsonNode>> draw, String why) {
    Optional<String> written = given.text(VALUE);
    if (written.isPresent()) {
      return Targets.one(given, derived, fit(PlaceValues.parse(written.get())));
    }
    Optional<JsonNode> drawn = draw.get();
    if (drawn.isEmpty()) {
      return unable(why);
    }
    String text = PlaceValues.ascii(drawn.get());
    if (text.length() > LONGEST) {
      return unable("the value would be longer than " + LONGEST + " characters");
    }
    Set<String> names = new TreeSet<>(derived);
    names.add(VALUE);
    return Targets.one(given.with(VALUE, text), names, fit(drawn.get()));
  }

  private Fit fit(JsonNode value) {
    boolean allowed =
        places.stream()
            .allMatch(place -> place.certain() && ShapeCheck.allows(place.shape(), value, purpose));
    return allowed && card.fit() != Fit.OUT_OF_CONTRACT ? Fit.IN_CONTRACT : Fit.OUT_OF_CONTRACT;
  }

  /** One way for each bound that is set; those the profile does not name are told apart by it. */
  private Targets numbers() {
    boolean within = card.fit() == Fit.IN_CONTRACT;
    List<Targets.Target> list = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    for (boolean low : new boolean[] {true, false}) {
      String bound = within ? low ? "least" : "greatest" : low ? "below" : "above";
      if (aimed.text(BOUND).map(bound::equals).orElse(true)
          && described(node -> (low ? node.minimum() : node.maximum()) != null)) {
        Targets one =
            valued(
                aimed.with(BOUND, bound),
                Set.of(),
                () -> within ? values.atBound(low) : values.beyond(low),
                within
                    ? "no number is at the end of both ranges"
                    : "no number of a range that can be written is beyond its bound");
        list.addAll(one.list());
        reasons.addAll(one.notApplicable());
      }
    }
    return new Targets(list, reasons);
  }

  private Targets form() {
    if (aimed.text(VALUE).isEmpty() && values.noTextMatches()) {
      return unable("no text matches the pattern in the first place");
    }
    return valued(aimed, Set.of(), values::malformed, "no text was found that has another form");
  }

  private static int least(Shape.Node node) {
    return node.minLength() == null ? 0 : node.minLength();
  }

  private Targets lengths() {
    List<Targets.Target> list = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    int shortest = nodes.stream().mapToInt(PlaceTargets::least).filter(n -> n > 0).min().orElse(0);
    int longest =
        nodes.stream()
            .filter(node -> node.maxLength() != null)
            .mapToInt(node -> node.maxLength() == null ? 0 : node.maxLength())
            .max()
            .orElse(-1);
    if (longest >= 0 && nodes.stream().anyMatch(node -> least(node) > longest)) {
      return unable("no text has an allowed length in the first place");
    }
    if (shortest > 0) {
      length("below", shortest - 1, list, reasons);
    }
    if (longest >= 0) {
      length("above", longest + 1, list, reasons);
    }
    return new Targets(list, reasons);
  }

  private void length(String bound, int beyond, List<Targets.Target> list, List<String> reasons) {
    if (!aimed.text(BOUND).map(bound::equals).orElse(true)) {
      return;
    }
    boolean written = aimed.text("length").isPresent();
    if (!written && (beyond < 0 || beyond > MOST_LETTERS)) {
      reasons.add(card.id() + ": a text of that length is longer than is written");
      return;
    }
    Parameters given = aimed.with(BOUND, bound);
    list.add(
        new Targets.Target(
            written ? given : given.with("length", Integer.toString(beyond)),
            written ? Set.of() : Set.of("length"),
            Fit.OUT_OF_CONTRACT));
  }

  // ---- arrays and objects

  private static boolean array(Shape.Node node) {
    return node.types().contains(JsonType.ARRAY) || node.types().isEmpty() && node.items() != null;
  }

  private static boolean object(Shape.Node node) {
    return node.types().contains(JsonType.OBJECT)
        || node.types().isEmpty() && !node.properties().isEmpty();
  }

  private Targets array() {
    return switch (card.id()) {
      case "empty-array" -> Targets.one(aimed, Set.of(), sized(0));
      case "short-array" -> Targets.one(aimed, Set.of(), sized(1));
      case "reorder-array" -> Targets.one(aimed, Set.of(), Fit.IN_CONTRACT);
      default -> longArray();
    };
  }

  private Targets longArray() {
    Optional<String> written = aimed.text("size");
    if (written.isPresent()) {
      return Targets.one(aimed, Set.of(), sized(Integer.parseInt(written.get())));
    }
    int most = -1;
    for (Shape.Node node : nodes) {
      Integer bound = node.maxItems();
      most = bound == null ? most : Math.max(most, bound);
    }
    if (most < 0) {
      String usual = card.complete(Parameters.NONE).text("size").orElse("1000");
      return Targets.one(aimed, Set.of(), sized(Integer.parseInt(usual)));
    }
    if (most >= MOST_ITEMS) {
      return unable("an array beyond its bound would be longer than is written");
    }
    int size = Math.max(2, most + 1);
    return Targets.one(aimed.with("size", Integer.toString(size)), Set.of("size"), sized(size));
  }

  /** Whether an array of the message's own items may have this many of them. */
  private Fit sized(int size) {
    boolean allowed =
        places.stream().allMatch(Place::certain)
            && nodes.stream()
                .allMatch(
                    node ->
                        (node.minItems() == null || node.minItems() <= size)
                            && (node.maxItems() == null || node.maxItems() >= size));
    return allowed ? Fit.IN_CONTRACT : Fit.OUT_OF_CONTRACT;
  }

  private Targets object() {
    Set<String> derived = new TreeSet<>();
    Parameters given = aimed;
    if (given.text("name").isEmpty()) {
      Optional<String> name = values.undescribedName();
      if (name.isEmpty()) {
        return unable("every name is described");
      }
      given = given.with("name", name.get());
      derived.add("name");
    }
    String name = given.require("name");
    if (given.text(VALUE).isEmpty()) {
      Optional<JsonNode> value = values.additional();
      if (value.isEmpty()) {
        return unable("no value is allowed for a field more");
      }
      String text = PlaceValues.ascii(value.get());
      given = given.with(VALUE, text.length() > LONGEST ? "null" : text);
      derived.add(VALUE);
    }
    JsonNode value = PlaceValues.parse(given.require(VALUE));
    boolean allowed =
        places.stream().allMatch(Place::certain)
            && nodes.stream()
                .noneMatch(
                    node ->
                        node.properties().containsKey(name)
                            || node.closed()
                            || !additionalAllows(node, value));
    return Targets.one(given, derived, allowed ? Fit.IN_CONTRACT : Fit.OUT_OF_CONTRACT);
  }

  private boolean additionalAllows(Shape.Node node, JsonNode value) {
    Shape additional = node.additional();
    return additional == null || ShapeCheck.allows(additional, value, purpose);
  }
}
