package dev.codicil.chaos.fault;

import dev.codicil.chaos.Fault;
import java.util.List;
import java.util.Optional;

/** The built-in faults. A new one is one class and one line here. */
public final class Faults {
  private static final List<Fault> BUILT_IN =
      List.of(
          new DropFieldFault(),
          new NullFieldFault(),
          new RetypeFieldFault(),
          new CorruptFault(),
          new TruncateFault(),
          new LatencyFault(),
          new ResetFault(),
          new StatusFault(),
          new DuplicateFault(),
          new ReorderFault(),
          new TlsFault());

  private Faults() {}

  /** All built-in faults, in the order of the reference page. */
  public static List<Fault> builtIn() {
    return BUILT_IN;
  }

  /** The built-in fault of that id. */
  public static Optional<Fault> byId(String id) {
    return BUILT_IN.stream().filter(fault -> fault.card().id().equals(id)).findFirst();
  }

  /** Ids of the built-in faults, in the order of the list. */
  public static List<String> ids() {
    return BUILT_IN.stream().map(fault -> fault.card().id()).toList();
  }
}
