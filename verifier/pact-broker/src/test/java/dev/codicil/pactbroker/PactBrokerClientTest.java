package dev.codicil.pactbroker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.pactbroker.BrokerFailure.Kind;
import dev.codicil.pactbroker.StandInBroker.Published;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PactBrokerClientTest {
  private static final PactsQuery MAIN =
      PactsQuery.of(List.of(new Selector(Map.of("mainBranch", true))));
  private static final String TOKEN = "s3cr3t-t0ken";

  /** Little is taken, and tries follow at once; time is what a busy machine needs. */
  static final Limits QUICK =
      new Limits(
          Duration.ofSeconds(20),
          Duration.ofSeconds(60),
          100_000,
          400_000,
          20,
          5,
          2,
          Duration.ofMillis(1));

  private final StandInBroker broker = StandInBroker.start();

  @AfterEach
  void stop() {
    broker.close();
  }

  private static Published pact(String consumer, String branch, boolean pending, boolean wip) {
    return new Published(
        consumer,
        "1.0/" + consumer,
        branch,
        "the provider",
        StandInBroker.content(consumer, "the provider", "/" + consumer),
        pending,
        wip);
  }

  private PactBrokerClient client() {
    return client(Login.bearer(TOKEN));
  }

  private PactBrokerClient client(Login login) {
    return new PactBrokerClient(BrokerAddress.of(broker.url(), login, false), QUICK);
  }

  private static BrokerFailure failure(PactBrokerClient client) {
    return catchThrowableOfType(
        BrokerFailure.class, () -> client.pactsForVerification("the provider", MAIN));
  }

  @Test
  void readsPactsWithVersionBranchNoticesAndWhereResultsGo() throws Exception {
    broker.asking("Bearer " + TOKEN).with(pact("shop", "main", false, false));
    broker.with(pact("till", "feat/x", false, false));

    List<BrokerPact> pacts = client().pactsForVerification("the provider", MAIN).orElseThrow();

    assertThat(pacts).hasSize(1);
    BrokerPact pact = pacts.get(0);
    assertThat(pact.consumer()).isEqualTo("shop");
    assertThat(pact.consumerVersion()).isEqualTo("1.0/shop");
    assertThat(pact.branch()).isEqualTo("main");
    assertThat(pact.pending()).isFalse();
    assertThat(pact.publication()).endsWith("/verification-results");
    assertThat(pact.notices())
        .singleElement()
        .satisfies(notice -> assertThat(notice.text()).contains("(1.0/shop)").doesNotContain("\n"));
    assertThat(pact.content().at("/interactions/0/_id").asText()).isEqualTo("id-of-shop");
    assertThat(broker.seen())
        .extracting(StandInBroker.Seen::path)
        .containsExactly(
            "/",
            "/pacts/provider/the%20provider/for-verification",
            broker.seen().get(2).path(),
            "/pacticipants/shop/versions/1.0%2Fshop");
  }

  @Test
  void asksForPendingAndWorkInProgressAndTellsThemApart() throws Exception {
    broker.with(pact("shop", "main", true, false)).with(pact("till", "feat", true, true));
    PactsQuery query =
        new PactsQuery(
            List.of(new Selector(Map.of("branch", "main"))), "release", true, "2026-01-01");

    List<BrokerPact> pacts = client().pactsForVerification("the provider", query).orElseThrow();

    assertThat(pacts).extracting(BrokerPact::pending).containsExactly(true, true);
    assertThat(pacts).extracting(BrokerPact::wip).containsExactly(false, true);
    assertThat(broker.seen().get(1).body())
        .isEqualTo(
            "{\"consumerVersionSelectors\":[{\"branch\":\"main\"}],\"includePendingStatus\":true,"
                + "\"providerVersionBranch\":\"release\",\"includeWipPactsSince\":\"2026-01-01\"}");
    assertThat(broker.seen().get(1).headers()).containsEntry("content-type", "application/json");
  }

  @Test
  void aProviderThatIsNotKnownIsNoFailure() throws Exception {
    assertThat(client().pactsForVerification("nobody", MAIN)).isEmpty();
  }

  @Test
  void anOldBrokerIsToldApartFromNoBroker() {
    broker.saying(
        body -> {
          ((ObjectNode) body.path("_links")).remove("pb:provider-pacts-for-verification");
          return body;
        });

    assertThat(failure(client()))
        .hasMessageContaining("does not offer pb:provider-pacts-for-verification");
  }

  @Test
  void followsLinksThatAreWrittenByTheirWholeRelation() throws Exception {
    broker.with(pact("shop", "main", false, false));
    broker.saying(
        body -> {
          ObjectNode links = (ObjectNode) body.path("_links");
          if (links.has("pb:provider-pacts-for-verification")) {
            links.set(
                broker.url() + "/doc/provider-pacts-for-verification?context=index",
                links.remove("pb:provider-pacts-for-verification"));
          }
          return body;
        });

    assertThat(client().pactsForVerification("the provider", MAIN).orElseThrow()).hasSize(1);
  }

  @Test
  void credentialsThatAreNotTakenAreToldWithoutThem() {
    broker.asking("Bearer other");

    BrokerFailure refused = failure(client());

    assertThat(refused.what()).contains("401").contains("does not take the credentials");
    assertThat(refused.what() + refused.remedy()).doesNotContain(TOKEN);
    BrokerFailure asked =
        catchThrowableOfType(
            BrokerFailure.class,
            () ->
                new PactBrokerClient(BrokerAddress.of(broker.url(), null, false), QUICK)
                    .pactsForVerification("the provider", MAIN));
    assertThat(asked.remedy()).contains("declare auth");
  }

  @Test
  void aBrokerThatSaysTheSecretBackIsNotQuoted() {
    broker.failing(
        (exchange, count) -> {
          StandInBroker.send(
              exchange,
              403,
              "application/json",
              "{\"error\":{\"message\":\"no " + TOKEN + " \\u001b[31m here\"}}");
          return true;
        });

    assertThat(failure(client()).what()).contains("no *** ").doesNotContain(TOKEN, "\u001b");
  }

  @Test
  void aLoginPageIsNoBroker() {
    broker.failing(
        (exchange, count) -> {
          StandInBroker.send(exchange, 200, "text/html", "<html>Sign in</html>");
          return true;
        });

    BrokerFailure page = failure(client());

    assertThat(page.what()).contains("a page for people (text/html)");
    assertThat(page.remedy()).contains("login page");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{}", "nothing", "{\"_links\":1}", ""})
  void whatIsNoHalIsOneClearFailure(String body) {
    broker.failing(
        (exchange, count) -> {
          StandInBroker.send(exchange, 200, "application/hal+json", body);
          return true;
        });

    assertThat(failure(client()).kind()).isEqualTo(Kind.REFUSED);
  }

  @Test
  void whatTheBrokerFailedIsAskedAgainAFewTimes() throws Exception {
    broker.with(pact("shop", "main", false, false));
    broker.failing(
        (exchange, count) -> {
          if (count <= 2) {
            StandInBroker.send(exchange, 503, "text/plain", "busy");
          }
          return count <= 2;
        });

    assertThat(client().pactsForVerification("the provider", MAIN).orElseThrow()).hasSize(1);
    broker.failing(
        (exchange, count) -> {
          StandInBroker.send(exchange, 500, "text/plain", "broken");
          return true;
        });
    int before = broker.seen().size();
    assertThat(failure(client()).kind()).isEqualTo(Kind.FAILED);
    assertThat(broker.seen().size() - before).isEqualTo(3);
  }

  @Test
  void aBrokerThatDoesNotAnswerOrDripsEndsInTime() {
    Limits brief = QUICK.within(Duration.ofMillis(300));
    broker.failing(
        (exchange, count) -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          try {
            Thread.sleep(10_000);
          } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
          }
          return true;
        });

    BrokerFailure slow =
        failure(new PactBrokerClient(BrokerAddress.of(broker.url(), null, false), brief));

    assertThat(slow.kind()).isEqualTo(Kind.UNANSWERED);
    assertThat(slow.what()).contains("300 ms");
  }

  @Test
  void aBrokerThatIsNotThereIsToldAsSuch() {
    PactBrokerClient client = client();
    broker.close();

    assertThat(failure(client).what()).startsWith("no connection to http://127.0.0.1:");
  }

  @Test
  void aDocumentWithoutEndIsGivenUp() {
    broker.failing(
        (exchange, count) -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] part = new byte[8192];
          for (int i = 0; i < 100_000; i++) {
            exchange.getResponseBody().write(part);
          }
          return true;
        });

    assertThat(failure(client()).what()).contains("more than 100000 bytes");
  }

  @Test
  void tooManyPactsAreRefusedAndNotCut() {
    for (int i = 0; i < 21; i++) {
      broker.with(pact("c" + i, "main", false, false));
    }

    assertThat(failure(client()).what()).contains("more than 20 pacts");
  }

  @Test
  void aListThatLeadsBackToItselfIsGivenUp() {
    broker.with(pact("shop", "main", false, false));
    broker.saying(
        body -> {
          if (body.has("_embedded") && body.path("_embedded").has("pacts")) {
            ((ObjectNode) body.path("_links"))
                .putObject("next")
                .put("href", "/pacts/provider/the%20provider/for-verification");
          }
          return body;
        });

    assertThat(failure(client()).what()).contains("does not end");
  }

  @Test
  void redirectsToAnotherHostNeverCarryTheLogin() {
    try (StandInBroker other = StandInBroker.start()) {
      broker.failing(
          (exchange, count) -> {
            exchange.getResponseHeaders().set("Location", other.url() + "/");
            exchange.sendResponseHeaders(302, -1);
            return true;
          });
      other.asking("Bearer " + TOKEN);

      BrokerFailure refused = failure(client());

      assertThat(other.seen()).isNotEmpty();
      assertThat(other.seen()).noneMatch(seen -> seen.headers().containsKey("authorization"));
      assertThat(refused.remedy()).contains("the declared host only");
    }
  }

  @Test
  void nothingIsSentToALinkThatLeadsOutOfTheBroker() {
    try (StandInBroker other = StandInBroker.start()) {
      broker.saying(
          body -> {
            ObjectNode links = (ObjectNode) body.path("_links");
            links
                .putObject("pb:provider-pacts-for-verification")
                .put("href", other.url() + "/{provider}/for-verification");
            return body;
          });

      assertThat(failure(client()).what()).contains("which is not the broker");
      assertThat(other.seen()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://user:pw@broker.example",
        "ftp://broker.example",
        "broker.example",
        "https://broker.example/?x=1",
        "http://broker.example",
        "http://[",
      })
  void addressesThatGiveSecretsAwayOrLeadNowhereAreRefused(String url) {
    assertThatThrownBy(() -> BrokerAddress.of(url, Login.bearer(TOKEN), false))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("user:pw")
        .doesNotContain(TOKEN);
  }

  @Test
  void plainHttpIsForLoopbackForOpenBrokersAndForWhoAllowsIt() {
    assertThat(BrokerAddress.of("http://localhost:9292", Login.basic("a:b"), false).shown())
        .isEqualTo("localhost:9292");
    assertThat(BrokerAddress.of("http://broker.example/pacts/", null, false).shown())
        .isEqualTo("broker.example/pacts");
    assertThat(BrokerAddress.of("http://broker.example", Login.basic("a:b"), true).login())
        .hasToString("Basic ***");
  }
}
