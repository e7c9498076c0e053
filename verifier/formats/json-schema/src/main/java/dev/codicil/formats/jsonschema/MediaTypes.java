package dev.codicil.formats.jsonschema;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Media types as documents name them and as messages carry them. */
public final class MediaTypes {
  private MediaTypes() {}

  /** Lower case, without parameters. */
  public static String bare(String mediaType) {
    int semicolon = mediaType.indexOf(';');
    String bare = semicolon < 0 ? mediaType : mediaType.substring(0, semicolon);
    return bare.trim().toLowerCase(Locale.ROOT);
  }

  public static boolean isJson(String bare) {
    return bare.equals("application/json") || bare.equals("text/json") || bare.endsWith("+json");
  }

  public static boolean isText(String bare) {
    return bare.startsWith("text/");
  }

  public static boolean isForm(String bare) {
    return bare.equals("application/x-www-form-urlencoded");
  }

  /** The declared type that covers {@code bare}, the most specific first; null when none does. */
  public static @Nullable String covering(Collection<String> declared, String bare) {
    if (declared.contains(bare)) {
      return bare;
    }
    int slash = bare.indexOf('/');
    String range = slash < 0 ? bare : bare.substring(0, slash) + "/*";
    if (declared.contains(range)) {
      return range;
    }
    return declared.contains("*/*") ? "*/*" : null;
  }
}
