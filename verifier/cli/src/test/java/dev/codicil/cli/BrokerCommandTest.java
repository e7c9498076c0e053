package dev.codicil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.codicil.pactbroker.StandInBroker;
import dev.codicil.pactbroker.StandInBroker.Published;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pacts of a broker from the index to the published result, through the real command. */
class BrokerCommandTest {
  /** Every process has it, and nothing here names it otherwise. */
  private static final String TOKEN = System.getenv("PATH");

  private static final Published SHOP = pact("shop", "main", false, "/a", "/b");
  private static final Published TILL = pact("till", "main", true, "/a", "/c");

  @TempDir Path project;

  private final StandInBroker broker = StandInBroker.start().asking("Bearer " + TOKEN);

  @AfterEach
  void stop() {
    broker.close();
  }

  /** Answers every path but one, which gives the token away, with a thing. */
  static final class Things {
    private Things() {}

    public static void main(String[] args) throws IOException {
      HttpServer server =
          HttpServer.create(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])),
              0);
      server.createContext(
          "/",
          exchange -> {
            boolean fails = exchange.getRequestURI().getPath().equals(System.getenv("THINGS_FAIL"));
            String text = fails ? "token " + System.getenv("PATH") : "{\"name\":\"a\"}";
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange
                .getResponseHeaders()
                .add("Content-Type", fails ? "text/plain" : "application/json");
            exchange.sendResponseHeaders(fails ? 500 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      server.start();
    }
  }

  private static Published pact(String consumer, String branch, boolean pending, String... paths) {
    ObjectNode content = StandInBroker.content(consumer, "things", paths);
    return new Published(consumer, "1.0", branch, "things", content, pending, false);
  }

  private Path write(String path, String text) throws IOException {
    Path file = project.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return file;
  }

  /** A project whose one amendment lets the service fail at a path. */
  private void project(String fails) throws IOException {
    configured(
        """
        contracts:
          - contracts
          - broker: %s
            auth: { bearer: "${PATH}" }
            selectors: [{ mainBranch: true }]
            includePendingStatus: true
            providerVersionBranch: release
        """
            .formatted(broker.url()));
    write(
        "contracts/amendments/proposal/amendment.yaml",
        """
        version: 1
        title: a proposal
        sides:
          head: { subjects: { things: { env: { THINGS_FAIL: "%s" } } } }
        """
            .formatted(fails));
  }

  private void configured(String contracts) throws IOException {
    write(
        "codicil.yaml",
        """
        version: 1
        %ssubjects:
          things:
            command: [%s, -cp, %s, "dev.codicil.cli.BrokerCommandTest$Things", "{port}"]
            ready: GET /ready
            startup: 30s
        profiles: []
        """
            .formatted(
                contracts, Path.of(System.getProperty("java.home"), "bin", "java"), classes()));
  }

  private static Path classes() {
    try {
      return Path.of(
          BrokerCommandTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (java.net.URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Cli codicil(String command, String... more) {
    return Cli.run(
        Stream.concat(
                Stream.concat(
                    Stream.of(command.split(" ")), Stream.of("--project", project.toString())),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static String words(String text) {
    return text.replaceAll("\\s+", " ");
  }

  private String told() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(project)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }

  @Test
  void whatIsPendingIsToldAndDoesNotGateAndBothAreKnownToTheBroker() throws IOException {
    broker.with(SHOP).with(TILL);
    project("/c");

    Cli run =
        codicil(
            "verify",
            "--publish-results",
            "--provider-version",
            "abc123",
            "--branch",
            "main",
            "--build-url",
            "https://ci.example/7");

    assertThat(run.exit()).describedAs(run.out() + run.err()).isEqualTo(ExitCode.PASS);
    assertThat(run.out())
        .contains("Broker: published: shop 1.0 (main) with things: success")
        .contains("Broker: published: till 1.0 (main) with things: failure")
        .contains("Broker: 2 of 2 pacts have their results for abc123");
    assertThat(broker.results(SHOP).get(0).toString())
        .contains("\"success\":true")
        .contains("id-of-a", "id-of-b", "abc123", "https://ci.example/7");
    assertThat(broker.results(TILL).get(0).at("/testResults"))
        .anySatisfy(
            test -> {
              assertThat(test.path("interactionId").asText()).isEqualTo("id-of-c");
              assertThat(test.path("success").asBoolean()).isFalse();
              assertThat(test.at("/mismatches/0/description").asText()).contains("500");
            });
    assertThat(broker.branches()).containsExactly("things abc123 on main");
    assertThat(broker.seen().get(1).body()).contains("\"providerVersionBranch\":\"main\"");
    String verdict = Files.readString(project.resolve("target/codicil/verdict.json"));
    assertThat(verdict)
        .contains("broker:things/till@1.0+main.json")
        .contains("pending at the broker: told, and fails nothing")
        .contains("the broker says: The pact at");
    assertThat(told()).doesNotContain("Bearer ").doesNotContain(TOKEN);
  }

  @Test
  void aBrokenPactFailsAndIsPublishedFromTheSavedVerdictOnce() throws IOException {
    broker.with(SHOP).with(TILL);
    project("/b");

    Cli run = codicil("verify");
    assertThat(run.exit()).describedAs(run.out() + run.err()).isEqualTo(ExitCode.FAIL);
    assertThat(run.out()).contains("asks for /b");
    assertThat(broker.results(SHOP)).isEmpty();

    Cli publish = codicil("broker publish-verification", "--provider-version", "abc");
    assertThat(publish.exit()).describedAs(publish.err()).isEqualTo(ExitCode.PASS);
    assertThat(publish.out())
        .contains("published: shop 1.0 (main) with things: failure")
        .contains("published: till 1.0 (main) with things: success");
    Cli again = codicil("broker publish-verification", "--provider-version", "abc");
    assertThat(again.out()).contains("published before: shop").contains("2 of 2 pacts");
    assertThat(broker.results(SHOP)).hasSize(1);
    assertThat(broker.results(TILL)).hasSize(1);
    assertThat(codicil("broker publish-verification").exit()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void whatTwoVersionsOfAConsumerRelyOnIsReplayedOnceAndPublishedForBoth() throws IOException {
    ObjectNode newer = StandInBroker.content("shop", "things", "/b", "/d");
    Published second = new Published("shop", "2.0", "main", "things", newer, true, false);
    broker.with(SHOP).with(second);
    project("/d");

    Cli run = codicil("verify", "--publish-results", "--provider-version", "abc");

    assertThat(run.exit()).describedAs(run.out() + run.err()).isEqualTo(ExitCode.PASS);
    assertThat(run.out())
        .contains("published: shop 1.0 (main) with things: success")
        .contains("published: shop 2.0 (main) with things: failure");
    assertThat(broker.results(second).get(0).at("/testResults/0/interactionId").asText())
        .isEqualTo("id-of-b");
    project("/b");
    Cli shared = codicil("verify");
    assertThat(shared.exit()).describedAs(shared.out()).isEqualTo(ExitCode.FAIL);
  }

  @Test
  void aResultThatIsTheLatestNoMoreIsPublishedAgain() throws IOException {
    broker.with(SHOP);
    project("/none");
    List<String> publish = List.of("--publish-results", "--provider-version", "abc");
    codicil("verify", publish.toArray(new String[0]));
    project("/b");
    codicil("verify", publish.toArray(new String[0]));
    project("/none");

    Cli third = codicil("verify", publish.toArray(new String[0]));
    Cli fourth = codicil("verify", publish.toArray(new String[0]));

    assertThat(third.out()).contains("published: shop 1.0 (main) with things: success");
    assertThat(fourth.out()).contains("there already: shop 1.0 (main) with things: success");
    assertThat(broker.results(SHOP))
        .extracting(result -> result.path("success").asBoolean())
        .containsExactly(true, false, true);
  }

  @Test
  void whatIsInconclusiveIsNotPublished() throws IOException {
    ObjectNode content = StandInBroker.content("shop", "things", "/a");
    content
        .putArray("messages")
        .addObject()
        .put("description", "a message")
        .putObject("contents")
        .put("a", 1);
    Published mixed = new Published("shop", "1.0", "main", "things", content, false, false);
    broker.with(mixed);
    project("/none");

    Cli run = codicil("verify", "--publish-results", "--provider-version", "abc");

    assertThat(run.out())
        .contains("not published: shop 1.0 (main) with things: 'a message' was not replayed")
        .contains("0 of 1 pact has its result");
    assertThat(broker.results(mixed)).isEmpty();
  }

  @Test
  void selectorsThatSelectNothingAreNoPass() throws IOException {
    broker.with(pact("shop", "feature", false, "/a"));
    project("/none");

    Cli run = codicil("verify");

    assertThat(run.exit()).describedAs(run.out()).isEqualTo(ExitCode.INCONCLUSIVE);
    assertThat(words(run.out())).contains("no pact at this broker matches the selectors");
    assertThat(codicil("broker pacts").exit()).isEqualTo(ExitCode.INCONCLUSIVE);
  }

  @Test
  void listsWhatItWouldRead() throws IOException {
    broker.with(SHOP).with(TILL);
    project("/none");

    Cli run = codicil("broker pacts", "--branch", "main");

    assertThat(run.exit()).describedAs(run.err()).isEqualTo(ExitCode.PASS);
    assertThat(run.out())
        .contains("broker:things/shop@1.0+main.json: content ")
        .contains("broker:things/till@1.0+main.json: content ")
        .contains("; pending at the broker");
  }

  @Test
  void theBrokersPactsCanStandBeforeTheTreesOwn() throws IOException {
    broker.with(pact("shop", "main", false, "/a", "/b"));
    configured(
        """
        base: { broker: { branch: main }, url: "%s", auth: { bearer: "${PATH}" } }
        """
            .formatted(broker.url()));
    ObjectNode own = StandInBroker.content("shop", "things", "/a", "/new");
    write("contracts/pact/shop-things.json", own.toPrettyString());

    Cli run = codicil("verify");

    assertThat(run.exit()).describedAs(run.out() + run.err()).isEqualTo(ExitCode.PASS);
    String verdict = Files.readString(project.resolve("target/codicil/verdict.json"));
    assertThat(verdict).contains("asks for /new").contains("broker:things/shop@1.0+main.json");
    Cli named = codicil("verify", "--base", "broker:branch=main", "--seed", "2");
    assertThat(named.exit()).describedAs(named.out() + named.err()).isEqualTo(ExitCode.PASS);
    Cli nobody = codicil("verify", "--base", "broker:branch=nowhere");
    assertThat(nobody.exit()).describedAs(nobody.out()).isEqualTo(ExitCode.INCONCLUSIVE);
    assertThat(words(nobody.out())).contains("no pact at this broker matches the base");
    Cli wrong = codicil("verify", "--base", "broker:brunch=main");
    assertThat(wrong.exit()).isEqualTo(ExitCode.DATA);
    assertThat(wrong.err()).contains("'brunch' is no key of a selector");
  }

  @Test
  void aBrokerThatIsNotThereIsOneErrorAtItsLine() throws IOException {
    project("/none");
    broker.close();

    Cli run = codicil("verify");

    assertThat(run.exit()).isEqualTo(ExitCode.DATA);
    assertThat(run.err()).contains("codicil: codicil.yaml:4:5: no connection to http://127.0.0.1");
    assertThat(run.showsStackTrace()).isFalse();
  }

  @Test
  void refusedCredentialsAreOneErrorWithoutThem() throws IOException {
    broker.with(SHOP).asking("Bearer other");
    project("/none");

    Cli run = codicil("verify");

    assertThat(run.exit()).isEqualTo(ExitCode.DATA);
    assertThat(run.err()).contains("401").doesNotContain(TOKEN);
  }

  @Test
  void whatContradictsItselfIsRefusedBeforeAnythingRuns() throws IOException {
    broker.with(SHOP);
    project("/none");
    List<String> version = List.of("--publish-results", "--provider-version", "1");

    assertThat(codicil("verify", "--publish-results").err()).contains("--provider-version");
    assertThat(codicil("verify", version.get(0), version.get(1), "1", "--expect").exit())
        .isEqualTo(ExitCode.USAGE);
    assertThat(codicil("broker").exit()).isEqualTo(ExitCode.USAGE);
    assertThat(broker.results(SHOP)).isEmpty();
  }
}
