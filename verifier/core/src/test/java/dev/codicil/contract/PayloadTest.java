package dev.codicil.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {
  @Test
  void keepsItsBytesToItself() {
    byte[] bytes = "abc".getBytes(StandardCharsets.UTF_8);
    Payload payload = Payload.of(bytes);
    bytes[0] = 'x';
    payload.bytes()[1] = 'x';
    assertThat(payload.utf8()).isEqualTo("abc");
    assertThat(payload).isEqualTo(Payload.of("abc")).hasSameHashCodeAs(Payload.of("abc"));
  }

  @Test
  void nothingIsEmpty() {
    assertThat(Payload.of("")).isSameAs(Payload.EMPTY);
    assertThat(Payload.EMPTY.isEmpty()).isTrue();
    assertThat(Payload.EMPTY.json()).isEmpty();
  }

  @Test
  void readsOneJsonValue() {
    assertThat(Payload.of(" {\"a\": 1.10} ").json().orElseThrow().get("a").decimalValue())
        .isEqualByComparingTo("1.1");
    assertThat(Payload.of("null").json().orElseThrow().isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{", "{} {}", "{\"a\":1,\"a\":2}", "nul", "'a'", "[1,]"})
  void whatIsNotExactlyThatIsNoJson(String text) {
    assertThat(Payload.of(text).json()).isEmpty();
  }

  @Test
  void doesNotFollowEndlessNesting() {
    assertThat(Payload.of("[".repeat(200_000)).json()).isEmpty();
    assertThat(Payload.of("[".repeat(501) + "]".repeat(501)).json()).isEmpty();
    assertThat(Payload.of("[".repeat(500) + "]".repeat(500)).json()).isPresent();
  }

  @Test
  void malformedUtf8IsShownAndNotThrown() {
    assertThat(Payload.of(new byte[] {'a', (byte) 0xff}).utf8()).isEqualTo("a\ufffd");
  }

  @Test
  void aPayloadWrittenLaterIsTheSame() throws Exception {
    JsonNode node = Json.mapper().readTree("{\"b\": [1, 0.50, \"é\"], \"a\": null}");
    Payload later = Payload.later(node);

    assertThat(later.isEmpty()).isFalse();
    assertThat(later).isEqualTo(Payload.of(node)).hasSameHashCodeAs(Payload.of(node));
    assertThat(later.json()).contains(node);
    assertThat(later.size()).isEqualTo(Payload.of(node).size());
  }
}
