package dev.codicil.samples.checkout;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An authority that says what a test tells it to, cuts itself short, or falls silent. */
final class AuthorityStandIn implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> keys = new CopyOnWriteArrayList<>();
  private volatile CountDownLatch silence = new CountDownLatch(0);
  private volatile List<Answer> answers = List.of();
  private volatile int cut = Integer.MAX_VALUE;
  private volatile boolean hangsUp;

  /**
   * One answer.
   *
   * @param status its status
   * @param body its body
   */
  record Answer(int status, String body) {}

  AuthorityStandIn() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/licenses", this::answer);
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** Gives these answers from now on, one a request, the last of them for ever. */
  void says(Answer... given) {
    silence.countDown();
    answers = List.of(given);
    cut = Integer.MAX_VALUE;
    hangsUp = false;
    keys.clear();
  }

  void says(int status, String body) {
    says(new Answer(status, body));
  }

  /** Sends so many bytes of its answers and then nothing for a long time. */
  void fallsSilentAfter(int bytes) {
    cut = bytes;
    silence = new CountDownLatch(1);
  }

  /** Sends so many bytes of its answers and then closes the connection. */
  void hangsUpAfter(int bytes) {
    cut = bytes;
    hangsUp = true;
  }

  /** The idempotency keys that came, one a request. */
  List<String> keys() {
    return keys;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    keys.add(key == null ? "" : key);
    Answer answer = answers.get(Math.min(keys.size(), answers.size()) - 1);
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    int first = Math.min(cut, bytes.length);
    CountDownLatch wait = silence;
    try (exchange) {
      if (first == 0) {
        wait.await();
      }
      String type = answer.status() < 400 ? "application/json" : "application/problem+json";
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      OutputStream out = exchange.getResponseBody();
      out.write(bytes, 0, first);
      out.flush();
      if (!hangsUp) {
        wait.await();
        out.write(bytes, first, bytes.length - first);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    silence.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
