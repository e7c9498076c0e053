package dev.codicil.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The format-neutral schema tree. Pact matchers and JSON Schema both become shapes, so that one
 * diff engine and one fault generator serve every format. Recursion goes through {@link Reference}
 * and is never inlined.
 */
public sealed interface Shape permits Shape.Node, Shape.Reference {

  /** The node itself, or the node a reference leads to. */
  Node node();

  /** Where the shape was read. */
  Location location();

  /** A shape without any constraint. */
  static Node any(Location location) {
    return new Builder(location).build();
  }

  /** Starts a node without constraints. */
  static Builder at(Location location) {
    return new Builder(location);
  }

  /**
   * A field of an object shape.
   *
   * @param shape what its value must be
   * @param required whether it must be present
   */
  record Property(Shape shape, boolean required) {}

  /** How several alternatives combine. */
  enum Combination {
    ONE_OF,
    ANY_OF
  }

  /**
   * A shape by name. Two references are equal when their targets have the same name, so cyclic
   * schemas compare and hash in finite time.
   */
  final class Reference implements Shape {
    private final String target;
    private final Supplier<Node> resolver;
    private final Location location;

    /**
     * @param target the name of the target, unique in its document
     * @param resolver gives the target; called when asked, so that targets may be read later
     * @param location where the reference stands
     */
    public Reference(String target, Supplier<Node> resolver, Location location) {
      this.target = target;
      this.resolver = resolver;
      this.location = location;
    }

    /** The name of the target, unique in its document. */
    public String target() {
      return target;
    }

    @Override
    public Node node() {
      return resolver.get();
    }

    @Override
    public Location location() {
      return location;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Reference that && target.equals(that.target);
    }

    @Override
    public int hashCode() {
      return target.hashCode();
    }

    @Override
    public String toString() {
      return "ref(" + target + ")";
    }
  }

  /**
   * A schema node: every constraint that is set must hold.
   *
   * @param types allowed types; empty means any. {@code NULL} among them means nullable
   * @param enumeration allowed values; empty means any
   * @param format JSON Schema or OpenAPI format name
   * @param pattern regular expression for strings
   * @param minimum smallest number, inclusive unless {@code exclusiveMinimum}
   * @param maximum largest number, inclusive unless {@code exclusiveMaximum}
   * @param minLength shortest string, in code points
   * @param maxLength longest string, in code points
   * @param minItems fewest array items
   * @param maxItems most array items
   * @param properties fields of an object, in document order
   * @param closed whether an object refuses fields that are not listed
   * @param additional what unlisted fields must be, when they are allowed
   * @param items what array items must be
   * @param alternatives shapes of which one (or any) must hold beside the rest
   * @param combination how alternatives combine
   * @param example a value the document itself gives, used first when a value is generated
   * @param readOnly only in replies
   * @param writeOnly only in requests
   * @param unread keywords that were seen and not understood; whoever relies on this node must say
   *     so
   * @param assertions what is said beside these constraints
   * @param location where the node was read
   */
  record Node(
      Set<JsonType> types,
      List<JsonNode> enumeration,
      @Nullable String format,
      @Nullable String pattern,
      @Nullable BigDecimal minimum,
      boolean exclusiveMinimum,
      @Nullable BigDecimal maximum,
      boolean exclusiveMaximum,
      @Nullable Integer minLength,
      @Nullable Integer maxLength,
      @Nullable Integer minItems,
      @Nullable Integer maxItems,
      Map<String, Property> properties,
      boolean closed,
      @Nullable Shape additional,
      @Nullable Shape items,
      List<Shape> alternatives,
      Combination combination,
      @Nullable JsonNode example,
      boolean readOnly,
      boolean writeOnly,
      List<String> unread,
      Assertions assertions,
      Location location)
      implements Shape {

    public Node {
      types = types.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(types));
      enumeration = List.copyOf(enumeration);
      properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
      alternatives = List.copyOf(alternatives);
      unread = List.copyOf(unread);
    }

    @Override
    public Node node() {
      return this;
    }

