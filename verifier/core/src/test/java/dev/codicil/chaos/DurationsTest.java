package dev.codicil.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "250ms, PT0.25S",
    "2s, PT2S",
    "1.5s, PT1.5S",
    "1m30s, PT1M30S",
    "1h, PT1H",
    "0s, PT0S",
    "10us, PT0.00001S",
    "7ns, PT0.000000007S",
    "0.5ns, PT0S",
    "2562047h, PT2562047H"
  })
  void readsWhatGoWrites(String text, Duration expected) {
    assertThat(Durations.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "250", "ms", "-1s", "1 s", "1s ", "1d", "1,5s", "s1", "1e3s", ".5s"})
  void refusesWhatHasNoUnitOrIsNoDuration(String text) {
    assertThatThrownBy(() -> Durations.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'%s' is not a duration; expected a number with a unit, such as 250ms or 2s", text);
  }

  @Test
  void refusesMoreThanALongOfNanoseconds() {
    assertThatThrownBy(() -> Durations.parse("999999999h"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("longer than the longest duration");
  }

  @Test
  void refusesEndlessTextWithoutReadingItAll() {
    assertThatThrownBy(() -> Durations.parse("1s".repeat(100_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(200));
  }

  @ParameterizedTest
  @ValueSource(strings = {"250ms", "2s", "90s", "10us", "7ns", "0s"})
  void writesWhatItReads(String text) {
    assertThat(Durations.format(Durations.parse(text))).isEqualTo(text);
  }

  @Test
  void publishesThePatternItReads() {
    assertThat("1m30s").matches(Durations.PATTERN);
    assertThat("30").doesNotMatch(Durations.PATTERN);
  }
}
