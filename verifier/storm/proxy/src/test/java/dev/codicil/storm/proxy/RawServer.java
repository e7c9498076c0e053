package dev.codicil.storm.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on a plain socket that says exactly what it is told. */
final class RawServer implements AutoCloseable {
  /** What it does with one connection. */
  interface Script {
    void run(Talk talk) throws IOException;
  }

  private final ServerSocket listening;
  private final Script script;

  /** Requests in the order of arrival: head, blank line, body. */
  final BlockingQueue<String> requests = new LinkedBlockingQueue<>();

  final AtomicInteger connections = new AtomicInteger();

  /** How connections ended, as the server saw it. */
  final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

  RawServer(Script script) throws IOException {
    this.script = script;
    listening = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    Thread accepting = new Thread(this::accept, "raw-server");
    accepting.setDaemon(true);
    accepting.start();
  }

  /** Answers every request with one fixed text. */
  static RawServer replying(String reply) throws IOException {
    return new RawServer(
        talk -> {
          while (talk.request() != null) {
            talk.say(reply);
          }
        });
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listening.getLocalSocketAddress();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        connections.incrementAndGet();
        Thread talking = new Thread(() -> talk(socket), "raw-server-talk");
        talking.setDaemon(true);
        talking.start();
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void talk(Socket socket) {
    try (socket) {
      script.run(new Talk(socket));
    } catch (IOException reset) {
      ends.add("reset");
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }

  /** One connection. */
  final class Talk {
    final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    Talk(Socket socket) throws IOException {
      this.socket = socket;
      in = socket.getInputStream();
      out = socket.getOutputStream();
    }

    /** The next request, null at the orderly end of the connection. */
    @org.jspecify.annotations.Nullable
    String request() throws IOException {
      String head = Raw.head(in);
      if (head == null) {
        ends.add("closed");
        return null;
      }
      String request = head + Raw.body(head, in);
      requests.add(request);
      return request;
    }

    /** The next head only. */
    String head() throws IOException {
      return String.valueOf(Raw.head(in));
    }

    String exactly(int bytes) throws IOException {
      return new String(in.readNBytes(bytes), StandardCharsets.ISO_8859_1);
    }

    BlockingQueue<String> requests() {
      return requests;
    }

    void say(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    int read() throws IOException {
      int read = in.read();
      if (read < 0) {
        ends.add("closed");
      }
      return read;
    }

    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }
}
