package dev.codicil.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadersTest {
  @Test
  void namesDifferInMoreThanCase() {
    Headers headers = Headers.of("ETag", "\"1\"").with("etag", "\"2\"");
    assertThat(headers.all("ETAG")).containsExactly("\"2\"");
    assertThat(headers).isEqualTo(Headers.of("Etag", "\"2\""));
    assertThat(headers).hasSameHashCodeAs(Headers.of("Etag", "\"2\""));
    assertThat(headers.without("eTAG")).isEqualTo(Headers.NONE);
  }

  @Test
  void joinsValuesOfOneNameInOrder() {
    Map<String, List<String>> fields = new java.util.LinkedHashMap<>();
    fields.put("Set-Cookie", List.of("a=1"));
    fields.put("set-cookie", List.of("b=2"));
    assertThat(Headers.of(fields).all("Set-Cookie")).containsExactly("a=1", "b=2");
    assertThat(Headers.of(fields).first("SET-COOKIE")).contains("a=1");
    assertThat(Headers.NONE.first("set-cookie")).isEmpty();
  }

  @Test
  void changesMakeCopies() {
    Headers before = Headers.of("a", "1");
    before.with("a", "2").with("b", "3");
    assertThat(before.asMap()).isEqualTo(Map.of("a", List.of("1")));
  }

  @ParameterizedTest
  @CsvSource({
    "Application/JSON; charset=UTF-8, application/json",
    "application/json, application/json",
    "' text/plain ;x=y', text/plain",
    "'', ''"
  })
  void theMediaTypeStandsWithoutParameters(String type, String expected) {
    assertThat(Headers.of("Content-Type", type).mediaType()).isEqualTo(expected);
  }

  @Test
  void survivesAWayThroughJson() throws Exception {
    Headers headers = Headers.of("Accept", "a").with("X-Id", "7");
    String json = Json.mapper().writeValueAsString(headers);
    assertThat(json).isEqualTo("{\"accept\":[\"a\"],\"x-id\":[\"7\"]}");
    assertThat(Json.mapper().readValue(json, Headers.class)).isEqualTo(headers);
  }
}