    /** A builder that starts with all that this node says. */
    public Builder toBuilder() {
      Builder copy =
          new Builder(location)
              .types(types)
              .enumeration(enumeration)
              .format(format)
              .pattern(pattern)
              .minimum(minimum, exclusiveMinimum)
              .maximum(maximum, exclusiveMaximum)
              .length(minLength, maxLength)
              .itemCount(minItems, maxItems)
              .closed(closed)
              .additional(additional)
              .items(items)
              .alternatives(combination, alternatives)
              .example(example)
              .readOnly(readOnly)
              .writeOnly(writeOnly)
              .unread(unread)
              .assertions(assertions);
      properties.forEach((name, field) -> copy.property(name, field.shape(), field.required()));
      return copy;
    }

    /** Whether {@code null} is allowed. */
    public boolean nullable() {
      return types.isEmpty() || types.contains(JsonType.NULL);
    }
  }

  /** Builds a {@link Node}; unset constraints do not constrain. */
  final class Builder {
    private final Location location;
    private Set<JsonType> types = EnumSet.noneOf(JsonType.class);
    private List<JsonNode> enumeration = List.of();
    private @Nullable String format;
    private @Nullable String pattern;
    private @Nullable BigDecimal minimum;
    private boolean exclusiveMinimum;
    private @Nullable BigDecimal maximum;
    private boolean exclusiveMaximum;
    private @Nullable Integer minLength;
    private @Nullable Integer maxLength;
    private @Nullable Integer minItems;
    private @Nullable Integer maxItems;
    private final Map<String, Property> properties = new LinkedHashMap<>();
    private boolean closed;
    private @Nullable Shape additional;
    private @Nullable Shape items;
    private List<Shape> alternatives = List.of();
    private Combination combination = Combination.ANY_OF;
    private @Nullable JsonNode example;
    private boolean readOnly;
    private boolean writeOnly;
    private List<String> unread = List.of();
    private Assertions assertions = Assertions.NONE;

    private Builder(Location location) {
      this.location = location;
    }

    public Builder types(Set<JsonType> value) {
      types = value;
      return this;
    }

    public Builder type(JsonType first, JsonType... rest) {
      types = EnumSet.of(first, rest);
      return this;
    }

    public Builder enumeration(List<JsonNode> value) {
      enumeration = value;
      return this;
    }

    public Builder format(@Nullable String value) {
      format = value;
      return this;
    }

    public Builder pattern(@Nullable String value) {
      pattern = value;
      return this;
    }

    public Builder minimum(@Nullable BigDecimal value, boolean exclusive) {
      minimum = value;
      exclusiveMinimum = exclusive;
      return this;
    }

    public Builder maximum(@Nullable BigDecimal value, boolean exclusive) {
      maximum = value;
      exclusiveMaximum = exclusive;
      return this;
    }

    public Builder length(@Nullable Integer min, @Nullable Integer max) {
      minLength = min;
      maxLength = max;
      return this;
    }

    public Builder itemCount(@Nullable Integer min, @Nullable Integer max) {
      minItems = min;
      maxItems = max;
      return this;
    }

    public Builder property(String name, Shape shape, boolean required) {
      properties.put(name, new Property(shape, required));
      return this;
    }

    public Builder closed(boolean value) {
      closed = value;
      return this;
    }

    public Builder additional(@Nullable Shape value) {
      additional = value;
      return this;
    }

    public Builder items(@Nullable Shape value) {
      items = value;
      return this;
    }

    public Builder alternatives(Combination how, List<Shape> value) {
      combination = how;
      alternatives = value;
      return this;
    }

    public Builder example(@Nullable JsonNode value) {
      example = value;
      return this;
    }

    public Builder readOnly(boolean value) {
      readOnly = value;
      return this;
    }

    public Builder writeOnly(boolean value) {
      writeOnly = value;
      return this;
    }

    public Builder unread(List<String> value) {
      unread = value;
      return this;
    }

    public Builder assertions(Assertions value) {
      assertions = value;
      return this;
    }

    public Node build() {
      return new Node(
          types,
          enumeration,
          format,
          pattern,
          minimum,
          exclusiveMinimum,
          maximum,
          exclusiveMaximum,
          minLength,
          maxLength,
          minItems,
          maxItems,
          properties,
          closed,
          additional,
          items,
          alternatives,
          combination,
          example,
          readOnly,
          writeOnly,
          unread,
          assertions,
          location);
    }
  }
}
