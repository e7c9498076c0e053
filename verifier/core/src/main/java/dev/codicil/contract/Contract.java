package dev.codicil.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was read from one contract document.
 *
 * @param format id of the format, such as {@code pact} or {@code openapi}
 * @param provider name of the provider
 * @param consumer name of the consumer; null for a document the provider alone stands for
 * @param interactions in document order
 * @param location the document
 */
public record Contract(
    String format,
    String provider,
    @Nullable String consumer,
    List<Interaction> interactions,
    Location location) {
  public Contract {
    interactions = List.copyOf(interactions);
  }

  /** The HTTP interactions, in document order. */
  public List<HttpInteraction> http() {
    return interactions.stream()
        .filter(HttpInteraction.class::isInstance)
        .map(HttpInteraction.class::cast)
        .toList();
  }
}
