package dev.codicil.storm.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Payload;
import dev.codicil.history.CellRecord.MessageSketch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RedactorTest {
  private final Redactor redactor = new Redactor(Set.of("p@ss \"word\"", "longer-p@ss", ""));

  @Test
  void takesOutSecretsAlsoInsideJsonAndUrls() {
    assertThat(redactor.text("a p@ss \"word\" b")).isEqualTo("a [redacted] b");
    assertThat(redactor.text("{\"x\":\"p@ss \\\"word\\\"\"}")).isEqualTo("{\"x\":\"[redacted]\"}");
    assertThat(redactor.text("?k=p%40ss+%22word%22&l=p%40ss%20%22word%22"))
        .isEqualTo("?k=[redacted]&l=[redacted]");
  }

  @Test
  void leavesTooShortValuesAlone() {
    assertThat(new Redactor(Set.of("200", "a")).text("a 200 a")).isEqualTo("a 200 a");
  }

  @Test
  void hidesCredentialsAndTheSubjectsOwnHeaders() {
    MessageSketch sketch =
        redactor.sketch(
            new HttpRequest(
                "GET",
                "/x?key=longer-p%40ss",
                Headers.of(
                    Map.of(
                        "Authorization", List.of("Bearer 1"),
                        "Cookie", List.of("c=1"),
                        "X-Own", List.of("mine"),
                        "Accept", List.of("text/longer-p@ss"))),
                Payload.EMPTY),
            Set.of("x-own"));

    assertThat(sketch.start()).isEqualTo("GET /x?key=[redacted]");
    assertThat(sketch.headers())
        .containsExactly(
            "accept: text/[redacted]",
            "authorization: [redacted]",
            "cookie: [redacted]",
            "x-own: [redacted]");
  }

  @Test
  void cutsBodiesWithoutLeavingHalfASecretOrHalfACharacter() {
    String body = "\u00e4".repeat(Redactor.BODY_LIMIT / 2 - 3) + "xlonger-p@ss" + "y".repeat(5000);

    String sketch = sketch(body);

    assertThat(sketch).doesNotContain("longer").doesNotContain("\ufffd").contains("more bytes]");
    assertThat(sketch.getBytes(StandardCharsets.UTF_8).length).isLessThan(Redactor.BODY_LIMIT + 64);
  }

  @Test
  void makesControlCharactersVisible() {
    assertThat(sketch("\u001b[31mred\u0000\r\n\u202eevil\u009b"))
        .isEqualTo("\u241b[31mred\u2400\u240d\n\\u202eevil\\u009b");
  }

  private String sketch(String body) {
    return redactor.sketch(new HttpReply(200, Headers.NONE, Payload.of(body))).body();
  }
}
