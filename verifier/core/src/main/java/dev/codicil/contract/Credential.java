package dev.codicil.contract;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * One kind of credential that a request must carry.
 *
 * @param kind what it is and where it travels, however the document names the scheme: {@code http
 *     bearer}, {@code apiKey in header X-Key}
 * @param scopes what it must allow
 */
public record Credential(String kind, Set<String> scopes) {
  public Credential {
    scopes = Collections.unmodifiableSet(new TreeSet<>(scopes));
  }

  /** Whether whoever has {@code other} has this, too. */
  public boolean coveredBy(Credential other) {
    return kind.equals(other.kind) && other.scopes.containsAll(scopes);
  }

  @Override
  public String toString() {
    return scopes.isEmpty() ? kind : kind + " " + String.join(",", scopes);
  }
}
