package dev.codicil.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The immutable bytes of a message body. */
public final class Payload {
  /** No bytes at all. */
  public static final Payload EMPTY = new Payload(new byte[0]);

  private final @Nullable JsonNode unwritten;
  private volatile byte @Nullable [] bytes;

  private Payload(byte[] bytes) {
    this.unwritten = null;
    this.bytes = bytes;
  }

  private Payload(JsonNode unwritten) {
    this.unwritten = unwritten;
  }

  /** A copy of {@code bytes}. */
  public static Payload of(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new Payload(bytes.clone());
  }

  /** The UTF-8 bytes of {@code text}. */
  public static Payload of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The compact JSON text of {@code node}. */
  public static Payload of(JsonNode node) {
    return of(node.toString());
  }

  /**
   * The compact JSON text of {@code node}, written when it is asked for: a document holds thousands
   * of examples that nobody asks for.
   *
   * @param node that nobody changes any more
   */
  public static Payload later(JsonNode node) {
    return new Payload(node);
  }

  private byte[] written() {
    byte[] known = bytes;
    if (known == null) {
      known = String.valueOf(unwritten).getBytes(StandardCharsets.UTF_8);
      bytes = known;
    }
    return known;
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return written().clone();
  }

  /** Number of bytes. */
  public int size() {
    return written().length;
  }

  /** Whether there are no bytes. */
  public boolean isEmpty() {
    return unwritten == null && written().length == 0;
  }

  /** The bytes read as UTF-8, malformed sequences replaced. */
  public String utf8() {
    return new String(written(), StandardCharsets.UTF_8);
  }

  /** The body as one JSON value, empty when it is not exactly that. */
  public Optional<JsonNode> json() {
    if (isEmpty()) {
      return Optional.empty();
    }
    try {
      JsonNode node = Json.mapper().readTree(written());
      return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
    } catch (IOException notJson) {
      return Optional.empty();
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Payload that && Arrays.equals(written(), that.written());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(written());
  }

  @Override
  public String toString() {
    return utf8();
  }
}
