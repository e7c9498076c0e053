package dev.codicil.amendment;

/** Which way a message flows, seen from the consumer. */
public enum Direction {
  /** From the consumer to the provider. */
  REQUEST,
  /** From the provider to the consumer. */
  REPLY,
  /** The operation itself: a path, a method. */
  OPERATION
}
