package dev.codicil.storm.proxy;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Requests to go on in another protocol (RFC 9110, section 7.8). */
final class Upgrades {
  private Upgrades() {}

  /** The protocol asked for, null when none. */
  static @Nullable String wanted(HttpRequest head) {
    HttpHeaders headers = head.headers();
    return headers.contains(HttpHeaderNames.UPGRADE)
            && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
        ? String.join(", ", headers.getAll(HttpHeaderNames.UPGRADE))
        : null;
  }

  /**
   * Whether the proxy lets the server decide. Not for HTTP/2 and TLS: a server may always go on
   * without them, and only in HTTP/1.1 can faults strike.
   */
  static boolean passes(String protocol) {
    String name = protocol.toLowerCase(Locale.ROOT);
    return !name.contains("h2c") && !name.contains("http/") && !name.contains("tls/");
  }

  static void ask(HttpHeaders headers, String protocol) {
    headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
    headers.set(HttpHeaderNames.UPGRADE, protocol);
  }
}
