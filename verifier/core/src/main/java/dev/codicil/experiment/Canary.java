package dev.codicil.experiment;

import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Location;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A secret that is made up and planted, to see whether it comes to light where it must not.
 *
 * @param name unique in the project
 * @param like what it looks like
 * @param header request header that it is sent in; null for none
 * @param body JSON pointer of the request body's field that it is sent in; null for none
 * @param state parameter of provider states that it is sent in; null for none
 * @param of with which stimuli it is sent, as in {@link Invariant#of()}; empty for all requests
 * @param returns in the replies of which stimuli it may stand
 * @param location where it was declared
 */
public record Canary(
    String name,
    Like like,
    @Nullable String header,
    @Nullable String body,
    @Nullable String state,
    List<String> of,
    List<String> returns,
    Location location) {
  /** Name that stands for all secrets of the configuration; nothing is made up for it. */
  public static final String SECRETS = "secrets";

  /** Before the name, where a command line or an environment variable has it. */
  public static final String PLACEHOLDER = "canary.";

  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  public Canary {
    of = List.copyOf(of);
    returns = List.copyOf(returns);
  }

  /** What a made-up secret looks like. */
  public enum Like {
    /** 32 letters and digits. */
    TOKEN,
    /** As RFC 9562 has them. */
    UUID,
    /** 16 digits. */
    DIGITS,
    /** An address at {@code example.com}. */
    EMAIL
  }

  /** Whether it is sent with this scenario. */
  public boolean sentWith(Scenario scenario) {
    return (header != null || body != null || state != null)
        && scenario.messages() == null
        && (of.isEmpty() || names(of, scenario));
  }

  /** Whether it may stand in the reply to this scenario. */
  public boolean returnedBy(Scenario scenario) {
    return names(returns, scenario);
  }

  private static boolean names(List<String> of, Scenario scenario) {
    HttpRequest request = scenario.request();
    return of.stream().anyMatch(one -> Invariant.names(one, scenario.stimulus(), request));
  }

  /**
   * Its value: the same for the same seed and place, on every side.
   *
   * @param stimulus empty for one that a process is started with
   * @param experiment empty in calm
   */
  public String value(long seed, String stimulus, String experiment) {
    byte[] drawn = drawn(seed + "\u0000" + name + "\u0000" + stimulus + "\u0000" + experiment);
    StringBuilder text = new StringBuilder();
    for (byte one : drawn) {
      text.append(LETTERS.charAt(Math.floorMod(one, LETTERS.length())));
    }
    return switch (like) {
      case TOKEN -> text.toString();
      case DIGITS -> digits(drawn);
      case EMAIL -> text.substring(0, 20).toLowerCase(Locale.ROOT) + "@example.com";
      case UUID -> uuid(drawn);
    };
  }

  private static String digits(byte[] drawn) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < 16; i++) {
      digits.append((char) ('0' + Math.floorMod(drawn[i], 10)));
    }
    return digits.toString();
  }

  private static String uuid(byte[] drawn) {
    ByteBuffer bytes = ByteBuffer.wrap(drawn);
    long most = bytes.getLong() & ~0xF000L | 0x4000L;
    long least = bytes.getLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
    return new java.util.UUID(most, least).toString();
  }

  private static byte[] drawn(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
