package dev.codicil.chaos.fault;

import dev.codicil.chaos.Effect.StrikeNode.Deed;
import java.util.List;

/** A node is asked to end, as by whoever deploys it. */
final class StopFault extends NodeFault {
  StopFault() {
    super(
        "stop",
        "A node is asked to end",
        Deed.STOP,
        List.of("during", "before", "after"),
        "When the node is asked to (SIGTERM) and gets nothing new to do. during: it has the request"
            + " and must still answer it. before: the exchange goes to another node. after: it has"
            + " answered, and must finish what it has accepted.",
        "A good service answers what it has begun before it ends, finishes what it has accepted,"
            + " and leaves nothing to a timeout.");
  }
}
