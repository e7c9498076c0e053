package dev.codicil.pactbroker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.contract.Json;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which pacts a provider is to be held to.
 *
 * @param selectors of consumer versions; empty for what the broker takes without any
 * @param providerVersionBranch branch of the provider, by which pacts are pending; null when it is
 *     not known
 * @param includePendingStatus whether pacts are told apart that no version of that branch has
 *     honored yet
 * @param includeWipPactsSince date from which on pacts are included that no selector selects and
 *     nobody has honored yet; null for none of those
 */
public record PactsQuery(
    List<Selector> selectors,
    @Nullable String providerVersionBranch,
    boolean includePendingStatus,
    @Nullable String includeWipPactsSince) {
  public PactsQuery {
    selectors = List.copyOf(selectors);
    if (providerVersionBranch == null && selectors.stream().anyMatch(Selector::matchesBranch)) {
      throw new IllegalArgumentException("matchingBranch needs the provider's branch");
    }
    if (includeWipPactsSince != null && !includePendingStatus) {
      throw new IllegalArgumentException("work in progress is always pending: ask for that too");
    }
  }

  /** Only these selectors, everything that is found counting. */
  public static PactsQuery of(List<Selector> selectors) {
    return new PactsQuery(selectors, null, false, null);
  }

  ObjectNode body() {
    ObjectNode body = Json.mapper().createObjectNode();
    var list = body.putArray("consumerVersionSelectors");
    for (Selector selector : selectors) {
      ObjectNode node = list.addObject();
      selector
          .keys()
          .forEach(
              (key, value) -> {
                if (value instanceof Boolean flag) {
                  node.put(key, flag);
                } else {
                  node.put(key, Objects.toString(value));
                }
              });
    }
    body.put("includePendingStatus", includePendingStatus);
    if (providerVersionBranch != null) {
      body.put("providerVersionBranch", providerVersionBranch);
    }
    if (includeWipPactsSince != null) {
      body.put("includeWipPactsSince", includeWipPactsSince);
    }
    return body;
  }
}
