package dev.codicil.storm.proxy;

import io.netty.channel.Channel;

/** A client that is connected to an edge. All but {@link #channel} is called on its event loop. */
interface Connected {
  /** The client's side. */
  Channel channel();

  /** Cuts what is still under way in a cell that is over. */
  void cellOver(EdgeCell cell);

  /** Ends the connection unless something is under way over it. */
  void closeIdle();

  /** Ends the connection. */
  void close();
}
