package dev.codicil.pactbroker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.pactbroker.BrokerFailure.Kind;
import dev.codicil.pactbroker.PactBrokerClient.Publication;
import dev.codicil.pactbroker.StandInBroker.Published;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PublishingTest {
  private static final Published PACT =
      new Published(
          "shop",
          "1.0",
          "main",
          "things",
          StandInBroker.content("shop", "things", "/a", "/b"),
          false,
          false);
  private static final VerificationResult RESULT =
      new VerificationResult(
          true,
          "abc123",
          "https://ci.example/1",
          "1.0",
          List.of(
              new VerificationResult.Test("id-of-a", "asks for /a", true, ""),
              new VerificationResult.Test("id-of-b", "asks for /b", true, "")));

  private final StandInBroker broker = StandInBroker.start().with(PACT);

  @SuppressWarnings("NullAway.Init")
  private PactBrokerClient client;

  @SuppressWarnings("NullAway.Init")
  private BrokerPact pact;

  @BeforeEach
  void read() throws Exception {
    client =
        new PactBrokerClient(
            BrokerAddress.of(broker.url(), Login.basic("ci:pass"), false),
            PactBrokerClientTest.QUICK);
    pact =
        client
            .pactsForVerification(
                "things", PactsQuery.of(List.of(new Selector(Map.of("mainBranch", true)))))
            .orElseThrow()
            .get(0);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  private Publication publish() throws Exception {
    return client.publish(pact.address(), String.valueOf(pact.publication()), RESULT);
  }

  @Test
  void postsWhatTheDocumentationAsksFor() throws Exception {
    assertThat(publish()).isEqualTo(Publication.PUBLISHED);

    assertThat(broker.results(PACT))
        .singleElement()
        .hasToString(
            "{\"providerApplicationVersion\":\"abc123\",\"success\":true,"
                + "\"buildUrl\":\"https://ci.example/1\",\"testResults\":["
                + "{\"interactionId\":\"id-of-a\",\"interactionDescription\":\"asks for /a\","
                + "\"success\":true},{\"interactionId\":\"id-of-b\","
                + "\"interactionDescription\":\"asks for /b\",\"success\":true}],"
                + "\"verifiedBy\":{\"implementation\":\"Codicil\",\"version\":\"1.0\"}}");
  }

  @Test
  void theSameResultIsPostedOnce() throws Exception {
    publish();

    assertThat(publish()).isEqualTo(Publication.STANDS_ALREADY);
    assertThat(broker.results(PACT)).hasSize(1);
  }

  @Test
  void whatTheBrokerFailedIsTriedAgain() throws Exception {
    broker.failing(
        (exchange, count) -> {
          boolean post = exchange.getRequestMethod().equals("POST") && count == 1;
          if (post) {
            StandInBroker.send(exchange, 503, "text/plain", "busy");
          }
          return post;
        });

    assertThat(publish()).isEqualTo(Publication.PUBLISHED);
    assertThat(broker.results(PACT)).hasSize(1);
  }

  @Test
  void whatWasTakenBeforeTheBrokerFailedIsNotPostedAgain() throws Exception {
    broker.failing(
        (exchange, count) -> {
          boolean post = exchange.getRequestMethod().equals("POST");
          if (post) {
            broker.store(PACT, RESULT.body().toString());
            StandInBroker.send(exchange, 500, "text/plain", "stored, and then broken");
          }
          return post;
        });

    assertThat(publish()).isEqualTo(Publication.STANDS_ALREADY);
    assertThat(broker.results(PACT)).hasSize(1);
  }

  @Test
  void anAnswerThatIsLostIsNotTriedAgainWhereItCannotBeSeen() {
    broker.saying(
        body -> {
          ((ObjectNode) body.path("_links")).remove("pb:latest-verification-results");
          return body;
        });
    broker.failing(
        (exchange, count) -> {
          boolean post = exchange.getRequestMethod().equals("POST");
          if (post) {
            broker.store(PACT, RESULT.body().toString());
            exchange.sendResponseHeaders(201, 500); // and then nothing of it
            exchange.close();
          }
          return post;
        });

    BrokerFailure lost = catchThrowableOfType(BrokerFailure.class, this::publish);

    assertThat(lost.kind()).isEqualTo(Kind.UNANSWERED);
    assertThat(lost.what()).contains("is not known, so it is not sent again");
    assertThat(broker.results(PACT)).hasSize(1);
  }

  @Test
  void aRefusalIsFinal() {
    broker.failing(
        (exchange, count) -> {
          boolean post = exchange.getRequestMethod().equals("POST");
          if (post) {
            StandInBroker.send(
                exchange, 400, "application/json", "{\"errors\":{\"success\":[\"is missing\"]}}");
          }
          return post;
        });
    long before = posts();

    assertThatThrownBy(this::publish).hasMessageContaining("is missing");
    assertThat(posts() - before).isEqualTo(1);
  }

  private long posts() {
    return broker.seen().stream().filter(seen -> seen.method().equals("POST")).count();
  }

  @Test
  void aResultIsNeverPostedToAnotherHost() {
    try (StandInBroker other = StandInBroker.start()) {
      assertThatThrownBy(() -> client.publish(pact.address(), other.url() + "/x", RESULT))
          .hasMessageContaining("which is not the broker");
      broker.failing(
          (exchange, count) -> {
            boolean post = exchange.getRequestMethod().equals("POST");
            if (post) {
              exchange.getResponseHeaders().set("Location", other.url() + "/x");
              exchange.sendResponseHeaders(307, -1);
            }
            return post;
          });
      assertThatThrownBy(this::publish).hasMessageContaining("is redirected to");
      assertThat(other.seen()).isEmpty();
    }
  }

  @Test
  void aVersionIsPutOnItsBranch() throws Exception {
    client.putOnBranch("things", "abc/1", "feat/x");

    assertThat(broker.branches()).containsExactly("things abc/1 on feat/x");
  }

  @Test
  void aSuccessIsOneOfEveryInteraction() {
    assertThatThrownBy(() -> new VerificationResult(true, "1", null, "1", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
