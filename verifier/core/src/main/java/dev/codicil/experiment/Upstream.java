package dev.codicil.experiment;

import org.jspecify.annotations.Nullable;

/**
 * What stands behind an edge of a subject.
 *
 * @param name as used in placeholders
 * @param stub contract file a stub is served from, relative to the project; null for none
 * @param tls whether the subject calls it over TLS, which the proxy on the edge ends: what stands
 *     behind it speaks plain HTTP
 * @param tcp where something else than HTTP is spoken, such as by a database; null for none
 */
public record Upstream(String name, @Nullable String stub, boolean tls, @Nullable Peer tcp) {
  /** An upstream that speaks HTTP. */
  public Upstream(String name, @Nullable String stub, boolean tls) {
    this(name, stub, tls, null);
  }

  /** An upstream that is called over plain HTTP. */
  public Upstream(String name, @Nullable String stub) {
    this(name, stub, false);
  }

  /** Whether it is the subject of that name. */
  public boolean isSubject() {
    return stub == null && tcp == null;
  }
}
