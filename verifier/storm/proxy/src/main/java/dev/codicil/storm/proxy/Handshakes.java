package dev.codicil.storm.proxy;

import dev.codicil.chaos.Effect.Handshake.How;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * The two ends of an edge's TLS. Each kind of broken handshake has a context of its own, so that no
 * client resumes a session of another kind and skips looking at the certificate. Thread-safe.
 */
final class Handshakes {
  /** A name that no client can have asked for (RFC 2606). */
  private static final String WRONG_HOST = "wrong-host.invalid";

  /** What clients are given if they offer it at all, by its name in ALPN (RFC 7301). */
  static final String HTTP1 = "http/1.1";

  /** What only those are given who offer nothing else (RFC 9113, section 3.1). */
  static final String HTTP2 = "h2";

  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
  private static final String SOUND = "sound";

  private final Tls.@Nullable Listening listening;
  private final Tls.@Nullable Upstream upstream;
  private final Map<String, SslContext> contexts = new ConcurrentHashMap<>();
  private final @Nullable SslContext client;

  Handshakes(Tls tls) {
    this.listening = tls.listening();
    this.upstream = tls.upstream();
    Tls.Listening server = listening;
    if (server != null) {
      contexts.put(SOUND, context(server, server.authority().issue(server.names())));
    }
    this.client = upstream == null ? null : context(upstream);
  }

  /** Whether clients have to speak TLS. */
  boolean listens() {
    return listening != null;
  }

  /** The proxy's end towards a client, null for plain text. */
  @Nullable SslHandler towardsClient(ByteBufAllocator alloc, @Nullable How broken) {
    Tls.Listening server = listening;
    if (server == null) {
      return null;
    }
    String kind = broken == null || broken == How.CUT ? SOUND : broken.name();
    return contexts
        .computeIfAbsent(kind, unused -> context(server, identity(server, broken)))
        .newHandler(alloc);
  }

  /**
   * Lets the proxy's end towards a client choose HTTP/1.1 where it can. A client that offers
   * neither it nor HTTP/2 is let in as if it had offered nothing.
   *
   * @param both told when HTTP/2 was offered as well
   * @param only told when nothing but HTTP/2 was to be had
   */
  static void choose(SSLEngine engine, Runnable both, Runnable only) {
    engine.setHandshakeApplicationProtocolSelector(
        (unused, offered) -> {
          boolean http2 = offered.contains(HTTP2);
          if (offered.contains(HTTP1)) {
            if (http2) {
              both.run();
            }
            return HTTP1;
          }
          if (http2) {
            only.run();
          }
          return http2 ? HTTP2 : "";
        });
  }

  /** Why the other end of a handshake cannot be spoken to in a protocol; null when it can. */
  static @Nullable String unfit(SSLEngine engine, String protocol) {
    return protocol.equals(HTTP2) && !HTTP2.equals(engine.getApplicationProtocol())
        ? "the server did not choose h2, which is all that the client speaks"
        : null;
  }

  /**
   * The proxy's end towards the server, null for plain text.
   *
   * @param protocol what is offered
   */
  @Nullable SslHandler towardsServer(ByteBufAllocator alloc, int port, String protocol) {
    SslContext context = client;
    Tls.Upstream server = upstream;
    if (context == null || server == null) {
      return null;
    }
    SslHandler handler = context.newHandler(alloc, server.name(), port);
    SSLParameters parameters = handler.engine().getSSLParameters();
    parameters.setApplicationProtocols(new String[] {protocol});
    handler.engine().setSSLParameters(parameters);
    return handler;
  }

  private static CertificateAuthority.Identity identity(
      Tls.Listening server, @Nullable How broken) {
    if (broken == How.EXPIRED) {
      return server.authority().expired(server.names());
    }
    if (broken == How.WRONG_HOST) {
      return server.authority().issue(List.of(WRONG_HOST));
    }
    return server.authority().stranger().issue(server.names());
  }

  private static SslContext context(Tls.Listening server, CertificateAuthority.Identity identity) {
    try {
      SslContextBuilder builder =
          SslContextBuilder.forServer(identity.key(), identity.chain())
              .sslProvider(SslProvider.JDK)
              .protocols(PROTOCOLS);
      if (server.mutual()) {
        builder.clientAuth(ClientAuth.REQUIRE).trustManager(server.authority().certificate());
      }
      return builder.build();
    } catch (SSLException broken) {
      throw new IllegalStateException("no TLS for " + server.names(), broken);
    }
  }

  private static SslContext context(Tls.Upstream server) {
    try {
      SslContextBuilder builder =
          SslContextBuilder.forClient()
              .sslProvider(SslProvider.JDK)
              .protocols(PROTOCOLS)
              .endpointIdentificationAlgorithm("HTTPS");
      if (!server.roots().isEmpty()) {
        builder.trustManager(server.roots());
      }
      CertificateAuthority.Identity identity = server.identity();
      if (identity != null) {
        builder.keyManager(identity.key(), identity.chain());
      }
      return builder.build();
    } catch (SSLException broken) {
      throw new IllegalStateException("no TLS towards " + server.name(), broken);
    }
  }
}
