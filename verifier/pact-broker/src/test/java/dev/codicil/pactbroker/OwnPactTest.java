package dev.codicil.pactbroker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.Json;
import dev.codicil.pactbroker.StandInBroker.Published;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Both ends of Codicil's pact with a broker: the client sends it, and the stand-in honors it. */
class OwnPactTest {
  @Test
  void theClientSendsWhatThePactHoldsAllOfItAndNothingElse() throws Exception {
    try (OwnPact broker = OwnPact.serve()) {
      PactBrokerClient client =
          new PactBrokerClient(
              BrokerAddress.of(broker.url(), Login.bearer("token"), false),
              PactBrokerClientTest.QUICK);

      BrokerPact pact =
          client
              .pactsForVerification(
                  "Bar",
                  new PactsQuery(
                      List.of(
                          new Selector(Map.of("mainBranch", true)),
                          new Selector(Map.of("deployedOrReleased", true))),
                      "main",
                      true,
                      "2026-01-01"))
              .orElseThrow()
              .get(0);
      client.putOnBranch("Bar", "abc123", "feat/x");
      client.publish(
          pact.address(),
          String.valueOf(pact.publication()),
          new VerificationResult(
              false,
              "abc123",
              "https://ci.example/7",
              "1.0",
              List.of(
                  new VerificationResult.Test(
                      "e44e", "asks for /thing", false, "FAILED: expected 200, found 500"))));

      assertThat(broker.strange()).isEmpty();
      assertThat(Set.copyOf(broker.used())).hasSize(OwnPact.interactions().size()).hasSize(7);
      assertThat(pact.consumerVersion()).isEqualTo("1.2.3");
      assertThat(pact.branch()).isEqualTo("main");
      assertThat(pact.pending()).isTrue();
    }
  }

  /** Else the tests against the stand-in would say nothing about a broker. */
  @Test
  void theStandInHonorsThePact() throws Exception {
    Published foo =
        new Published(
            "Foo",
            "1.2.3",
            "main",
            "Bar",
            StandInBroker.content("Foo", "Bar", "/thing"),
            true,
            false);
    HttpClient http = HttpClient.newHttpClient();
    int looked = 0;
    for (JsonNode interaction : OwnPact.interactions()) {
      try (StandInBroker broker = StandInBroker.start().asking("Bearer token").with(foo)) {
        JsonNode request = interaction.path("request");
        HttpRequest.Builder asked =
            HttpRequest.newBuilder(
                    URI.create(
                        broker.url() + request.path("path").asText().replace("6fe1", foo.sha())))
                .method(
                    request.path("method").asText(),
                    request.has("body")
                        ? BodyPublishers.ofString(request.path("body").toString())
                        : BodyPublishers.noBody());
        for (Map.Entry<String, JsonNode> header : request.path("headers").properties()) {
          asked.header(header.getKey(), header.getValue().asText());
        }

        HttpResponse<String> answer = http.send(asked.build(), BodyHandlers.ofString());

        String name = interaction.path("description").asText();
        JsonNode expected = interaction.path("response");
        assertThat(answer.statusCode())
            .describedAs(name + ": " + answer.body())
            .isEqualTo(expected.path("status").asInt());
        if (expected.has("body")) {
          assertThat(answer.headers().firstValue("content-type"))
              .hasValue(expected.path("headers").path("Content-Type").asText());
          looked += has(name, expected.path("body"), Json.mapper().readTree(answer.body()));
        }
      }
    }
    assertThat(looked).isGreaterThan(20);
  }

  /** Every field that is expected is there, of its kind; what is plain and no address is equal. */
  private static int has(String where, JsonNode expected, JsonNode found) {
    assertThat(found.getNodeType()).describedAs(where).isEqualTo(expected.getNodeType());
    int looked = 1;
    for (Map.Entry<String, JsonNode> field : expected.properties()) {
      looked += has(where + "/" + field.getKey(), field.getValue(), found.path(field.getKey()));
    }
    for (int i = 0; i < expected.size() && expected.isArray(); i++) {
      looked += has(where + "/" + i, expected.get(i), found.path(i));
    }
    boolean free = where.matches(".*/(href|text|_id)");
    if (expected.isValueNode() && !free) {
      assertThat(found).describedAs(where).isEqualTo(expected);
    }
    return looked;
  }
}
