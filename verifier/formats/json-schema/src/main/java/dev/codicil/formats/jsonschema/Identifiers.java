package dev.codicil.formats.jsonschema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.SourceDocument;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names that schemas of one document give themselves: {@code $id} ({@code id} in draft 4),
 * {@code $anchor} and {@code $dynamicAnchor}. A name stands for a place in the same document; none
 * is ever fetched.
 */
final class Identifiers {
  private static final Set<String> KEYWORDS = Set.of("$id", "$anchor", "$dynamicAnchor");

  /** Keywords whose values are data and no schemas. */
  private static final Set<String> DATA =
      Set.of("enum", "const", "default", "example", "examples", "value");

  /** Keywords whose value is a map from names to schemas. */
  private static final Set<String> NAMES =
      Set.of("properties", "patternProperties", "dependentSchemas", "$defs", "definitions");

  private final Map<String, String> pointers = new HashMap<>();
  private final Map<String, URI> bases = new HashMap<>();

  /**
   * A node on the way, which makes its pointer only when it has a name.
   *
   * @param names whether its fields are names of schemas, and no keywords
   */
  private record Step(
      @Nullable Step parent, String segment, JsonNode node, URI base, boolean names) {
    String pointer() {
      StringBuilder pointer = new StringBuilder();
      for (Step at = this; at != null && at.parent() != null; at = at.parent()) {
        pointer.insert(0, SourceDocument.child("", at.segment()));
      }
      return pointer.toString();
    }
  }

  Identifiers(SourceDocument document) {
    boolean draft4 = document.root().path("$schema").asText().contains("/draft-04/");
    if (!draft4 && KEYWORDS.stream().noneMatch(document::mayHave)) {
      return;
    }
    Deque<Step> open = new ArrayDeque<>();
    open.push(new Step(null, "", document.root(), URI.create(""), false));
    while (!open.isEmpty()) {
      Step step = open.pop();
      URI base = step.node().isObject() && !step.names() ? name(step, draft4) : step.base();
      for (Map.Entry<String, JsonNode> field : step.node().properties()) {
        String key = field.getKey();
        if (field.getValue().isContainerNode() && (step.names() || !DATA.contains(key))) {
          boolean names = !step.names() && NAMES.contains(key);
          open.push(new Step(step, key, field.getValue(), base, names));
        }
      }
      for (int i = 0; step.node().isArray() && i < step.node().size(); i++) {
        if (step.node().get(i).isContainerNode()) {
          open.push(new Step(step, String.valueOf(i), step.node().get(i), base, false));
        }
      }
    }
  }

  /** Notes the names of one schema, and gives the base of what stands inside. */
  private URI name(Step step, boolean draft4) {
    URI base = step.base();
    JsonNode id = step.node().path(draft4 ? "id" : "$id");
    if (id.isTextual()) {
      URI named = resolve(base, id.textValue());
      if (named != null && id.textValue().startsWith("#")) {
        pointers.putIfAbsent(named.toString(), step.pointer());
      } else if (named != null) {
        base = withoutFragment(named);
        pointers.putIfAbsent(base.toString(), step.pointer());
        bases.put(step.pointer(), base);
      }
    }
    for (String anchor : new String[] {"$anchor", "$dynamicAnchor"}) {
      JsonNode name = step.node().path(anchor);
      URI named = name.isTextual() ? resolve(base, "#" + name.textValue()) : null;
      if (named != null) {
        pointers.putIfAbsent(named.toString(), step.pointer());
      }
    }
    return base;
  }

  /** Whether the document names no schema at all. */
  boolean none() {
    return pointers.isEmpty();
  }

  /** Where a reference leads inside this document; null when that is not said by any name. */
  @Nullable String pointer(String from, String ref) {
    if (pointers.isEmpty()) {
      return null;
    }
    URI base = baseOf(from);
    URI target = resolve(base, ref);
    if (target == null) {
      return null;
    }
    String exact = pointers.get(target.toString());
    if (exact != null) {
      return exact;
    }
    String resource = withoutFragment(target).toString();
    String start = resource.isEmpty() ? "" : pointers.get(resource);
    String fragment = target.getFragment();
    if (start == null || fragment != null && !fragment.isEmpty() && !fragment.startsWith("/")) {
      return null;
    }
    return fragment == null ? start : start + fragment;
  }

  /** The name of the innermost named schema that a place stands in. */
  private URI baseOf(String pointer) {
    String at = pointer;
    while (true) {
      URI base = bases.get(at);
      if (base != null) {
        return base;
      }
      if (at.isEmpty()) {
        return URI.create("");
      }
      at = at.substring(0, Math.max(0, at.lastIndexOf('/')));
    }
  }

  private static @Nullable URI resolve(URI base, String reference) {
    try {
      if (reference.startsWith("#")) {
        String bare = base.toString();
        return URI.create(bare + reference);
      }
      return base.resolve(reference);
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }

  private static URI withoutFragment(URI uri) {
    String text = uri.toString();
    int hash = text.indexOf('#');
    return hash < 0 ? uri : URI.create(text.substring(0, hash));
  }
}
