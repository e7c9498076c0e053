package dev.codicil.junit;

import java.net.URI;

/** One cell of a {@link ProviderReplay}: one interaction in one weather. */
public interface Replay {
  /**
   * Replays the interaction against the provider, and fails when it does not keep what it promises.
   *
   * @param provider where it listens, on this machine: {@code http://localhost:PORT}
   */
  void against(URI provider);

  /** The same, by the port on which it listens. */
  void against(int port);

  /** What is asked, as its contract has it. */
  String interaction();

  /** Whether no fault strikes. */
  boolean calm();

  /** What strikes where; empty in calm. */
  String faults();
}
