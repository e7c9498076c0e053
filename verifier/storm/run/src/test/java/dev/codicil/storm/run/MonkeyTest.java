package dev.codicil.storm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Stream;
import dev.codicil.chaos.fault.Faults;
import dev.codicil.contract.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A Chaos Monkey that is not ours, on an address of this machine. */
class MonkeyTest {
  @TempDir Path dir;

  @SuppressWarnings("NullAway.Init") // set before each test
  private World world;

  @SuppressWarnings("NullAway.Init") // set by those who ask it
  private HttpServer server;

  @BeforeEach
  void world() {
    world = new World(dir, dir.resolve("pending"), name -> null);
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  private ChaosMonkey serve(MonkeyDouble monkey) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext(
        "/",
        exchange -> {
          try {
            if (!monkey.answer(exchange)) {
              exchange.sendResponseHeaders(404, -1);
              exchange.close();
            }
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        });
    server.start();
    return new ChaosMonkey(
        "http://127.0.0.1:" + server.getAddress().getPort() + MonkeyDouble.AT, Map.of());
  }

  private static Effect.Assault assault(String fault, String... parameters) {
    Fault made = Faults.byId(fault).orElseThrow();
    Parameters written = Parameters.NONE;
    for (int i = 0; i < parameters.length; i += 2) {
      written = written.with(parameters[i], parameters[i + 1]);
    }
    return (Effect.Assault)
        made.plan(
                new Exchange("client->svc", "s", 0, Stream.UPSTREAM, Storm.get("/"), null),
                made.card().complete(written),
                Dice.of(1, "s", 0, fault))
            .effects()
            .get(0);
  }

  private MonkeyInForce inForce(ChaosMonkey monkey, Effect.Assault assault) {
    return new MonkeyInForce(world, RunClock.SYSTEM, monkey, assault, "a fault", null);
  }

  private static String stable(MonkeyDouble monkey) {
    return monkey.settings().replaceAll("\"lastEnabledToggleTimestamp\":\\d+", "-");
  }

  @Test
  void isSetOnEveryCallOfOneHandlerAndThenAsItWas() throws Exception {
    MonkeyDouble monkey = new MonkeyDouble(Set.of());
    String was = stable(monkey);
    MonkeyInForce latency = inForce(serve(monkey), assault("monkey-latency", "latency", "6s"));

    assertThat(latency.begin(List.of(MonkeyDouble.HANDLER))).isNull();
    assertThat(monkey.settings())
        .contains(
            "\"latencyActive\":true", "\"latencyRangeStart\":6000", "\"latencyRangeEnd\":6000")
        .contains("\"level\":1", "\"deterministic\":true", "\"enabled\":true")
        .contains("\"watchedCustomServices\":[\"shop.Items.one\"]")
        .contains("\"restController\":true", "\"service\":false", "\"beans\":[]");
    assertThat(Files.readString(latency.file()))
        .contains("\"settings\":", "\"level\":5", "\"beans\":[\"cashRegister\"]");

    latency.revert();
    // What it never had and may not lose again says the same when it is empty.
    assertThat(stable(monkey).replace(",\"watchedCustomServices\":[]", "")).isEqualTo(was);
    assertThat(latency.file()).isNull();
    assertThat(dir.resolve("pending")).isDirectoryNotContaining("glob:**.json");
    latency.revert(); // there is nothing to do
  }

  @Test
  void theNextStartPutsBackWhatAKilledRunHasLeft() throws Exception {
    MonkeyDouble monkey = new MonkeyDouble(Set.of());
    String was = stable(monkey);
    MonkeyInForce left = inForce(serve(monkey), assault("monkey-exception"));
    assertThat(left.begin(List.of())).isNull();
    Path file = left.file();
    String entry =
        Files.readString(file)
            .replaceFirst("\"pid\":\\d+", "\"pid\":" + (1L << 40)); // of a process that is gone
    left.settled();
    Files.writeString(file, entry);

    assertThat(PendingReverts.settle(world))
        .singleElement()
        .asString()
        .startsWith("an earlier run was killed while a fault was in force (a fault); it is undone")
        .contains("the settings that the Chaos Monkey at http://127.0.0.1:");
    assertThat(stable(monkey).replace(",\"watchedCustomServices\":[]", "")).isEqualTo(was);
    assertThat(PendingReverts.settle(world)).isEmpty();
  }

  @Test
  void whatCannotBePutBackIsTold() throws Exception {
    MonkeyInForce stuck =
        inForce(serve(new MonkeyDouble(Set.of("stuck"))), assault("monkey-exception"));
    assertThat(stuck.begin(List.of())).isNull();

    assertThatThrownBy(stuck::revert)
        .isInstanceOf(RevertFailure.class)
        .hasMessageContaining("it did not take what it was told: deterministic is true, not false");
    assertThat(dir.resolve("pending")).isDirectoryContaining("glob:**.json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "absent    | was answered 404: no Chaos Monkey is on board or awake",
        "closed    | was answered 401: it is closed to these credentials",
        "read-only | was answered 405: it may only be read",
        "nonsense  | was answered with something that is no JSON object",
        "old       | it did not take what it was told: deterministic is false, not true"
      })
  void oneThatIsNotThereOrDoesNotListenIsOneClearReason(String vice, String reason)
      throws Exception {
    MonkeyDouble monkey = new MonkeyDouble(Set.of(vice));
    String was = stable(monkey);
    MonkeyInForce latency = inForce(serve(monkey), assault("monkey-latency", "latency", "6s"));

    assertThat(latency.begin(List.of())).contains(reason);
    if (!vice.equals("read-only")) {
      latency.revert();
      assertThat(stable(monkey).replace(",\"watchedCustomServices\":[]", "")).isEqualTo(was);
    }
  }

  @Test
  void somethingElseThatAnswersJsonIsNoMonkey() {
    assertThatThrownBy(() -> MonkeySettings.of(Json.mapper().readTree("{\"status\":\"UP\"}")))
        .isInstanceOf(ChaosMonkey.Closed.class)
        .hasMessageStartingWith("its answer is not that of a Chaos Monkey for Spring Boot");
  }

  @Test
  void anAssaultOnTheProcessLastsUntilItIsRevertedAndIsOverThen() throws Exception {
    MonkeyDouble monkey = new MonkeyDouble(Set.of());
    MonkeyInForce cpu = inForce(serve(monkey), assault("monkey-cpu"));

    assertThat(cpu.begin(List.of())).isNull();
    assertThat(monkey.settings()).contains("\"cpuActive\":true", "\"cpuLoadTargetFraction\":0.9");
    cpu.revert();
    assertThat(monkey.settings()).contains("\"cpuActive\":false");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /items/7, shop.Items.one",
    "GET, /items/best, shop.Items.best",
    "POST, /items, shop.Items.add",
    "DELETE, /any/where/at/all, shop.Rest.any",
    "DELETE, /items/7, ",
    "GET, /items/, ",
    "GET, /items/7/more, "
  })
  void theHandlerIsTheOneOfTheMostSpecificMapping(String method, String path, String handler)
      throws Exception {
    MonkeyHandlers handlers = new MonkeyHandlers(Json.mapper().readTree(MonkeyDouble.MAPPINGS));
    assertThat(handlers.of(method, path)).isEqualTo(handler);
  }
}
