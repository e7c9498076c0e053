package dev.codicil.experiment;

import dev.codicil.contract.Location;
import org.jspecify.annotations.Nullable;

/**
 * A message broker, as declared.
 *
 * @param name used in {@code {broker.NAME}} and by those who listen
 * @param kind what it speaks; {@value #KAFKA}
 * @param address where one stands already; null for one of Codicil's own
 * @param location where it was declared
 */
public record Broker(String name, String kind, @Nullable Peer address, Location location) {
  /** The one kind there is. */
  public static final String KAFKA = "kafka";
}
