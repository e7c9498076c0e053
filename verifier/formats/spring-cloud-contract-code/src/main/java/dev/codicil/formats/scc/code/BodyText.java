package dev.codicil.formats.scc.code;

import groovy.json.JsonException;
import groovy.json.JsonSlurper;
import groovy.lang.GString;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.contract.spec.internal.DslProperty;
import org.springframework.cloud.contract.spec.internal.MatchingStrategy;
import org.springframework.cloud.contract.spec.internal.RegexProperty;

/** A body with values of the DSL in it, as an example and the matchers that hold it. */
final class BodyText {
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
  private static final Pattern PLACE = Pattern.compile("@codicil-value-([0-9]+)@");

  private final Side side;
  private final Notes notes;

  BodyText(Side side, Notes notes) {
    this.side = side;
    this.notes = notes;
  }

  /**
   * A body.
   *
   * @param example its value in JSON, or text
   * @param matchers as the YAML form has them, without those that the contract lists itself
   */
  record Written(@Nullable Object example, List<Map<String, Object>> matchers) {}

  /**
   * A matcher below some value.
   *
   * @param path from that value, without the root
   */
  private record Found(String path, Map<String, Object> matcher) {}

  /** Takes a body apart. */
  Written read(DslProperty<?> body) {
    Object example = side.example(body);
    Object pattern = side.pattern(body);
    Mixed mixed = mixed(example, pattern);
    List<Found> found = new ArrayList<>();
    Object written;
    if (mixed != null) {
      Object tree = tree(mixed);
      if (tree == null) {
        written = text(mixed, found);
      } else {
        written = walk(tree, tree, "", found);
      }
    } else {
      written = walk(example, pattern, "", found);
    }
    List<Map<String, Object>> matchers = new ArrayList<>();
    for (Found matcher : found) {
      Map<String, Object> entry = new LinkedHashMap<>();
      if (!matcher.path().isEmpty() || written instanceof Map || written instanceof List) {
        entry.put("path", "$" + matcher.path());
      }
      entry.putAll(matcher.matcher());
      matchers.add(entry);
    }
    return new Written(written, matchers);
  }

  private static @Nullable Mixed mixed(@Nullable Object example, @Nullable Object pattern) {
    for (Object side : new Object[] {example, pattern}) {
      if (side instanceof GString text) {
        return Mixed.of(text);
      }
    }
    return null;
  }

  private Object text(Mixed mixed, List<Found> found) {
    Leaf leaf = side.mixed(mixed);
    String example = String.valueOf(leaf.example());
    if (example.stripLeading().startsWith("<")
        && (leaf.regex() != null || leaf.command() != null)) {
      notes.add("values with patterns inside of XML are not understood");
      return example;
    }
    add(leaf, "", found);
    return example;
  }

  /** The JSON that a text with values in it is; null when it is none, or has no patterns in it. */
  private @Nullable Object tree(Mixed mixed) {
    StringBuilder text = new StringBuilder();
    List<Object> values = new ArrayList<>();
    boolean quoted = false;
    for (Object part : mixed.parts()) {
      if (part instanceof String literal) {
        text.append(literal);
        quoted = endsQuoted(literal, quoted);
        continue;
      }
      String place = "@codicil-value-" + values.size() + "@";
      text.append(quoted ? place : '"' + place + '"');
      values.add(part);
    }
    if (values.stream().allMatch(value -> side.leaf(value).isPlain())) {
      return null;
    }
    try {
      Object tree = new JsonSlurper().parseText(text.toString());
      return tree instanceof Map || tree instanceof List ? filled(tree, values) : null;
    } catch (JsonException | IllegalArgumentException noJson) {
      return null;
    }
  }

  /** Whether a text ends inside of a JSON string. */
  private static boolean endsQuoted(String literal, boolean quoted) {
    boolean inside = quoted;
    for (int i = 0; i < literal.length(); i++) {
      char c = literal.charAt(i);
      if (c == '\\' && inside) {
        i++;
      } else if (c == '"') {
        inside = !inside;
      }
    }
    return inside;
  }

  private static @Nullable Object filled(@Nullable Object node, List<Object> values) {
    if (node instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> filled = new LinkedHashMap<>();
      map.forEach((name, value) -> filled.put(name, filled(value, values)));
      return filled;
    }
    if (node instanceof List<?> list) {
      List<@Nullable Object> filled = new ArrayList<>();
      list.forEach(item -> filled.add(filled(item, values)));
      return filled;
    }
    if (!(node instanceof String text)) {
      return node;
    }
    Matcher places = PLACE.matcher(text);
    List<Object> parts = new ArrayList<>();
    int at = 0;
    while (places.find()) {
      if (places.start() > at) {
        parts.add(text.substring(at, places.start()));
      }
      parts.add(values.get(Integer.parseInt(places.group(1))));
      at = places.end();
    }
    if (parts.isEmpty()) {
      return text;
    }
    if (at < text.length()) {
      parts.add(text.substring(at));
    }
    return parts.size() == 1 ? parts.get(0) : new Mixed(parts);
  }

