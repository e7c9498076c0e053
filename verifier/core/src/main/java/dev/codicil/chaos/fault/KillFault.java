package dev.codicil.chaos.fault;

import dev.codicil.chaos.Effect.StrikeNode.Deed;
import java.util.List;

/** A node dies, as when its machine loses power. */
final class KillFault extends NodeFault {
  KillFault() {
    super(
        "kill",
        "A node is killed",
        Deed.KILL,
        List.of("after", "before", "during"),
        "When the node is gone (SIGKILL). after: it has answered, and what it has accepted must not"
            + " be lost. before: the exchange goes to another node. during: it has the request and"
            + " dies before it reads it, so the connection breaks.",
        "A good service has what it accepted where the death of one node does not reach it, keeps"
            + " nothing in a node that another one needs, and is well again when the node is back;"
            + " who calls it tries again where that is allowed.");
  }
}
