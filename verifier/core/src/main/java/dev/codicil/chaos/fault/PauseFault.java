package dev.codicil.chaos.fault;

import dev.codicil.chaos.Effect.StrikeNode.Deed;
import java.util.List;

/** A node stands still, as in a long garbage collection or when its machine is moved. */
final class PauseFault extends NodeFault {
  PauseFault() {
    super(
        "pause",
        "A node stands still",
        Deed.PAUSE,
        List.of("during", "after"),
        "When the node stands still (SIGSTOP), until the exchange of the cell is over (SIGCONT)."
            + " during: the request is there and is not read. after: it has answered, and later"
            + " requests that go to it wait.",
        "A good service waits no longer than it can afford, asks again, and is not confused when"
            + " the node wakes up and does what it was asked long ago.");
  }
}
