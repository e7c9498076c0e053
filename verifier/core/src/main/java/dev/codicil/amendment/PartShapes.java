package dev.codicil.amendment;

import dev.codicil.amendment.rule.MediaRange;
import dev.codicil.contract.Body;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.Interaction;
import dev.codicil.contract.MessageInteraction;
import dev.codicil.contract.Parameter;
import dev.codicil.contract.Response;
import dev.codicil.contract.Shape;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The shapes that an interaction gives the parts of its messages. */
final class PartShapes {
  private static final int MOST = 2_000;

  private PartShapes() {}

  /** The shape of a part; null when the interaction has no such part. */
  static @Nullable Shape of(@Nullable Interaction interaction, Part part) {
    String mediaType = part.mediaType();
    if (interaction instanceof MessageInteraction message) {
      return mediaType != null
          ? of(message.content(), mediaType)
          : of(message.metadata(), part.root());
    }
    if (!(interaction instanceof HttpInteraction http)) {
      return null;
    }
    if (part.direction() == Direction.REQUEST) {
      return mediaType != null
          ? of(http.requestBody(), mediaType)
          : of(http.parameters(), part.root());
    }
    Response response = response(http, part.status());
    if (response == null) {
      return null;
    }
    return mediaType != null ? of(response.body(), mediaType) : of(response.headers(), part.root());
  }

  /** The shape of a parameter or header; null when it is not among them. */
  static @Nullable Shape of(List<Parameter> members, String key) {
    return members.stream()
        .filter(member -> member.key().equals(key))
        .findFirst()
        .map(Parameter::shape)
        .orElse(null);
  }

  /** The shape of a media type, itself, through a range that covers it, or as a part of it. */
  static @Nullable Shape of(Body body, String mediaType) {
    Shape exact = body.content().get(mediaType);
    if (exact != null) {
      return exact;
    }
    for (Map.Entry<String, Shape> entry : body.content().entrySet()) {
      if (MediaRange.covers(mediaType, entry.getKey())
          || MediaRange.covers(entry.getKey(), mediaType)) {
        return entry.getValue();
      }
    }
    return null;
  }

  private static @Nullable Response response(HttpInteraction http, @Nullable String status) {
    Response covering = null;
    for (Response response : http.responses()) {
      if (response.status().equals(status)) {
        return response;
      }
      boolean family =
          status != null
              && response.status().endsWith("XX")
              && response.status().charAt(0) == status.charAt(0);
      if (family || covering == null && response.status().equals("default")) {
        covering = response;
      }
    }
    return covering;
  }

  /** Whether the object at a path of {@code root} lists a field, itself or in an alternative. */
  static boolean lists(@Nullable Shape root, Part part, String path, String name) {
    if (root == null || !path.startsWith(part.root())) {
      return false;
    }
    record At(Shape shape, String rest) {}
    Deque<At> open = new ArrayDeque<>();
    Set<Object> seen = new HashSet<>();
    open.add(new At(root, path.substring(part.root().length())));
    while (!open.isEmpty() && seen.size() < MOST) {
      At at = open.remove();
      if (!seen.add(List.of(ShapeKey.of(at.shape), at.rest))) {
        continue;
      }
      Shape.Node node = at.shape.node();
      node.alternatives().forEach(option -> open.add(new At(option, at.rest)));
      if (at.rest.isEmpty()) {
        if (node.properties().keySet().stream().anyMatch(field -> segment(field).equals(name))) {
          return true;
        }
        continue;
      }
      int end = at.rest.indexOf('/', 1);
      String step = at.rest.substring(1, end < 0 ? at.rest.length() : end);
      String rest = end < 0 ? "" : at.rest.substring(end);
      node.properties()
          .forEach(
              (field, property) -> {
                if (segment(field).equals(step)) {
                  open.add(new At(property.shape(), rest));
                }
              });
      if (step.equals("*") && node.items() != null) {
        open.add(new At(node.items(), rest));
      }
      if (step.equals("*") && node.additional() != null) {
        open.add(new At(node.additional(), rest));
      }
    }
    return false;
  }

  private static String segment(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
