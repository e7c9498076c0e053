package dev.codicil.storm.proxy;

import dev.codicil.chaos.Effect.Cut.How;
import dev.codicil.storm.proxy.Standstill.Awaited;

/** Who keeps the message waiting that passes a client's connection and the server's behind it. */
final class MessageWatch implements Standstill.Watched {
  private final ClientConnection client;

  MessageWatch(ClientConnection client) {
    this.client = client;
  }

  @Override
  public Awaited awaited() {
    ProxyExchange exchange = client.current();
    if (!client.speaking() || exchange != null && exchange.stalled()) {
      return Awaited.NOBODY;
    }
    if (exchange == null) {
      return client.inHead() ? Awaited.REQUEST_HEAD : Awaited.NOBODY;
    }
    UpstreamConnection server = client.upstream();
    if (exchange.request().awaitsClient()) {
      return Awaited.REQUEST_BODY;
    } else if (server != null && server.inHead()) {
      return Awaited.REPLY_HEAD;
    } else if (exchange.reply().awaitsServer()) {
      return Awaited.REPLY_BODY;
    } else if (!client.channel().isWritable()) {
      return Awaited.CLIENT_READING;
    }
    return server != null && !server.isWritable() ? Awaited.SERVER_READING : Awaited.NOBODY;
  }

  @Override
  public long unsent() {
    UpstreamConnection server = client.upstream();
    return client.channel().bytesBeforeWritable() + (server == null ? 0 : server.unsent());
  }

  @Override
  public void stoodStill(Awaited awaited, String complaint) {
    ExchangeNote.Kind kind =
        awaited.head() ? ExchangeNote.Kind.SLOW_HEAD : ExchangeNote.Kind.STOOD_STILL;
    ProxyExchange exchange = client.current();
    if (exchange == null) {
      client.proxy().cell().note(ExchangeNote.NO_EXCHANGE, kind, complaint);
      client.end(How.CLOSE, false, How.CLOSE);
    } else {
      exchange.note(kind, complaint);
      exchange.cut(How.CLOSE, true, How.CLOSE);
    }
  }
}
