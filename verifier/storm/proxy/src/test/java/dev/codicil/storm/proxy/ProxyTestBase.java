package dev.codicil.storm.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.Payload;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A proxy on a shared loop, with raw sockets on both ends. */
abstract class ProxyTestBase {
  static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
  static final String GET = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";

  static StormLoop loop;
  FaultProxy proxy;

  private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();
  private static final Logger DETECTOR = Logger.getLogger(ResourceLeakDetector.class.getName());

  @BeforeAll
  static void openLoop() {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    // The assertion below tells the leaks; the canary need not frighten whoever reads the log.
    DETECTOR.setUseParentHandlers(false);
    ByteBufUtil.setLeakListener((type, records) -> LEAKS.add(records));
    loop = StormLoop.open();
  }

  /** No test loses a buffer. One is lost on purpose, so that the detector is known to look. */
  @AfterAll
  static void closeLoopAndLookForLostBuffers() {
    loop.close();
    String canary = "canary " + System.nanoTime();
    UnpooledByteBufAllocator.DEFAULT.directBuffer(16).touch(canary);
    for (int i = 0; i < 200 && LEAKS.stream().noneMatch(leak -> leak.contains(canary)); i++) {
      System.gc();
      UnpooledByteBufAllocator.DEFAULT.directBuffer(16).release();
    }
    assertThat(LEAKS).anyMatch(leak -> leak.contains(canary));
    LEAKS.removeIf(leak -> leak.contains("canary"));
    assertThat(LEAKS).isEmpty();
  }

  @BeforeEach
  void openProxy() {
    proxy = FaultProxy.open(loop, ScriptedFault.EDGE);
  }

  @AfterEach
  void closeProxy() {
    proxy.close();
  }

  RawServer serve(RawServer.Script script) throws IOException {
    RawServer server = new RawServer(script);
    proxy.target(server.address());
    return server;
  }

  RawServer serve(String reply) throws IOException {
    RawServer server = RawServer.replying(reply);
    proxy.target(server.address());
    return server;
  }

  Raw client() throws IOException {
    return new Raw(proxy.port());
  }

  static String post(String body) {
    return post("/a", body);
  }

  static String post(String path, String body) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  static String named(String name, String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: h\r\nX-Codicil-Exchange: " + name + "\r\n\r\n";
  }

  static HttpReply reply(int status, String body) {
    return new HttpReply(status, Headers.of("content-type", "text/plain"), Payload.of(body));
  }

  static String next(BlockingQueue<String> queue) throws InterruptedException {
    String next = queue.poll(20, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing came");
    }
    return next;
  }
}
