package dev.codicil.contract;

/**
 * An HTTP exchange in which the provider calls the consumer: a webhook, or a callback of an
 * operation. Requests flow from the provider, replies from the consumer. Compared, not replayed.
 *
 * @param key stable identity, see {@link Interaction#key()}
 * @param description what reviewers call it
 * @param exchange the call, seen from the one who makes it
 */
public record CallbackInteraction(String key, String description, HttpInteraction exchange)
    implements Interaction {
  @Override
  public Location location() {
    return exchange.location();
  }
}
