package dev.codicil.contract;

import java.util.List;

/**
 * One message a contract describes. Read into the model; replayed once a message replayer stands.
 *
 * @param key stable identity, see {@link Interaction#key()}
 * @param description what reviewers call it
 * @param states provider states to set up first
 * @param metadata what the message's metadata must be
 * @param content what its body may be
 * @param location where it was read
 */
public record MessageInteraction(
    String key,
    String description,
    List<ProviderState> states,
    List<Parameter> metadata,
    Body content,
    Location location)
    implements Interaction {
  public MessageInteraction {
    states = List.copyOf(states);
    metadata = List.copyOf(metadata);
  }
}
