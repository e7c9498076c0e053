package dev.codicil.storm.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A client on a plain socket, and the little reading both ends need. */
final class Raw implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  final Socket socket;
  private final InputStream in;

  Raw(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = socket.getInputStream();
  }

  Raw say(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /** The next whole reply to a request that was not HEAD. */
  String reply() throws IOException {
    return reply(false);
  }

  String reply(boolean toHead) throws IOException {
    String head = head(in);
    if (head == null) {
      throw new IOException("closed before a reply");
    }
    String status = head.substring(9, 12);
    if (toHead || status.equals("204") || status.equals("304") || status.startsWith("1")) {
      return head;
    }
    return head + body(head, in);
  }

  /** So many bytes. */
  String exactly(int bytes) throws IOException {
    return exactly(in, bytes);
  }

  /** Everything up to the end of the connection, and how it ended. */
  Rest rest() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      for (int next = in.read(); next >= 0; next = in.read()) {
        bytes.write(next);
      }
      return new Rest(bytes.toString(StandardCharsets.ISO_8859_1), "closed");
    } catch (java.net.SocketTimeoutException still) {
      return new Rest(bytes.toString(StandardCharsets.ISO_8859_1), "open");
    } catch (IOException reset) {
      return new Rest(bytes.toString(StandardCharsets.ISO_8859_1), "reset");
    }
  }

  /** The same, with less patience. */
  Rest rest(int millis) throws IOException {
    socket.setSoTimeout(millis);
    return rest();
  }

  /** What came, and {@code closed}, {@code reset} or {@code open}. */
  record Rest(String text, String end) {
    String body() {
      return text.substring(text.indexOf("\r\n\r\n") + 4);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** Head with its blank line, null at the end of the connection. */
  static @Nullable String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return null;
      }
      head.append((char) next);
    }
    return head.toString();
  }

  /** The body as framed by its head; chunked bodies come decoded. */
  static String body(String head, InputStream in) throws IOException {
    if ("chunked".equals(field(head, "transfer-encoding"))) {
      StringBuilder body = new StringBuilder();
      while (true) {
        int size = Integer.parseInt(line(in), 16);
        body.append(exactly(in, size));
        if (size == 0) {
          String trailer = line(in);
          while (!trailer.isEmpty()) {
            body.append("[trailer ").append(trailer).append(']');
            trailer = line(in);
          }
          return body.toString();
        }
        line(in);
      }
    }
    String length = field(head, "content-length");
    return length == null ? "" : exactly(in, Integer.parseInt(length));
  }

  private static String exactly(InputStream in, int size) throws IOException {
    byte[] bytes = in.readNBytes(size);
    if (bytes.length < size) {
      throw new IOException("body ended after " + bytes.length + " of " + size + " bytes");
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("closed within a line");
      }
      if (next == '\n') {
        return line.toString().stripTrailing();
      }
      line.append((char) next);
    }
  }

  /** Value of a header field, null when it is not there. */
  static @Nullable String field(String head, String name) {
    for (String line : head.split("\r\n", -1)) {
      if (line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")) {
        return line.substring(name.length() + 1).trim();
      }
    }
    return null;
  }
}
