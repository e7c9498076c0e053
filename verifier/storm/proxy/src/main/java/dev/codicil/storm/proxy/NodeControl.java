package dev.codicil.storm.proxy;

import dev.codicil.chaos.Effect;
import java.util.concurrent.CompletionStage;

/** Whoever runs the nodes behind an edge, and does to them what faults want. */
public interface NodeControl {
  /** How far an exchange has come. */
  enum Stage {
    /** The proxy has the request, and will send it to a node when this is done. */
    REQUEST_CAME,
    /** The node has all of it. */
    REQUEST_SENT,
    /** The whole reply is here, and goes to the client when this is done. */
    REPLY_CAME
  }

  /**
   * Asked at each stage of an exchange that a fault on nodes strikes; does what is due then. Called
   * on an event loop, so it must not block.
   *
   * @param node number of the node that the exchange goes to, or went to; -1 for none
   * @return completes when the exchange may go on; exceptionally when it could not be done
   */
  CompletionStage<?> strike(Effect.StrikeNode effect, int node, Stage stage);
}
