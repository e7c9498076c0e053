package dev.codicil.experiment;

import org.jspecify.annotations.Nullable;

/**
 * What stands behind an edge of a subject.
 *
 * @param name as used in placeholders; a subject of that name when {@code stub} is null
 * @param stub contract file a stub is served from, relative to the project; null for another
 *     subject
 * @param tls whether the subject calls it over TLS, which the proxy on the edge ends: what stands
 *     behind it speaks plain HTTP
 */
public record Upstream(String name, @Nullable String stub, boolean tls) {
  /** An upstream that is called over plain HTTP. */
  public Upstream(String name, @Nullable String stub) {
    this(name, stub, false);
  }
}
