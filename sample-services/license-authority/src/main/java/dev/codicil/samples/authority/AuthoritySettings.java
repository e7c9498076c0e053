package dev.codicil.samples.authority;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What an operator may switch. The environment variables behind each setting stand in {@code
 * application.yml}.
 *
 * @param token bearer token every license call must carry; empty when the service is open
 * @param replySeats whether license replies tell the number of seats
 * @param renewalNote whether the reply to a renewal says what was done
 * @param writes when what was issued is written
 * @param fingerprint how the request behind an idempotency key is kept
 * @param expiryField name of the expiry field in validation replies
 * @param issueCheck how an issue asks the partner whether the holder is vouched for
 * @param partnerCheck how validation asks the partner whether the holder is vouched for
 * @param renewalCheck how renewal asks the same
 * @param partnerUrl where the partner listens
 * @param partnerPatience how long a guarded check waits for the partner
 * @param database where licenses are kept
 */
@ConfigurationProperties("authority")
public record AuthoritySettings(
    String token,
    boolean replySeats,
    boolean renewalNote,
    Writes writes,
    Fingerprint fingerprint,
    ExpiryField expiryField,
    Check issueCheck,
    Check partnerCheck,
    Check renewalCheck,
    String partnerUrl,
    Duration partnerPatience,
    Database database) {

  /** When what was issued is written. */
  public enum Writes {
    /** Before it is answered. */
    DIRECT,
    /** A moment after it is answered. */
    BEHIND
  }

  /** How a request is remembered under its idempotency key. */
  public enum Fingerprint {
    /** As it is. */
    PLAIN,
    /** As its SHA-256, so that no holder's name is kept. */
    HASHED
  }

  /** The name the expiry goes by. */
  public enum ExpiryField {
    VALID_UNTIL("validUntil"),
    EXPIRES_AT("expiresAt");

    private final String json;

    ExpiryField(String json) {
      this.json = json;
    }

    /** Returns the field's name in JSON. */
    public String json() {
      return json;
    }
  }

  /** How the partner is asked. */
  public enum Check {
    OFF,
    INLINE,
    GUARDED
  }

  /**
   * Where licenses are kept.
   *
   * @param url JDBC URL of an external PostgreSQL; empty for an embedded one
   * @param user user of the external database; empty when the URL says it
   * @param password its password; empty when the URL says it
   * @param name name of the database created in the embedded server
   * @param directory where nodes on one machine tell each other of the embedded server, so that the
   *     first brings it and the others use it; empty for one each
   */
  public record Database(String url, String user, String password, String name, String directory) {

    /** Whether an own PostgreSQL has to be started. */
    public boolean embedded() {
      return url.isBlank();
    }

    @Override
    public String toString() {
      return embedded() ? "embedded database " + name : "external database";
    }
  }
}
