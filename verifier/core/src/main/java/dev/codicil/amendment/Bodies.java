package dev.codicil.amendment;

import dev.codicil.amendment.rule.Excerpt;
import dev.codicil.amendment.rule.MediaRange;
import dev.codicil.amendment.rule.Place;
import dev.codicil.contract.Body;
import dev.codicil.contract.Shape;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Walks two bodies, media type by media type; a range stands for what it takes in. */
final class Bodies {
  private Bodies() {}

  static void walk(
      Direction direction,
      boolean exact,
      @Nullable String status,
      Body before,
      Body after,
      ContractWalk.Spotter spotter,
      ShapeWalk shapes) {
    Set<String> names = new LinkedHashSet<>(before.content().keySet());
    names.addAll(after.content().keySet());
    Map<String, String> renamed = direction == Direction.REPLY ? forms(before, after) : Map.of();
    names.removeAll(renamed.values());
    for (String name : names) {
      String now = renamed.get(name);
      Shape was = shape(before, name);
      Shape is = shape(after, now == null ? name : now);
      String side = direction == Direction.REQUEST ? "request" : "reply";
      String of = status == null ? "" : " of " + Excerpt.of(status);
      spotter.look(
          new Place.MediaType(
              new Place.Spot(
                  direction,
                  "body",
                  side + " media type " + Excerpt.quoted(name) + of,
                  was == null ? null : before.location(),
                  is == null ? null : after.location()),
              name,
              was,
              is,
              before,
              after,
              now,
              status),
          Part.body(direction, exact, status, name));
      if (was != null && is != null) {
        Part part = Part.body(direction, exact, status, name);
        shapes.walk(part, was, is, place -> spotter.look(place, part));
      }
    }
  }

  /** Media types that went, by the only one that came and is another form of the same. */
  private static Map<String, String> forms(Body before, Body after) {
    Map<String, String> forms = new LinkedHashMap<>();
    for (String gone : before.content().keySet()) {
      List<String> partners =
          shape(after, gone) != null
              ? List.of()
              : after.content().keySet().stream()
                  .filter(name -> shape(before, name) == null && !forms.containsValue(name))
                  .filter(
                      name -> MediaRange.isFormOf(name, gone) || MediaRange.isFormOf(gone, name))
                  .toList();
      if (partners.size() == 1) {
        forms.put(gone, partners.get(0));
      }
    }
    return forms;
  }

  private static @Nullable Shape shape(Body body, String name) {
    Shape exact = body.content().get(name);
    if (exact != null) {
      return exact;
    }
    String best = null;
    for (Map.Entry<String, Shape> entry : body.content().entrySet()) {
      if (MediaRange.covers(entry.getKey(), name)
          && (best == null || entry.getKey().length() > best.length())) {
        best = entry.getKey();
      }
    }
    return best == null ? null : body.content().get(best);
  }
}
