package dev.codicil.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** HTTP header fields: names without regard to case, every name with its values in order. */
public final class Headers {
  /** No header at all. */
  public static final Headers NONE = new Headers(new TreeMap<>(String.CASE_INSENSITIVE_ORDER));

  private final TreeMap<String, List<String>> values;

  private Headers(TreeMap<String, List<String>> values) {
    this.values = values;
  }

  /** Copies {@code fields}; names that differ in case only are joined. */
  @JsonCreator
  public static Headers of(Map<String, List<String>> fields) {
    TreeMap<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    fields.forEach(
        (name, list) ->
            copy.merge(name.toLowerCase(Locale.ROOT), List.copyOf(list), Headers::join));
    return new Headers(copy);
  }

  /** One header with one value. */
  public static Headers of(String name, String value) {
    return NONE.with(name, value);
  }

  private static List<String> join(List<String> left, List<String> right) {
    List<String> joined = new ArrayList<>(left);
    joined.addAll(right);
    return List.copyOf(joined);
  }

  /** The first value of {@code name}. */
  public Optional<String> first(String name) {
    List<String> found = values.get(name);
    return found == null || found.isEmpty() ? Optional.empty() : Optional.of(found.get(0));
  }

  /** All values of {@code name}, in order. */
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** A copy in which {@code name} has exactly this value. */
  public Headers with(String name, String value) {
    TreeMap<String, List<String>> copy = new TreeMap<>(values);
    copy.put(name.toLowerCase(Locale.ROOT), List.of(value));
    return new Headers(copy);
  }

  /** A copy without {@code name}. */
  public Headers without(String name) {
    TreeMap<String, List<String>> copy = new TreeMap<>(values);
    copy.remove(name);
    return new Headers(copy);
  }

  /** Names in lower case, sorted, with their values. */
  @JsonValue
  public Map<String, List<String>> asMap() {
    return java.util.Collections.unmodifiableMap(values);
  }

  /** The media type without parameters, in lower case; empty when there is none. */
  public String mediaType() {
    String type = first("content-type").orElse("");
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).trim().toLowerCase(Locale.ROOT);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Headers that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
