package dev.codicil.storm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Stream;
import dev.codicil.chaos.fault.Faults;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real Chaos Monkey for Spring Boot, inside the packaged sample authority. */
@Tag("scheduled") // minutes, and it wants an idle machine
class RealMonkeyTest {
  private static final Path JAR =
      Path.of("../../../sample-services/license-authority/target/license-authority.jar");
  private static final String HANDLER =
      "dev.codicil.samples.authority.license.LicenseController.validation";
  private static final long STARTUP_NANOS = 60_000_000_000L;

  @TempDir static Path dir;
  private static @Nullable Process service;
  private static String address = "";

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(Files.exists(JAR), "skipped: the sample license-authority is not packaged");
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    address = "http://127.0.0.1:" + port;
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx192m",
            "-Dmanagement.endpoints.web.exposure.include=health,chaosmonkey,mappings",
            "-jar",
            JAR.toString(),
            "--server.port=" + port);
    builder.environment().put("SPRING_PROFILES_ACTIVE", "contract-test,chaos-monkey");
    builder.environment().put("DATABASE_NAME", "authority_base");
    builder.environment().put("DATABASE_DIRECTORY", dir.resolve("database").toString());
    builder.redirectErrorStream(true).redirectOutput(dir.resolve("log").toFile());
    Process started = builder.start();
    service = started;
    long begun = System.nanoTime();
    while (status("/actuator/health") != 200) {
      assertThat(started.isAlive() && System.nanoTime() - begun < STARTUP_NANOS)
          .as("the authority started: %s", dir.resolve("log"))
          .isTrue();
      Thread.sleep(50);
    }
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (service != null) {
      service.descendants().forEach(ProcessHandle::destroy);
      service.destroy();
      service.waitFor();
    }
  }

  private static int status(String path) throws InterruptedException {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create(address + path)).build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (IOException notYet) {
      return 0;
    }
  }

  private static long millis(String path) throws InterruptedException {
    long start = System.nanoTime();
    assertThat(status(path)).isEqualTo(404); // there is no such license
    return (System.nanoTime() - start) / 1_000_000;
  }

  private static MonkeyInForce inForce(ChaosMonkey monkey, String fault, String... parameters) {
    Fault made = Faults.byId(fault).orElseThrow();
    Parameters written = Parameters.NONE;
    for (int i = 0; i < parameters.length; i += 2) {
      written = written.with(parameters[i], parameters[i + 1]);
    }
    Effect effect =
        made.plan(
                new Exchange("client->svc", "s", 0, Stream.UPSTREAM, Storm.get("/"), null),
                made.card().complete(written),
                Dice.of(1, "s", 0, fault))
            .effects()
            .get(0);
    World world = new World(dir, dir.resolve("pending"), name -> null);
    return new MonkeyInForce(world, RunClock.SYSTEM, monkey, (Effect.Assault) effect, fault, null);
  }

  private static ChaosMonkey monkey() {
    return new ChaosMonkey(address + "/actuator/chaosmonkey", Map.of());
  }

  /** All that it says of itself but when it was last switched on or off. */
  private static JsonNode told() throws Exception {
    ObjectNode settings = monkey().read().json();
    assertThat(settings.at("/assaultProperties/level").isInt()).isTrue();
    return settings;
  }

  @Test
  void everyCallOfTheHandlerWaitsAndNoOther() throws Exception {
    JsonNode was = told();
    String handler =
        new MonkeyHandlers(Objects.requireNonNull(monkey().mappings()))
            .of("GET", "/licenses/L-404/validation");
    assertThat(handler).isEqualTo(HANDLER);
    MonkeyInForce latency = inForce(monkey(), "monkey-latency", "latency", "2s");

    assertThat(latency.begin(List.of(handler))).isNull();
    for (int call = 0; call < 3; call++) {
      assertThat(millis("/licenses/L-404/validation")).isGreaterThanOrEqualTo(2_000);
    }
    assertThat(millis("/licenses/L-404")).isLessThan(2_000);
    latency.revert();

    assertThat(told()).isEqualTo(was);
    assertThat(millis("/licenses/L-404/validation")).isLessThan(2_000);
  }

  @Test
  void whereEveryControllerThrowsTheMonkeyStillListens() throws Exception {
    JsonNode was = told();
    MonkeyInForce thrown = inForce(monkey(), "monkey-exception", "type", "java.io.IOException");

    assertThat(thrown.begin(List.of())).isNull();
    assertThat(status("/licenses/L-404/validation")).isEqualTo(500);
    assertThat(status("/licenses/L-404")).isEqualTo(500);
    thrown.revert();

    assertThat(told()).isEqualTo(was);
    assertThat(status("/licenses/L-404")).isEqualTo(404);
  }

  @Test
  void assaultsOnTheProcessEndWhenTheyAreReverted() throws Exception {
    JsonNode was = told();
    for (String fault : List.of("monkey-cpu", "monkey-memory")) {
      MonkeyInForce assault = inForce(monkey(), fault);
      assertThat(assault.begin(List.of())).as(fault).isNull();
      assault.revert();
      assertThat(told()).as(fault).isEqualTo(was);
    }
    assertThat(status("/actuator/health")).isEqualTo(200);
  }
}
