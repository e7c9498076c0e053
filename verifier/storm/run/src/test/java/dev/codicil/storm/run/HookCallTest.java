package dev.codicil.storm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.codicil.chaos.HookAction;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HookCallTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path dir;

  private @Nullable String perform(String action, Duration deadline) throws InterruptedException {
    return new HookCall(new World(dir, dir, Map.of("KEY", "s3cr3t-k3y")::get))
        .perform(HookAction.parse(action), deadline);
  }

  @Test
  void aCommandRunsInTheProjectsFolder() throws Exception {
    assertThat(perform("sh -c 'touch here'", SOON)).isNull();
    assertThat(dir.resolve("here")).exists();
  }

  @Test
  void aCommandThatFailsSaysWhatItPrintedWithoutSecrets() throws Exception {
    assertThat(perform("sh -c 'echo no ${KEY} >&2; exit 3'", SOON))
        .isEqualTo("it exited with code 3: no [redacted]");
    assertThat(perform("./no-such-program", SOON))
        .startsWith("could not start './no-such-program'");
    assertThat(perform("sh -c 'true ${NO_KEY}'", SOON))
        .isEqualTo("the environment variable NO_KEY is not set");
  }

  @Test
  void whatIsNotDoneByItsDeadlineIsKilledWithAllItStarted() throws Exception {
    // The first leaves the tree, for its parent ends at once; the second stays in it.
    String problem =
        perform(
            "sh -c '(sleep 300 & echo $! > left) ; sleep 300 & echo $! > stays ; wait'",
            Duration.ofMillis(700));

    assertThat(problem)
        .isEqualTo("it had not ended after 700ms and was killed with all it had started");
    for (String name : List.of("left", "stays")) {
      long pid = Long.parseLong(Files.readString(dir.resolve(name)).strip());
      assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).as(name).isEmpty();
    }
  }

  @Test
  void whatACommandLeavesRunningIsTheFault() throws Exception {
    assertThat(perform("sh -c 'sleep 300 & echo $! > left'", SOON)).isNull();
    long pid = Long.parseLong(Files.readString(dir.resolve("left")).strip());
    ProcessHandle left = ProcessHandle.of(pid).orElseThrow();
    assertThat(left.isAlive()).isTrue();
    left.destroyForcibly();
  }

  @Test
  void aRequestMustBeAnsweredWell() throws Exception {
    List<String> seen = Collections.synchronizedList(new ArrayList<>());
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
          switch (exchange.getRequestURI().getPath()) {
            case "/never" -> pause();
            case "/bad" -> exchange.sendResponseHeaders(500, -1);
            default -> exchange.sendResponseHeaders(204, -1);
          }
          exchange.close();
        });
    server.start();
    try {
      String base = "http://127.0.0.1:" + server.getAddress().getPort();
      assertThat(perform("POST " + base + "/fault {\"key\": \"${KEY}\"}", SOON)).isNull();
      assertThat(perform("GET " + base + "/bad", SOON)).isEqualTo("it was answered 500");
      assertThat(perform("PUT " + base + "/never", Duration.ofMillis(200)))
          .isEqualTo("it was not answered within 200ms");
      assertThat(seen)
          .containsExactly("POST /fault {\"key\": \"s3cr3t-k3y\"}", "GET /bad ", "PUT /never ");
    } finally {
      server.stop(0);
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(SOON.toMillis());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void placeholdersStandForWhatTheLaneKnowsAndBracesOfJsonStay() {
    assertThat(
            HookCall.fill(
                HookAction.parse("POST {subject.a}/x {\"side\":{\"column\":\"{column}\"}}"),
                Map.of("subject.a", "http://127.0.0.1:1", "column", "head")))
        .isEqualTo(
            new HookAction.Call(
                "POST", "http://127.0.0.1:1/x", "{\"side\":{\"column\":\"head\"}}"));
    assertThatThrownBy(() -> HookCall.fill(HookAction.parse("kill {pid.b}"), Map.of("pid.a", "1")))
        .hasMessage("{pid.b} stands for nothing here; known are [pid.a]");
  }
}
