package dev.codicil.contract;

import java.util.Locale;

/**
 * A named value of a message outside its body.
 *
 * @param in where it stands
 * @param name as declared; header names compare without regard to case
 * @param required whether it must be present
 * @param shape what its value must be
 * @param location where it was declared
 */
public record Parameter(In in, String name, boolean required, Shape shape, Location location) {

  /** Where a parameter stands. */
  public enum In {
    PATH,
    QUERY,
    HEADER,
    COOKIE,
    /** Not in the message: by what its server is reached. */
    SERVER;

    /** The name OpenAPI gives it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Identity for comparison: place and name, header names folded. */
  public String key() {
    return in.label() + ":" + (in == In.HEADER ? name.toLowerCase(Locale.ROOT) : name);
  }
}
