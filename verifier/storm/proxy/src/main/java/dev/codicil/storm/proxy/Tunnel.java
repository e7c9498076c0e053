package dev.codicil.storm.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two connections that are one: bytes pass as they come, and no fault can strike. */
// How a Netty write ended is told by the channel itself.
@SuppressWarnings("FutureReturnValueIgnored")
final class Tunnel {
  private final FaultProxy proxy;
  private final Channel client;
  private final Channel server;
  private final String protocol;
  private final List<Runnable> early = new ArrayList<>(0);
  private @Nullable EdgeCell noted;
  private boolean open;

  Tunnel(FaultProxy proxy, Channel client, Channel server, String protocol) {
    this.proxy = proxy;
    this.client = client;
    this.server = server;
    this.protocol = protocol;
    note();
  }

  /** Said in every cell in which something passes. */
  private void note() {
    EdgeCell cell = proxy.cell();
    if (cell != noted) {
      noted = cell;
      cell.noteOnce(ExchangeNote.Kind.PASSED_THROUGH, protocol + " passed through as TCP");
    }
  }

  void fromClient(ByteBuf bytes) {
    pass(bytes, server);
  }

  void fromServer(ByteBuf bytes) {
    pass(bytes, client);
  }

  private void pass(ByteBuf bytes, Channel to) {
    if (!open) {
      early.add(() -> pass(bytes, to));
      return;
    }
    note();
    to.writeAndFlush(bytes);
    updateReads();
  }

  /** Neither end speaks HTTP any more; what the codecs had read too far goes on. */
  void open() {
    open = true;
    early.forEach(Runnable::run);
    early.clear();
    updateReads();
  }

  /** Each side is read as fast as the other takes it. */
  void updateReads() {
    // Reading on behind the end of a client's bytes would end the channel.
    boolean over = client instanceof DuplexChannel duplex && duplex.isInputShutdown();
    client.config().setAutoRead(!over && server.isWritable());
    server.config().setAutoRead(client.isWritable());
  }

  /** The client sends nothing more; the server is told, and may still answer. */
  void clientOver() {
    if (server instanceof DuplexChannel duplex && server.isActive()) {
      server.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> duplex.shutdownOutput());
    }
  }
}
