package dev.codicil.samples.authority;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A partner who says what a test tells it to, or falls silent until the test is over. */
public final class PartnerStandIn implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger asked = new AtomicInteger();
  private final Semaphore askedSignal = new Semaphore(0);
  private volatile CountDownLatch silence = new CountDownLatch(0);
  private volatile int status = 200;
  private volatile String body = "";
  private volatile int cut = Integer.MAX_VALUE;

  /** Listens on a free port. */
  public PartnerStandIn() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/identities/", this::answer);
    server.start();
  }

  public String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** Answers at once from now on. */
  public void says(int newStatus, String newBody) {
    speaks();
    status = newStatus;
    body = newBody;
    cut = Integer.MAX_VALUE;
    asked.set(0);
    askedSignal.drainPermits();
  }

  /** Answers nothing from now on, until it speaks again. */
  public void fallsSilentAfter(int bytes) {
    cut = bytes;
    silence = new CountDownLatch(1);
  }

  public void speaks() {
    silence.countDown();
  }

  public int timesAsked() {
    return asked.get();
  }

  public boolean awaitQuestion() throws InterruptedException {
    return askedSignal.tryAcquire(20, TimeUnit.SECONDS);
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.incrementAndGet();
    askedSignal.release();
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    int first = Math.min(cut, bytes.length);
    CountDownLatch wait = silence;
    try (exchange) {
      if (first == 0) {
        wait.await();
      }
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      OutputStream out = exchange.getResponseBody();
      out.write(bytes, 0, first);
      out.flush();
      wait.await();
      out.write(bytes, first, bytes.length - first);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    speaks();
    server.stop(0);
    threads.shutdownNow();
  }
}
