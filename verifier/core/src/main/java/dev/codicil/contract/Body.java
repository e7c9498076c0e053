package dev.codicil.contract;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a message body may be.
 *
 * @param required whether the body must be present
 * @param content shape by media type (lower case, without parameters; ranges such as {@code
 *     application/*} allowed), in document order; empty means no body is described
 * @param location where it was declared
 */
public record Body(boolean required, Map<String, Shape> content, Location location) {
  public Body {
    content = Collections.unmodifiableMap(new LinkedHashMap<>(content));
  }

  /** No body described. */
  public static Body none(Location location) {
    return new Body(false, Map.of(), location);
  }
}
