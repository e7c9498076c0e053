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
 * @param flow whether the provider sends or takes it
 * @param channel the address it travels on, with {@code {name}} parameters, which stand in {@code
 *     metadata} as path parameters; empty when the contract does not say
 * @param location where it was read
 */
public record MessageInteraction(
    String key,
    String description,
    List<ProviderState> states,
    List<Parameter> metadata,
    Body content,
    Flow flow,
    String channel,
    Location location)
    implements Interaction {

  /** Which way a message travels. */
  public enum Flow {
    /** The provider sends it and consumers read it, as they read a reply. */
    FROM_PROVIDER,
    /** Consumers send it and the provider takes it, as it takes a request. */
    TO_PROVIDER
  }

  public MessageInteraction {
    states = List.copyOf(states);
    metadata = List.copyOf(metadata);
  }

  /** A message of the provider, on a channel the contract does not name. */
  public MessageInteraction(
      String key,
      String description,
      List<ProviderState> states,
      List<Parameter> metadata,
      Body content,
      Location location) {
    this(key, description, states, metadata, content, Flow.FROM_PROVIDER, "", location);
  }
}
