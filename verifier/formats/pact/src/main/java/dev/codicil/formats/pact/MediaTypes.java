package dev.codicil.formats.pact;

import java.util.Locale;

/** How bodies of a media type are kept in a pact and compared. */
final class MediaTypes {
  static final String JSON = "application/json";

  private MediaTypes() {}

  /** Without parameters, in lower case. */
  static String base(String contentType) {
    int semicolon = contentType.indexOf(';');
    return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
        .trim()
        .toLowerCase(Locale.ROOT);
  }

  static boolean isJson(String mediaType) {
    return mediaType.equals(JSON)
        || mediaType.equals("text/json")
        || mediaType.endsWith("+json")
        || mediaType.equals("application/json-rpc");
  }

  static boolean isText(String mediaType) {
    return mediaType.startsWith("text/") && !isXml(mediaType);
  }

  static boolean isXml(String mediaType) {
    return mediaType.equals("application/xml")
        || mediaType.equals("text/xml")
        || (mediaType.startsWith("application/") && mediaType.endsWith("+xml"));
  }

  static boolean isForm(String mediaType) {
    return mediaType.equals("application/x-www-form-urlencoded");
  }

  /** Whether pacts up to version 3 keep such bodies as base64. */
  static boolean isBinary(String mediaType) {
    return !isJson(mediaType)
        && !isText(mediaType)
        && !isXml(mediaType)
        && !isForm(mediaType)
        && !mediaType.equals("application/graphql");
  }

  /** The type of a text nobody declared, told by its first character as Pact does. */
  static String ofText(String text) {
    String start = text.stripLeading();
    if (start.startsWith("{") || start.startsWith("[")) {
      return JSON;
    }
    return start.startsWith("<") ? "application/xml" : "text/plain";
  }
}
