package dev.codicil.engine.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternsTest {
  @ParameterizedTest
  @CsvSource({
    "v*, v1, true",
    "v*, v, true",
    "v*, w1, false",
    "v?.0, v1.0, true",
    "v?.0, v10.0, false",
    "v1.0, v1x0, false",
    "***, anything, true",
    "(v, (v, true",
  })
  void starIsAnyTextAndQuestionMarkAnyCharacter(String pattern, String name, boolean matches) {
    assertThat(NamePatterns.matches(pattern, name)).isEqualTo(matches);
  }

  @Test
  void numbersCountAsNumbers() {
    assertThat(
            List.of("v10", "v9", "v9.10", "v9.2", "alpha", "v99999999999999999999999").stream()
                .sorted(NamePatterns.BY_VERSION))
        .containsExactly("alpha", "v9", "v9.2", "v9.10", "v10", "v99999999999999999999999");
  }
}
