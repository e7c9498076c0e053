package dev.codicil.experiment;

/**
 * Where a subject may connect to directly: {@code HOST:PORT}, with {@code *} for any host or any
 * port.
 *
 * @param host name or address, IPv6 without brackets; {@code *} for any
 * @param port 1 to 65535; 0 for any
 */
public record Peer(String host, int port) {
  /** Stands for any host. */
  public static final String ANY = "*";

  private static final int LAST_PORT = 65_535;

  public Peer {
    if (host.isBlank()) {
      throw new IllegalArgumentException("no host before the port");
    }
    if (port < 0 || port > LAST_PORT) {
      throw new IllegalArgumentException("ports are 1 to " + LAST_PORT + ", not " + port);
    }
  }

  /**
   * Reads {@code 127.0.0.1:5432}, {@code [::1]:5432}, {@code db.local:5432}, {@code *:5432} or
   * {@code db.local:*}.
   *
   * @throws IllegalArgumentException when it is none of these
   */
  public static Peer parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("'" + text + "' is not HOST:PORT");
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "'" + text + "' is not HOST:PORT; an IPv6 address needs brackets");
    }
    String port = text.substring(colon + 1);
    if (port.equals(ANY)) {
      return new Peer(host, 0);
    }
    int number;
    try {
      number = Integer.parseInt(port);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + port + "' is no port", e);
    }
    if (number < 1) {
      throw new IllegalArgumentException("ports are 1 to " + LAST_PORT + ", not " + number);
    }
    return new Peer(host, number);
  }

  /** As written in {@code codicil.yaml}. */
  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]")
        + ":"
        + (port == 0 ? ANY : Integer.toString(port));
  }
}
