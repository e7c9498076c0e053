package dev.codicil.pactbroker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UriTemplatesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/p/{a}/x         | /p/feat%2Fx%20%3F%C3%A4%25/x",
        "/p{?a,none}      | /p?a=feat%2Fx%20%3F%C3%A4%25",
        "/p?q=1{&b,a}     | /p?q=1&b=B-._~&a=feat%2Fx%20%3F%C3%A4%25",
        "/p{?none}        | /p",
        "/plain           | /plain",
        "/{b}{b}          | /B-._~B-._~",
      })
  void encodesWholly(String template, String uri) {
    assertThat(UriTemplates.expand(template, Map.of("a", "feat/x ?\u00e4%", "b", "B-._~")))
        .isEqualTo(uri);
  }

  @Test
  void aPathWithoutItsValueIsNoAddress() {
    assertThatThrownBy(() -> UriTemplates.expand("/p/{provider}", Map.of()))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("provider");
  }
}
