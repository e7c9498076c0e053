package dev.codicil.chaos;

import dev.codicil.contract.Payload;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One message of a sequence on its way to a consumer.
 *
 * @param origin 0-based place in the undisturbed sequence; {@link #ADDED} for one that is not of it
 * @param topic where it is published
 * @param key what decides about its partition; null for none
 * @param headers by name
 * @param body null for a tombstone, which says that nothing is kept under the key any more
 * @param old what the base contract made of it; null when that is the same
 * @param pause how long nothing is published before it
 */
public record Parcel(
    int origin,
    String topic,
    @Nullable String key,
    Map<String, String> headers,
    @Nullable Payload body,
    @Nullable Payload old,
    Duration pause) {
  /** The origin of a message that a fault has added. */
  public static final int ADDED = -1;

  public Parcel {
    headers = headers.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(headers));
    if (pause.isNegative()) {
      throw new IllegalArgumentException("a pause cannot be negative: " + pause);
    }
  }

  /** A message that follows at once. */
  public Parcel(
      int origin,
      String topic,
      @Nullable String key,
      Map<String, String> headers,
      @Nullable Payload body) {
    this(origin, topic, key, headers, body, null, Duration.ZERO);
  }

  /** The same message with another body. */
  public Parcel withBody(@Nullable Payload other) {
    return new Parcel(origin, topic, key, headers, other, old, pause);
  }

  /** The same message, which the base contract made this of. */
  public Parcel withOld(@Nullable Payload other) {
    return new Parcel(origin, topic, key, headers, body, other, pause);
  }

  /** The same message on another topic. */
  public Parcel on(String other) {
    return new Parcel(origin, other, key, headers, body, old, pause);
  }

  /** The same message under another key. */
  public Parcel withKey(@Nullable String other) {
    return new Parcel(origin, topic, other, headers, body, old, pause);
  }

  /** The same message with other headers. */
  public Parcel withHeaders(Map<String, String> other) {
    return new Parcel(origin, topic, key, other, body, old, pause);
  }

  /** The same message, later. */
  public Parcel after(Duration other) {
    return new Parcel(origin, topic, key, headers, body, old, other);
  }

  /** A message that is not of the sequence. */
  public Parcel added() {
    return new Parcel(ADDED, topic, key, headers, body, old, pause);
  }
}
