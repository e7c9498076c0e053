package dev.codicil.storm.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.contract.Body;
import dev.codicil.contract.Exemplar;
import dev.codicil.contract.Expectation;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Location;
import dev.codicil.contract.Mismatch;
import dev.codicil.contract.Parameter;
import dev.codicil.contract.Payload;
import dev.codicil.contract.Shape;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StubServerTest extends ProxyTestBase {
  private static final Location HERE = Location.of("contract.yaml");

  private static final Expectation NOTHING =
      new Expectation() {
        @Override
        public List<Mismatch> check(HttpRequest request, HttpReply reply) {
          return List.of();
        }

        @Override
        public boolean declaresError(HttpRequest request, HttpReply reply) {
          return false;
        }
      };

  private static HttpInteraction interaction(
      HttpInteraction.Style style,
      String method,
      String path,
      List<String> requiredQuery,
      Exemplar... exemplars) {
    return new HttpInteraction(
        method + " " + path + style,
        path,
        style,
        List.of(),
        method,
        path,
        requiredQuery.stream()
            .map(name -> new Parameter(Parameter.In.QUERY, name, true, Shape.any(HERE), HERE))
            .toList(),
        Body.none(HERE),
        List.of(),
        Arrays.asList(exemplars),
        NOTHING,
        HERE);
  }

  private static HttpInteraction operation(String method, String path, Exemplar... exemplars) {
    return interaction(HttpInteraction.Style.BY_SCHEMA, method, path, List.of(), exemplars);
  }

  private static HttpInteraction example(Exemplar exemplar) {
    return interaction(
        HttpInteraction.Style.BY_EXAMPLE,
        exemplar.request().method(),
        exemplar.request().path(),
        List.of(),
        exemplar);
  }

  private static Exemplar exemplar(
      String method, String target, String body, int status, @Nullable String answer) {
    return new Exemplar(
        "e",
        new HttpRequest(method, target, Headers.NONE, Payload.of(body)),
        answer == null ? null : reply(status, answer),
        false);
  }

  private static HttpReply ask(StubServer stub, String method, String target, String body)
      throws Exception {
    CallResult result =
        new HttpCaller(loop)
            .call(
                new InetSocketAddress("127.0.0.1", stub.port()),
                new HttpRequest(method, target, Headers.NONE, Payload.of(body)),
                Duration.ofSeconds(20),
                Map.of())
            .get(30, TimeUnit.SECONDS);
    return Objects.requireNonNull(result.reply(), result.detail());
  }

  private static String text(StubServer stub, String target) throws Exception {
    return ask(stub, "GET", target, "").body().utf8();
  }

  @Test
  void answersTheMostSpecificMatch() throws Exception {
    try (StubServer stub =
        StubServer.open(
            loop,
            List.of(
                operation("GET", "/l/{id}", exemplar("GET", "/l/1", "", 200, "any")),
                operation("GET", "/l/x-{id}", exemplar("GET", "/l/x-1", "", 200, "partly")),
                operation("GET", "/l/search", exemplar("GET", "/l/search", "", 200, "concrete")),
                operation("GET", "/{a}/{b}", exemplar("GET", "/q/r", "", 200, "two"))))) {
      assertThat(text(stub, "/l/77")).isEqualTo("any");
      assertThat(text(stub, "/l/x-77")).isEqualTo("partly");
      assertThat(text(stub, "/l/search?page=2")).isEqualTo("concrete");
      assertThat(text(stub, "/m/search")).isEqualTo("two");
      assertThat(text(stub, "/l/a%2Fb")).isEqualTo("any");
      assertThat(stub.unmatched()).isEmpty();
    }
  }

  @Test
  void inPlaceOfAProviderUnderTestRefusesWhatItsContractRefuses() throws Exception {
    Expectation wantsBody =
        new Expectation() {
          @Override
          public List<Mismatch> check(HttpRequest request, HttpReply reply) {
            return List.of();
          }

          @Override
          public boolean declaresError(HttpRequest request, HttpReply reply) {
            return false;
          }

          @Override
          public Optional<List<Mismatch>> checkRequest(HttpRequest request) {
            return Optional.of(
                request.body().isEmpty()
                    ? List.of(new Mismatch("body", "a body", "none"))
                    : List.of());
          }
        };
    HttpInteraction like = operation("POST", "/l", exemplar("POST", "/l", "x", 200, "taken"));
    HttpInteraction asking =
        new HttpInteraction(
            like.key(),
            like.description(),
            like.style(),
            like.states(),
            like.method(),
            like.path(),
            like.parameters(),
            like.requestBody(),
            like.responses(),
            like.exemplars(),
            wantsBody,
            HERE);
    try (StubServer strict = StubServer.strict(loop, List.of(asking), any -> Optional.empty());
        StubServer upstream = StubServer.open(loop, List.of(asking))) {
      assertThat(ask(strict, "POST", "/l", "x").status()).isEqualTo(200);
      HttpReply refused = ask(strict, "POST", "/l", "");
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.headers().first(StubServer.STUB_HEADER)).contains("refused");
      assertThat(refused.body().utf8()).contains("expected a body, was none");
      assertThat(ask(upstream, "POST", "/l", "").status()).isEqualTo(200);
    }
  }

  @Test
  void prefersTheExampleThatWasAskedForElseTheFirstSuccess() throws Exception {
    try (StubServer stub =
        StubServer.open(
            loop,
            List.of(
                operation(
                    "GET",
                    "/l/{id}",
                    exemplar("GET", "/l/gone", "", 404, "gone"),
                    exemplar("GET", "/l/1", "", 200, "one"),
                    exemplar("GET", "/l/2?full=1", "", 200, "two"))))) {
      assertThat(ask(stub, "GET", "/l/gone", "").status()).isEqualTo(404);
      assertThat(text(stub, "/l/2?full=1")).isEqualTo("two");
      assertThat(text(stub, "/l/3")).isEqualTo("one");
    }
  }

  @Test
  void asksExamplesForPathAndQueryAndTellsThemApartByBody() throws Exception {
    try (StubServer stub =
        StubServer.open(
            loop,
            List.of(
                example(exemplar("POST", "/v?a=1&b=2", "{\"k\":1}", 200, "first")),
                example(exemplar("POST", "/v?a=1&b=2", "{\"k\": 2}", 200, "second"))))) {
      assertThat(ask(stub, "POST", "/v?b=2&a=1", "{\"k\":2}").body().utf8()).isEqualTo("second");
      assertThat(ask(stub, "POST", "/v?a=1&b=2", "{\"k\":9}").body().utf8()).isEqualTo("first");
      assertThat(ask(stub, "POST", "/v?a=1", "{\"k\":2}").status()).isEqualTo(404);
      assertThat(ask(stub, "PUT", "/v?a=1&b=2", "").status()).isEqualTo(404);
      assertThat(stub.unmatched()).containsExactly("POST /v?a=1", "PUT /v?a=1&b=2");
      stub.reset();
      assertThat(stub.unmatched()).isEmpty();
    }
  }

  @Test
  void needsTheRequiredQuery() throws Exception {
    HttpInteraction search =
        interaction(
            HttpInteraction.Style.BY_SCHEMA,
            "GET",
            "/s",
            List.of("q"),
            exemplar("GET", "/s?q=a", "", 200, "found"));
    try (StubServer stub = StubServer.open(loop, List.of(search))) {
      assertThat(text(stub, "/s?q=zzz&x=1")).isEqualTo("found");
      HttpReply none = ask(stub, "GET", "/s", "");
      assertThat(none.status()).isEqualTo(404);
      assertThat(none.headers().mediaType()).isEqualTo("application/problem+json");
      assertThat(none.headers().first("x-codicil-stub")).contains("no-match");
    }
  }

  @Test
  void asksTheSamplerWhereTheContractHasNoExampleReply() throws Exception {
    List<HttpInteraction> interactions =
        List.of(
            operation("GET", "/sampled", exemplar("GET", "/sampled", "", 0, null)),
            operation("GET", "/none"),
            operation("GET", "/throws"),
            operation("GET", "/unwritable"));
    try (StubServer stub =
        StubServer.open(
            loop,
            interactions,
            interaction ->
                switch (interaction.path()) {
                  case "/sampled" -> Optional.of(reply(201, "made"));
                  case "/throws" -> throw new IllegalStateException("bug");
                  case "/unwritable" ->
                      Optional.of(new HttpReply(200, Headers.of("x", "a\r\nb"), Payload.EMPTY));
                  default -> Optional.empty();
                })) {
      assertThat(ask(stub, "GET", "/sampled", "").status()).isEqualTo(201);
      assertThat(marked(ask(stub, "GET", "/none", ""))).isEqualTo("501 no-example");
      assertThat(marked(ask(stub, "GET", "/throws", ""))).isEqualTo("500 sampler-failed");
      assertThat(marked(ask(stub, "GET", "/unwritable", ""))).isEqualTo("500 unwritable-reply");
    }
  }

  private static String marked(HttpReply reply) {
    return reply.status() + " " + reply.headers().first("x-codicil-stub").orElse("");
  }

  @Test
  void keepsConnectionsAndAnswersPipelinedRequestsInOrder() throws Exception {
    try (StubServer stub =
            StubServer.open(
                loop,
                List.of(
                    operation("GET", "/1", exemplar("GET", "/1", "", 200, "one")),
                    operation("GET", "/2", exemplar("GET", "/2", "", 200, "two"))));
        Raw client = new Raw(stub.port())) {
      client.say(
          "GET /1 HTTP/1.1\r\nHost: h\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\n"
              + "GET /1 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
      assertThat(client.reply()).endsWith("one");
      assertThat(client.reply()).endsWith("two");
      assertThat(client.reply()).endsWith("one");
      assertThat(client.rest()).isEqualTo(new Raw.Rest("", "closed"));
    }
  }

  @Test
  void keepsTheListOfUnmatchedRequestsBounded() throws Exception {
    try (StubServer stub = StubServer.open(loop, List.of());
        Raw client = new Raw(stub.port())) {
      for (int i = 0; i < 120; i++) {
        client.say("GET /" + "x".repeat(1_000) + i + " HTTP/1.1\r\nHost: h\r\n\r\n").reply();
      }
      assertThat(stub.unmatched()).hasSize(100).allMatch(line -> line.length() <= 303);
    }
  }

  @Test
  void closesTwice() {
    StubServer stub = StubServer.open(loop, List.of());
    stub.close();
    stub.close();
    assertThat(stub.port()).isPositive();
  }
}
