package dev.codicil.formats.scc;

import dev.codicil.contract.Location;
import dev.codicil.formats.pact.Places;
import dev.codicil.formats.pact.Spot;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells for every node of the pact that is made where the contract says so: each made node knows
 * its origin or takes that of the nearest ancestor, and below an origin both trees are alike.
 */
final class Mirror implements Places {
  private final Map<String, Spot> origins = new HashMap<>();

  Mirror(Spot root) {
    origins.put("", root);
  }

  /** Notes that the made tree at {@code pointer} is what stands at {@code origin}. */
  void put(String pointer, Spot origin) {
    origins.put(pointer, origin);
  }

  @Override
  public Location locate(String pointer) {
    String at = pointer;
    Spot origin = origins.get(at);
    while (origin == null) {
      at = at.substring(0, at.lastIndexOf('/'));
      origin = origins.get(at);
    }
    return origin.places().locate(origin.pointer() + pointer.substring(at.length()));
  }
}
