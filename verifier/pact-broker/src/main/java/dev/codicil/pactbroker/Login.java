package dev.codicil.pactbroker;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;

/** Who calls a broker. Its secrets appear in no text that is made of it. */
public final class Login {
  private static final int SHORTEST_SECRET = 4;

  private final String header;
  private final Set<String> secrets;

  private Login(String header, Set<String> secrets) {
    if (header.chars().anyMatch(c -> c < 0x20 || c > 0x7e)) {
      throw new IllegalArgumentException("the credentials hold characters no header may have");
    }
    this.header = header;
    this.secrets = Set.copyOf(secrets);
  }

  /**
   * A token, as PactFlow and others give out.
   *
   * @throws IllegalArgumentException when it is blank, or no header may hold it
   */
  public static Login bearer(String token) {
    if (token.isBlank()) {
      throw new IllegalArgumentException("the token is blank");
    }
    return new Login("Bearer " + token.strip(), Set.of(token.strip()));
  }

  /**
   * A name and a password.
   *
   * @param both {@code NAME:PASSWORD}; the name holds no colon (RFC 7617)
   * @throws IllegalArgumentException when there is no colon or no name
   */
  public static Login basic(String both) {
    int colon = both.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("expected NAME:PASSWORD");
    }
    String encoded = Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    Set<String> secrets = new TreeSet<>(Set.of(both, encoded));
    if (colon < both.length() - 1) {
      secrets.add(both.substring(colon + 1));
    }
    return new Login("Basic " + encoded, secrets);
  }

  String header() {
    return header;
  }

  /** What must be recorded nowhere, of what is long enough to be told from ordinary text. */
  public Set<String> secrets() {
    Set<String> telling = new TreeSet<>(secrets);
    telling.removeIf(secret -> secret.length() < SHORTEST_SECRET);
    return telling;
  }

  /** A text of the broker without them. */
  String redacted(String text) {
    String result = text;
    for (String secret : secrets) {
      result = result.replace(secret, "***");
    }
    return result;
  }

  @Override
  public String toString() {
    return header.substring(0, header.indexOf(' ')) + " ***";
  }
}