  private @Nullable Object walk(
      @Nullable Object exampleSide, @Nullable Object patternSide, String path, List<Found> found) {
    Object example = opened(exampleSide, true);
    Object pattern = opened(patternSide, false);
    if (example instanceof Map<?, ?> map) {
      return object(map, pattern, path, found);
    }
    if (example instanceof byte[]) {
      notes.add("bytes in the contract are not understood; keep them in a file");
      return null;
    }
    if (isList(example)) {
      return array(list(example), pattern, path, found);
    }
    Leaf leaf =
        example instanceof Mixed text ? side.mixed(text) : side.leaf(exampleSide, patternSide);
    add(leaf, path, found);
    return leaf.example();
  }

  private Map<String, @Nullable Object> object(
      Map<?, ?> example, @Nullable Object pattern, String path, List<Found> found) {
    Map<?, ?> other = pattern instanceof Map<?, ?> map ? map : null;
    if (other == null) {
      whole(pattern, path, found);
    }
    Map<String, @Nullable Object> written = new LinkedHashMap<>();
    // By name: Map.of has another order in every process.
    List<Object> names = new ArrayList<>(example.keySet());
    names.sort(Comparator.comparing(String::valueOf));
    for (Object name : names) {
      Object value = example.get(name);
      String text = String.valueOf(name);
      Object held = other != null && other.containsKey(name) ? other.get(name) : value;
      written.put(text, walk(value, held, path + step(text), found));
    }
    if (other != null && !other.keySet().equals(example.keySet())) {
      notes.add("the fields of '$" + path + "' differ between its two sides; those sent are taken");
    }
    return written;
  }

  private List<@Nullable Object> array(
      List<?> example, @Nullable Object pattern, String path, List<Found> found) {
    List<?> other = isList(pattern) ? list(pattern) : null;
    if (other == null) {
      whole(pattern, path, found);
    } else if (other.size() != example.size()) {
      notes.add("the items of '$" + path + "' differ between its two sides; those sent are taken");
    }
    List<@Nullable Object> written = new ArrayList<>();
    List<List<Found>> below = new ArrayList<>();
    for (int i = 0; i < example.size(); i++) {
      List<Found> inner = new ArrayList<>();
      Object held = other != null && i < other.size() ? other.get(i) : example.get(i);
      written.add(walk(example.get(i), held, "", inner));
      below.add(inner);
    }
    boolean alike = !below.isEmpty() && below.stream().allMatch(below.get(0)::equals);
    for (int i = 0; i < (alike ? 1 : below.size()); i++) {
      String item = path + (alike ? "[*]" : "[" + i + "]");
      below.get(i).forEach(inner -> found.add(new Found(item + inner.path(), inner.matcher())));
    }
    return written;
  }

  /** An object or array that is held as a whole, by a command or a pattern of its text. */
  private void whole(@Nullable Object pattern, String path, List<Found> found) {
    add(side.leaf("", pattern).withExample(null), path, found);
  }

  private void add(Leaf leaf, String path, List<Found> found) {
    if (leaf.problem() != null) {
      notes.add("at '$" + path + "': " + leaf.problem());
    }
    if (leaf.strategy() != null) {
      notes.add("at '$" + path + "': '" + leaf.strategy().type() + "' is not understood in a body");
    }
    if (leaf.regex() != null) {
      found.add(new Found(path, Map.of("type", "by_regex", "value", leaf.regex())));
    } else if (leaf.command() != null) {
      found.add(new Found(path, Map.of("type", "by_command", "value", leaf.command())));
    }
  }

  private @Nullable Object opened(@Nullable Object value, boolean example) {
    Object at = value;
    while (at instanceof DslProperty<?> property
        && !(at instanceof RegexProperty)
        && !(at instanceof MatchingStrategy)) {
      at = example ? side.example(property) : side.pattern(property);
    }
    return at;
  }

  private static boolean isList(@Nullable Object value) {
    return value instanceof Iterable<?> || value != null && value.getClass().isArray();
  }

  private static List<?> list(@Nullable Object value) {
    List<@Nullable Object> list = new ArrayList<>();
    if (value instanceof Iterable<?> items) {
      items.forEach(list::add);
    } else if (value != null) {
      for (int i = 0; i < Array.getLength(value); i++) {
        list.add(Array.get(value, i));
      }
    }
    return list;
  }

  private static String step(String name) {
    if (PLAIN_NAME.matcher(name).matches()) {
      return "." + name;
    }
    return name.contains("'") ? "[\"" + name + "\"]" : "['" + name + "']";
  }
}
