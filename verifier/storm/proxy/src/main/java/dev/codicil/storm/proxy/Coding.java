package dev.codicil.storm.proxy;

import dev.codicil.contract.Payload;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** Content codings of bodies (RFC 9110, section 8.4.1). Faults see and change decoded bodies. */
enum Coding {
  IDENTITY,
  GZIP,
  /** The zlib format; senders that leave out its header are understood as well. */
  DEFLATE,
  /** One that is not known here, or several. */
  OTHER;

  private static final Set<String> KNOWN = Set.of("gzip", "x-gzip", "deflate", "identity");
  private static final int ZLIB_METHOD = 0x08;

  /** The coding that a message declares. */
  static Coding of(HttpHeaders headers) {
    return headers.contains(HttpHeaderNames.CONTENT_ENCODING)
        ? of(String.join(",", headers.getAll(HttpHeaderNames.CONTENT_ENCODING)))
        : IDENTITY;
  }

  static Coding of(String declared) {
    switch (declared.trim().toLowerCase(Locale.ROOT)) {
      case "", "identity":
        return IDENTITY;
      case "gzip", "x-gzip":
        return GZIP;
      case "deflate":
        return DEFLATE;
      default:
        return OTHER;
    }
  }

  /** Whether bodies are changed by it, in a way that is known here. */
  boolean known() {
    return this == GZIP || this == DEFLATE;
  }

  /**
   * Leaves only the codings known here among those a client accepts, so that bodies stay readable.
   *
   * @return whether something was left out
   */
  static boolean narrow(HttpHeaders headers) {
    List<String> lines = headers.getAll(HttpHeaderNames.ACCEPT_ENCODING);
    if (lines.isEmpty()) {
      return false;
    }
    List<String> kept = new ArrayList<>();
    boolean dropped = false;
    for (String item : String.join(",", lines).split(",", -1)) {
      int weight = item.indexOf(';');
      String name = (weight < 0 ? item : item.substring(0, weight)).trim();
      if (KNOWN.contains(name.toLowerCase(Locale.ROOT))) {
        kept.add(item.trim());
      } else {
        dropped |= !name.isEmpty();
      }
    }
    if (dropped) {
      headers.set(
          HttpHeaderNames.ACCEPT_ENCODING, kept.isEmpty() ? "identity" : String.join(", ", kept));
    }
    return dropped;
  }

  /** The body as it goes on the wire; unchanged for a coding that is not known here. */
  Payload encode(Payload plain) {
    if (this == IDENTITY || this == OTHER || plain.isEmpty()) {
      return plain;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream coder =
        this == GZIP ? new GZIPOutputStream(bytes) : new DeflaterOutputStream(bytes)) {
      coder.write(plain.bytes());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return Payload.of(bytes.toByteArray());
  }

  /**
   * The body as it was before it was coded.
   *
   * @param limit how many bytes it may have
   * @return null when it is not what the coding says, is longer, or the coding is not known here
   */
  @Nullable Payload decode(Payload coded, int limit) {
    if (this == IDENTITY || coded.isEmpty()) {
      return coded;
    }
    if (this == OTHER) {
      return null;
    }
    byte[] bytes = coded.bytes();
    try (InputStream decoder = decoder(bytes)) {
      byte[] plain = decoder.readNBytes(limit + 1);
      return plain.length > limit ? null : Payload.of(plain);
    } catch (IOException notWhatItSays) {
      return null;
    }
  }

  private InputStream decoder(byte[] bytes) throws IOException {
    InputStream in = new ByteArrayInputStream(bytes);
    if (this == GZIP) {
      return new GZIPInputStream(in);
    }
    // RFC 1950: the header is a multiple of 31, its low four bits the method.
    boolean zlib =
        bytes.length > 1
            && (bytes[0] & 0x0f) == ZLIB_METHOD
            && (((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff)) % 31 == 0;
    Inflater inflater = new Inflater(!zlib);
    return new InflaterInputStream(in, inflater) {
      @Override
      public void close() throws IOException {
        super.close();
        inflater.end();
      }
    };
  }
}
