package dev.codicil.formats.pact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Json;
import dev.codicil.contract.Mismatch;
import dev.codicil.contract.Payload;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was found once is found again, and only for the very same reply. */
class RulingsTest {
  private static final Headers JSON = Headers.of("content-type", "application/json");
  private static final List<Mismatch> WRONG = List.of(new Mismatch("status", "200", "500"));

  private static PactExpectation expectation(int status) throws Exception {
    return new PactExpectation(
        new HttpDraft.PactReply(
            new PactVersion(3),
            Json.mapper().readTree("{\"status\":" + status + ",\"body\":{\"a\":1}}"),
            true),
        List.of());
  }

  private static HttpReply reply(int status, String body) {
    return new HttpReply(status, JSON, Payload.of(body));
  }

  @Test
  void keepsWhatWasFoundForTheSameStatusHeadersAndBytes() throws Exception {
    Rulings rulings = new Rulings();
    PactExpectation one = expectation(200);
    rulings.keep(one, reply(200, "{}"), WRONG);
    assertThat(rulings.find(one, reply(200, "{}"))).isEqualTo(WRONG);
    assertThat(rulings.find(one, reply(201, "{}"))).isNull();
    assertThat(rulings.find(one, reply(200, "{ }"))).isNull();
    assertThat(rulings.find(one, new HttpReply(200, JSON.with("etag", "1"), Payload.of("{}"))))
        .isNull();
    assertThat(rulings.find(expectation(200), reply(200, "{}")))
        .as("of another interaction, though it expects the same")
        .isNull();
  }

  @Test
  void forgetsWhatIsTooMuch() throws Exception {
    Rulings rulings = new Rulings();
    PactExpectation one = expectation(200);
    for (int i = 0; i < 1000; i++) {
      rulings.keep(one, reply(200, "" + i), WRONG);
    }
    assertThat(rulings.size()).isEqualTo(64);
    assertThat(rulings.find(one, reply(200, "0"))).isNull();
    assertThat(rulings.find(one, reply(200, "999"))).isEqualTo(WRONG);
    rulings.keep(one, reply(200, "x".repeat(100_000)), WRONG);
    assertThat(rulings.find(one, reply(200, "x".repeat(100_000)))).isNull();
  }

  @Test
  void theRulingOnAReplyIsTheSameWhicheverCameBefore() throws Exception {
    HttpRequest request = new HttpRequest("GET", "/", Headers.NONE, Payload.EMPTY);
    List<HttpReply> replies =
        List.of(
            reply(200, "{\"a\":1}"),
            reply(200, "{\"a\":2}"),
            reply(200, "{}"),
            reply(200, "{"),
            reply(500, "{\"a\":1}"));
    PactExpectation used = expectation(200);
    for (int round = 0; round < 3; round++) {
      for (HttpReply reply : replies) {
        assertThat(used.check(request, reply))
            .as("round %d, %s", round, reply)
            .isEqualTo(expectation(200).check(request, reply));
      }
    }
    assertThat(used.check(request, replies.get(0))).isEmpty();
    assertThat(used.check(request, replies.get(1))).isNotEmpty();
  }
}
