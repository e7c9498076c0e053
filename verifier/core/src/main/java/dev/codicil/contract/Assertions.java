package dev.codicil.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a node says beside the constraints that most schemas use. All of it is compared; whoever
 * makes or checks values by a node need not honor it, since a reader names the keywords that
 * constrain among {@link Shape.Node#unread()} as well.
 *
 * @param fallback the value that stands for one that is left out ({@code default})
 * @param multipleOf what a number must be a multiple of; positive
 * @param uniqueItems whether no two items may be equal
 * @param minProperties fewest fields of an object
 * @param maxProperties most fields of an object
 * @param minContains fewest items that satisfy {@code contains}
 * @param maxContains most items that satisfy {@code contains}
 * @param dependentRequired fields that must be there when another one is, by that one's name
 * @param contentEncoding how the text encodes bytes, such as {@code base64}
 * @param contentMediaType media type of what the text holds
 * @param prefixItems what the items at the first positions must be, in order
 * @param conditions further schemas under a keyword of their own, in document order
 * @param knownValues values that are known today of an enumeration that says it will grow ({@code
 *     x-extensible-enum})
 * @param discriminator names of alternatives by the value that tells them apart; the name of the
 *     field itself under the empty key
 */
public record Assertions(
    @Nullable JsonNode fallback,
    @Nullable BigDecimal multipleOf,
    boolean uniqueItems,
    @Nullable Integer minProperties,
    @Nullable Integer maxProperties,
    @Nullable Integer minContains,
    @Nullable Integer maxContains,
    Map<String, Set<String>> dependentRequired,
    @Nullable String contentEncoding,
    @Nullable String contentMediaType,
    List<Shape> prefixItems,
    List<Condition> conditions,
    List<JsonNode> knownValues,
    Map<String, String> discriminator) {

  /** Nothing said. */
  public static final Assertions NONE = new Builder().build();

  /**
   * Keywords that are wholly told by this record or by the node itself, although a reader may name
   * them unread for the sake of those who make or check values.
   */
  public static final Set<String> KEYWORDS =
      Set.of(
          "not",
          "if",
          "then",
          "else",
          "patternProperties",
          "dependentRequired",
          "dependentSchemas",
          "prefixItems",
          "contains",
          "minContains",
          "maxContains",
          "propertyNames",
          "unevaluatedItems",
          "unevaluatedProperties",
          "contentSchema",
          "contentEncoding",
          "contentMediaType",
          "discriminator",
          "multipleOf",
          "uniqueItems",
          "minProperties",
          "maxProperties",
          "oneOf",
          "anyOf",
          "pattern",
          "x-extensible-enum");

  public Assertions {
    Map<String, Set<String>> dependent = new TreeMap<>();
    dependentRequired.forEach(
        (name, needed) -> dependent.put(name, Collections.unmodifiableSet(new TreeSet<>(needed))));
    dependentRequired = Collections.unmodifiableMap(dependent);
    prefixItems = List.copyOf(prefixItems);
    conditions = List.copyOf(conditions);
    knownValues = List.copyOf(knownValues);
    discriminator = Collections.unmodifiableMap(new LinkedHashMap<>(discriminator));
  }

  /** Whether nothing is said that constrains values; defaults and hints may be. */
  public boolean free() {
    return multipleOf == null
        && !uniqueItems
        && minProperties == null
        && maxProperties == null
        && dependentRequired.isEmpty()
        && contentEncoding == null
        && contentMediaType == null
        && prefixItems.isEmpty()
        && conditions.isEmpty();
  }

  /**
   * A schema, or several that belong together, under a keyword.
   *
   * @param keyword the keyword, with the name it stands for where it is a map: {@code not}, {@code
   *     patternProperties ^x-}; {@code allOf} for what must hold beside the rest
   * @param shapes one; three for {@code if}: condition, consequence, alternative
   */
  public record Condition(String keyword, List<Shape> shapes) {
    public Condition {
      shapes = List.copyOf(shapes);
      if (shapes.isEmpty()) {
        throw new IllegalArgumentException("a condition has a schema: " + keyword);
      }
    }
  }

  /** Builds assertions; what is not set says nothing. */
  public static final class Builder {
    private @Nullable JsonNode fallback;
    private @Nullable BigDecimal multipleOf;
    private boolean uniqueItems;
    private @Nullable Integer minProperties;
    private @Nullable Integer maxProperties;
    private @Nullable Integer minContains;
    private @Nullable Integer maxContains;
    private Map<String, Set<String>> dependentRequired = Map.of();
    private @Nullable String contentEncoding;
    private @Nullable String contentMediaType;
    private List<Shape> prefixItems = List.of();
    private List<Condition> conditions = List.of();
    private List<JsonNode> knownValues = List.of();
    private Map<String, String> discriminator = Map.of();

    public Builder fallback(@Nullable JsonNode value) {
      fallback = value;
      return this;
    }

    public Builder multipleOf(@Nullable BigDecimal value) {
      multipleOf = value;
      return this;
    }

    public Builder uniqueItems(boolean value) {
      uniqueItems = value;
      return this;
    }

    public Builder propertyCount(@Nullable Integer min, @Nullable Integer max) {
      minProperties = min;
      maxProperties = max;
      return this;
    }

    public Builder containedCount(@Nullable Integer min, @Nullable Integer max) {
      minContains = min;
      maxContains = max;
      return this;
    }

    public Builder dependentRequired(Map<String, Set<String>> value) {
      dependentRequired = value;
      return this;
    }

    public Builder content(@Nullable String encoding, @Nullable String mediaType) {
      contentEncoding = encoding;
      contentMediaType = mediaType;
      return this;
    }

    public Builder prefixItems(List<Shape> value) {
      prefixItems = value;
      return this;
    }

    public Builder conditions(List<Condition> value) {
      conditions = value;
      return this;
    }

    public Builder knownValues(List<JsonNode> value) {
      knownValues = value;
      return this;
    }

    public Builder discriminator(Map<String, String> value) {
      discriminator = value;
      return this;
    }

    public Assertions build() {
      return new Assertions(
          fallback,
          multipleOf,
          uniqueItems,
          minProperties,
          maxProperties,
          minContains,
          maxContains,
          dependentRequired,
          contentEncoding,
          contentMediaType,
          prefixItems,
          conditions,
          knownValues,
          discriminator);
    }
  }
}
