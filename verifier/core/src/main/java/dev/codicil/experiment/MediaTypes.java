package dev.codicil.experiment;

import dev.codicil.amendment.rule.MediaRange;
import dev.codicil.contract.Shape;
import java.util.Map;
import java.util.Optional;

/** Which media types carry JSON. */
final class MediaTypes {
  private MediaTypes() {}

  /** Whether a body of this type (or range) is, or may be, JSON. */
  static boolean isJson(String type) {
    return type.equals("*/*")
        || type.equals("application/*")
        || type.endsWith("/json")
        || type.endsWith("+json");
  }

  /** The type itself, or one that a range includes. */
  static String concrete(String range) {
    if (range.equals("*/*") || range.equals("application/*")) {
      return "application/json";
    }
    return range.equals("text/*") ? "text/plain" : range;
  }

  /** The shape of a media type, itself or through a range that covers it. */
  static Optional<Shape> shape(Map<String, Shape> content, String type) {
    Shape exact = content.get(type);
    return exact != null
        ? Optional.of(exact)
        : content.entrySet().stream()
            .filter(entry -> MediaRange.covers(entry.getKey(), type))
            .findFirst()
            .map(Map.Entry::getValue);
  }
}
