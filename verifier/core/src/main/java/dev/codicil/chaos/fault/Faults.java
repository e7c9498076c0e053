package dev.codicil.chaos.fault;

import dev.codicil.chaos.Fault;
import dev.codicil.contract.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The built-in faults: a new one is one class and one line here. Users' own stand behind them, see
 * {@link #all}.
 */
public final class Faults {
  private static final List<Fault> BUILT_IN =
      List.of(
          new DropFieldFault(),
          new NullFieldFault(),
          new RetypeFieldFault(),
          new OmitOptionalFault(),
          new UndeclaredFieldFault(),
          new UnknownEnumValueFault(),
          new OutOfRangeFault(),
          new BoundaryValueFault(),
          new TextLengthFault(),
          new MalformedTextFault(),
          new EmptyArrayFault(),
          new ShortArrayFault(),
          new LongArrayFault(),
          new ReorderArrayFault(),
          new UndeclaredStatusFault(),
          new AmendedReplyFault(),
          new VersionSkewFault(),
          new StaleReplyFault(),
          new StatusFault(),
          new DropHeaderFault(),
          new WrongContentTypeFault(),
          new WrongEncodingFault(),
          new WrongLengthFault(),
          new MalformedChunkFault(),
          new DuplicateFault(),
          new ReorderFault(),
          new CorruptFault(),
          new TruncateFault(),
          new LatencyFault(),
          new BandwidthFault(),
          new SlicerFault(),
          new SlowCloseFault(),
          new TimeoutFault(),
          new ResetFault(),
          new TlsFault(),
          new CredentialFault(),
          new KillFault(),
          new StopFault(),
          new PauseFault(),
          new RestartFault(),
          new RollingRestartFault(),
          new PartitionFault(),
          new ZoneDownFault(),
          new MonkeyLatencyFault(),
          new MonkeyExceptionFault(),
          new MonkeyMemoryFault(),
          new MonkeyCpuFault(),
          new MonkeyKillFault(),
          new DnsFault(),
          new HookFault(),
          new DropMessageFault(),
          new DuplicateMessageFault(),
          new ReorderMessagesFault(),
          new DelayMessageFault(),
          new CorruptMessageFault(),
          new PoisonMessageFault(),
          new WrongKeyFault(),
          new DropMessageHeadersFault(),
          new OldMessageFault());

  private Faults() {}

  /** All built-in faults, in the order of the reference page. */
  public static List<Fault> builtIn() {
    return BUILT_IN;
  }

  /**
   * The built-in faults, and behind them those that are found through {@link
   * java.util.ServiceLoader} on the class path.
   *
   * @throws InputException when one of these cannot be loaded, has the id of another, or has a card
   *     that contradicts itself
   */
  public static List<Fault> all() {
    List<Fault> own = OwnFaults.found();
    if (own.isEmpty()) {
      return BUILT_IN;
    }
    List<Fault> all = new ArrayList<>(BUILT_IN);
    all.addAll(own);
    return List.copyOf(all);
  }

  /** The fault of that id, a built-in one or one of the user's. */
  public static Optional<Fault> byId(String id) {
    return all().stream().filter(fault -> fault.card().id().equals(id)).findFirst();
  }

  /** Ids of all faults, in the order of {@link #all}. */
  public static List<String> ids() {
    return all().stream().map(fault -> fault.card().id()).toList();
  }
}
