package dev.codicil.chaos.fault;

import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Users' own faults: providers of {@code dev.codicil.chaos.Fault} on the class path. Whatever is
 * wrong with one of them is an error of the user's, told once and located at its class.
 */
final class OwnFaults {
  private static final String SERVICE = "META-INF/services/" + Fault.class.getName();

  private OwnFaults() {}

  /** What was found, or why it cannot be used; looked for once, when it is first asked for. */
  private static final class Once {
    static final Once FOUND = new Once();

    final List<Fault> faults;
    final @Nullable InputException problem;

    private Once() {
      List<Fault> loaded = List.of();
      InputException refused = null;
      try {
        loaded = load(ServiceLoader.load(Fault.class).iterator());
      } catch (InputException wrong) {
        refused = wrong; // thrown each time it is asked for, and not once as a broken class
      }
      faults = loaded;
      problem = refused;
    }
  }

  /** Those on the class path, in its order. */
  static List<Fault> found() {
    if (Once.FOUND.problem != null) {
      throw Once.FOUND.problem;
    }
    return Once.FOUND.faults;
  }

  /** Loads and checks; throws at the first that will not do. */
  static List<Fault> load(Iterator<Fault> providers) {
    Map<String, String> owners = new LinkedHashMap<>();
    Faults.builtIn().forEach(fault -> owners.put(fault.card().id(), "a built-in fault"));
    List<Fault> own = new ArrayList<>();
    Optional<Fault> next = next(providers);
    while (next.isPresent()) {
      Fault fault = next.get();
      String type = fault.getClass().getName();
      FaultCard card = card(fault);
      CardCheck.contradiction(card)
          .ifPresent(
              wrong -> {
                throw new InputException(
                    Location.of(type),
                    "the card of the fault '" + card.id() + "' contradicts itself: " + wrong,
                    "correct the card, or take the class out of " + SERVICE);
              });
      String owner = owners.putIfAbsent(card.id(), type);
      if (owner != null) {
        throw new InputException(
            Location.of(type),
            "the fault id '" + card.id() + "' is that of " + owner + " already",
            "give the fault another id, or take the class out of " + SERVICE);
      }
      own.add(fault);
      next = next(providers);
    }
    return List.copyOf(own);
  }

  private static Optional<Fault> next(Iterator<Fault> providers) {
    try {
      return providers.hasNext() ? Optional.of(providers.next()) : Optional.empty();
    } catch (ServiceConfigurationError broken) {
      throw new InputException(
          Location.of(SERVICE),
          "a fault could not be loaded: " + broken.getMessage(),
          "expected the name of a public class with a public constructor without parameters that"
              + " implements dev.codicil.chaos.Fault");
    }
  }

  private static FaultCard card(Fault fault) {
    try {
      return Objects.requireNonNull(fault.card(), "there is no card");
    } catch (RuntimeException broken) {
      throw new InputException(
          Location.of(fault.getClass().getName()),
          "the fault has no card: " + broken.getMessage(),
          "card() must give the same complete card every time");
    }
  }
}
