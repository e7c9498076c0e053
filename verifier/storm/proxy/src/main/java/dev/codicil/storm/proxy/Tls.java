package dev.codicil.storm.proxy;

import dev.codicil.storm.proxy.CertificateAuthority.Identity;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an edge speaks TLS, on either side. Clients who offer HTTP/1.1 are given it, for that is
 * where faults can strike; what those say who speak HTTP/2 only is passed through, and the server
 * has to speak it as well.
 *
 * @param listening how the proxy shows itself to clients; null for plain text
 * @param upstream how it shows itself to the server; null for plain text
 */
public record Tls(@Nullable Listening listening, @Nullable Upstream upstream) {
  /** Plain text on both sides. */
  public static final Tls NONE = new Tls(null, null);

  /**
   * The side of the client.
   *
   * @param authority certifies the proxy, and the clients where they need a certificate
   * @param names host names and addresses under which clients reach the proxy
   * @param mutual whether a client needs a certificate of the authority
   */
  public record Listening(CertificateAuthority authority, List<String> names, boolean mutual) {
    public Listening {
      names = List.copyOf(names);
      if (names.isEmpty()) {
        throw new IllegalArgumentException("a certificate needs a name");
      }
    }
  }

  /**
   * The side of the server.
   *
   * @param roots trusted; empty for those that Java trusts
   * @param identity what the proxy shows when the server asks; null for nothing
   * @param name the server's name, asked for (SNI) and checked
   */
  public record Upstream(List<X509Certificate> roots, @Nullable Identity identity, String name) {
    public Upstream {
      roots = List.copyOf(roots);
    }

    /** A server that does not ask who calls. */
    public Upstream(List<X509Certificate> roots, String name) {
      this(roots, null, name);
    }
  }
}
