package dev.codicil.amendment;

import dev.codicil.amendment.rule.Excerpt;
import dev.codicil.amendment.rule.Place;
import dev.codicil.contract.Location;
import dev.codicil.contract.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Walks two lists of parameters or headers. */
final class Members {
  private Members() {}

  /** Headers of a reply, or metadata of a message. */
  static void headers(
      Direction direction,
      List<Parameter> before,
      List<Parameter> after,
      @Nullable String status,
      ContractWalk.Spotter spotter,
      ShapeWalk shapes) {
    Map<String, Parameter> base = byKey(before);
    Map<String, Parameter> head = byKey(after);
    for (String key : keys(base, head)) {
      Parameter was = base.get(key);
      Parameter is = head.get(key);
      String subject =
          "reply header "
              + Excerpt.quoted(name(key))
              + (status == null ? "" : " of " + Excerpt.of(status));
      Part part = Part.member(direction, false, status, key, subject);
      spotter.look(new Place.Header(part.spot(key, location(was), location(is)), was, is), part);
      if (was != null && is != null) {
        shapes.walk(part, was.shape(), is.shape(), place -> spotter.look(place, part));
      }
    }
  }

  /** Parameters of a request. One that is gone here and new elsewhere under its name has moved. */
  static void inputs(
      Direction direction,
      List<Parameter> before,
      List<Parameter> after,
      boolean exact,
      ContractWalk.Spotter spotter,
      ShapeWalk shapes) {
    Map<String, Parameter> base = byKey(before);
    Map<String, Parameter> head = byKey(after);
    List<String> moved = new ArrayList<>();
    for (String key : keys(base, head)) {
      Parameter was = base.get(key);
      Parameter is = head.get(key);
      if (was != null && is == null) {
        is = elsewhere(was, base, head);
        if (is != null) {
          moved.add(is.key());
        }
      }
      if (was == null && moved.contains(key)) {
        continue;
      }
      Parameter any = was != null ? was : is;
      if (any == null) {
        continue;
      }
      String subject = any.in().label() + " parameter " + Excerpt.quoted(any.name());
      Part part = Part.member(direction, exact, null, key, subject);
      spotter.look(
          new Place.Input(part.spot(key, location(was), location(is)), was, is, exact), part);
      if (was != null && is != null) {
        shapes.walk(part, was.shape(), is.shape(), place -> spotter.look(place, part));
      }
    }
  }

  private static @Nullable Parameter elsewhere(
      Parameter was, Map<String, Parameter> base, Map<String, Parameter> head) {
    Parameter only = null;
    for (Map.Entry<String, Parameter> entry : head.entrySet()) {
      if (!base.containsKey(entry.getKey())
          && entry.getValue().name().equalsIgnoreCase(was.name())) {
        if (only != null) {
          return null;
        }
        only = entry.getValue();
      }
    }
    return only;
  }

  private static Set<String> keys(Map<String, Parameter> base, Map<String, Parameter> head) {
    Set<String> keys = new LinkedHashSet<>(base.keySet());
    keys.addAll(head.keySet());
    return keys;
  }

  private static Map<String, Parameter> byKey(List<Parameter> parameters) {
    Map<String, Parameter> byKey = new LinkedHashMap<>();
    parameters.forEach(parameter -> byKey.putIfAbsent(parameter.key(), parameter));
    return byKey;
  }

  private static String name(String key) {
    return key.substring(key.indexOf(':') + 1);
  }

  private static @Nullable Location location(@Nullable Parameter parameter) {
    return parameter == null ? null : parameter.location();
  }
}
