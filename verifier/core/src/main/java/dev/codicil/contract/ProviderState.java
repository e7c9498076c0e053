package dev.codicil.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A state the provider must be in before an interaction is replayed (Pact's term).
 *
 * @param name as the consumer wrote it
 * @param parameters sorted by name
 */
public record ProviderState(String name, Map<String, JsonNode> parameters) {
  public ProviderState {
    parameters = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(parameters));
  }
}
