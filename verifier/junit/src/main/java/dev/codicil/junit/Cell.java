package dev.codicil.junit;

import dev.codicil.engine.ConsumerStage.Side;

/** The cell that a test runs in, for tests that ask; a parameter of this type gets it. */
public interface Cell {
  /** Before or after the amendment. */
  Side side();

  /** Whether no fault strikes. */
  boolean calm();

  /** What strikes where; empty in calm. */
  String faults();

  /**
   * Says that the consumer gave less, as it is meant to: the cell then counts as degraded and not
   * as held. In calm that fails the test.
   *
   * @param why the fallback, for people
   */
  void degraded(String why);
}
