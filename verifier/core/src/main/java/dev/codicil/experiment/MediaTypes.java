package dev.codicil.experiment;

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
}
