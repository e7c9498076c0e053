package dev.codicil.formats.jsonschema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.codicil.contract.InputException;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes shapes from schemas. References stay references and are read when they are asked for, each
 * once; {@code allOf} becomes one node. Shapes are handed to several threads, and the targets of
 * their references are read under one lock.
 *
 * <p>{@code nullable: true} of OpenAPI 3.0 counts without a {@code type} beside it, too: the
 * specification says otherwise since 3.0.3, but that is what authors mean by it.
 */
public final class SchemaReader {
  /** How many combinations of schemas are merged; a hostile document has exponentially many. */
  private static final int MOST_MERGED = 50_000;

  private final Documents documents;
  private final boolean v30;
  private final Map<JsonNode, Shape> inline = new IdentityHashMap<>();
  private final Map<String, Shape.Node> targets = new HashMap<>();
  private int merged;

  public SchemaReader(Documents documents, boolean v30) {
    this.documents = documents;
    this.v30 = v30;
  }

  /** The shape of a schema, or a reference to it. */
  public synchronized Shape shape(Place schema) {
    String ref = schema.ref();
    if (ref != null && (v30 || !Keywords.constrainsBesideReference(schema))) {
      return reference(schema);
    }
    List<Place> only = ref == null ? Constraints.only(schema) : List.of();
    if (ref != null || schema.get("allOf") != null || !only.isEmpty()) {
      // Read later: what is merged may lead back to here, or on through thousands of schemas.
      return new Shape.Reference(
          schema.id(), () -> target(schema.id(), List.of(schema), schema), schema.location());
    }
    if (!schema.node().isContainerNode()) {
      return build(List.of(schema), schema);
    }
    Shape known = inline.get(schema.node());
    if (known == null) {
      known = build(List.of(schema), schema);
      inline.put(schema.node(), known);
    }
    return known;
  }

  /** The same shape with a value its user gave as an example; the schema's own otherwise. */
  public Shape withExample(Shape shape, @Nullable JsonNode example) {
    if (example == null) {
      return shape;
    }
    return shape.node().toBuilder().example(example).build();
  }

  private Shape reference(Place from) {
    try {
      Place target = documents.follow(from);
      return new Shape.Reference(
          target.id(), () -> target(target.id(), List.of(target), target), from.location());
    } catch (BrokenReference told) {
      return Shape.at(from.location()).unread(List.of("$ref")).build();
    }
  }

  /** One shape that satisfies all of several schemas. */
  private Shape all(List<Place> schemas) {
    if (schemas.size() == 1) {
      return shape(schemas.get(0));
    }
    // Read later, because merged properties may lead back to where they are merged.
    String name = schemas.stream().map(Place::id).distinct().collect(Collectors.joining(" & "));
    return new Shape.Reference(
        name, () -> target(name, schemas, schemas.get(0)), schemas.get(0).location());
  }

  private synchronized Shape.Node target(String name, List<Place> schemas, Place at) {
    Shape.Node known = targets.get(name);
    if (known == null) {
      if (schemas.size() > 1 && ++merged > MOST_MERGED) {
        throw new InputException(
            at.location(),
            "allOf leads to more than "
                + MOST_MERGED
                + " combinations of schemas; expected a document whose schemas can be merged",
            "list the fields of the schema itself instead of combining them by allOf");
      }
      known = build(schemas, at);
      targets.put(name, known);
    }
    return known;
  }

  private Shape.Node build(List<Place> schemas, Place at) {
    Constraints constraints = new Constraints(v30);
    for (Place part : flatten(schemas, constraints)) {
      constraints.tighten(part);
    }
    constraints.complete();
    return node(constraints, at);
  }

  /** The schemas themselves, then those their {@code allOf} lead to, each once, in order. */
  private List<Place> flatten(List<Place> schemas, Constraints constraints) {
    Map<JsonNode, Boolean> seen = new IdentityHashMap<>();
    List<Place> parts = new ArrayList<>();
    Deque<Place> pending = new ArrayDeque<>(schemas);
    while (!pending.isEmpty()) {
      Place part = pending.pop();
      if (part.node().isContainerNode() && seen.put(part.node(), true) != null) {
        continue;
      }
      List<Place> next = new ArrayList<>();
      String ref = part.ref();
      if (ref != null) {
        try {
          next.add(documents.resolve(part, ref));
        } catch (BrokenReference told) {
          constraints.unread.add("$ref");
        }
      }
      if (ref == null || !v30) {
        parts.add(part);
        next.addAll(Constraints.items(part, "allOf"));
        next.addAll(Constraints.only(part));
      }
      for (int i = next.size() - 1; i >= 0; i--) {
        pending.push(next.get(i));
      }
    }
    return parts;
  }

  private Shape.Node node(Constraints from, Place at) {
    Shape.Builder node =
        Shape.at(at.location())
            .types(from.types)
            .enumeration(enumeration(from))
            .format(from.format)
            .pattern(from.pattern)
            .minimum(from.minimum, from.exclusiveMinimum)
            .maximum(from.maximum, from.exclusiveMaximum)
            .length(from.minLength, from.maxLength)
            .itemCount(from.minItems, from.maxItems)
            .closed(from.closed)
            .example(from.example)
            .readOnly(from.readOnly)
            .writeOnly(from.writeOnly)
            .unread(List.copyOf(from.unread))
            .assertions(from.additions.build(this::shape, this::all));
    from.properties.forEach(
        (name, schemas) -> node.property(name, all(schemas), from.required.contains(name)));
    Set<String> unlisted = new LinkedHashSet<>(from.required);
    unlisted.removeAll(from.properties.keySet());
    if (!from.closed) {
      Shape rest = from.additional.isEmpty() ? Shape.any(at.location()) : all(from.additional);
      unlisted.forEach(name -> node.property(name, rest, true));
    }
    if (!from.additional.isEmpty() && !from.closed) {
      node.additional(all(from.additional));
    }
    if (!from.items.isEmpty()) {
      node.items(all(from.items));
    }
    if (!from.alternatives.isEmpty()) {
      List<Shape> choices = new ArrayList<>();
      from.alternatives.forEach(choice -> choices.add(shape(choice)));
      if (from.nullableWithoutType) {
        choices.add(Shape.at(at.location()).type(JsonType.NULL).build());
      }
      node.alternatives(from.oneOf ? Shape.Combination.ONE_OF : Shape.Combination.ANY_OF, choices);
    }
    return node.build();
  }

  private List<JsonNode> enumeration(Constraints from) {
    if (from.enumeration == null) {
      return List.of();
    }
    boolean nullable = from.types.contains(JsonType.NULL) || from.nullableWithoutType;
    if (!v30 || !nullable || from.enumeration.stream().anyMatch(JsonNode::isNull)) {
      return from.enumeration;
    }
    List<JsonNode> values = new ArrayList<>(from.enumeration);
    values.add(NullNode.instance);
    return values;
  }
}
