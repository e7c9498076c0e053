package dev.codicil.pactbroker;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a broker is, and who calls it. Only its own origin (scheme, host and port) is ever given
 * the login.
 *
 * @param base its index resource
 * @param login null for a broker that is open to all
 */
public record BrokerAddress(URI base, @Nullable Login login) {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  /**
   * Reads an address.
   *
   * @param insecure whether credentials may go over plain HTTP to another machine
   * @throws IllegalArgumentException when it is none that can be called; the message does not have
   *     what stands before an {@code @}
   */
  public static BrokerAddress of(String url, @Nullable Login login, boolean insecure) {
    URI base;
    try {
      base = new URI(url.strip());
    } catch (URISyntaxException malformed) {
      throw new IllegalArgumentException("this is no URL");
    }
    String scheme = String.valueOf(base.getScheme()).toLowerCase(Locale.ROOT);
    String authority = base.getRawAuthority();
    if (authority != null && authority.contains("@")) {
      throw new IllegalArgumentException(
          "the URL has credentials in it, which would be seen in logs: declare auth instead");
    }
    if (!Set.of("http", "https").contains(scheme) || base.getHost() == null) {
      throw new IllegalArgumentException("expected https://HOST or http://HOST");
    }
    if (base.getRawQuery() != null || base.getRawFragment() != null) {
      throw new IllegalArgumentException("the address of a broker has neither '?' nor '#'");
    }
    if (login != null && scheme.equals("http") && !insecure && !isLoopback(base)) {
      throw new IllegalArgumentException(
          "credentials would go to "
              + base.getHost()
              + " over plain HTTP, where anybody on the way can read them");
    }
    String path = base.getRawPath();
    return new BrokerAddress(path == null || path.isEmpty() ? base.resolve("/") : base, login);
  }

  private static boolean isLoopback(URI uri) {
    return LOOPBACK.contains(String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT));
  }

  /** For people and file names: host, with the port and path where there are any. */
  public String shown() {
    String path = base.getRawPath();
    return base.getRawAuthority()
        + (path == null || path.equals("/") ? "" : path.replaceAll("/+$", ""));
  }

  /** Whether an address lies at the broker's own origin. */
  public boolean owns(URI uri) {
    return origin(uri).equals(origin(base));
  }

  private static String origin(URI uri) {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
    return scheme + "://" + String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
  }
}
