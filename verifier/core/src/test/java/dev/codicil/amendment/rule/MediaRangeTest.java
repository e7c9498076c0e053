package dev.codicil.amendment.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaRangeTest {

  @ParameterizedTest
  @CsvSource({
    "application/hal+json, application/json, true",
    "application/a+b+json, application/json, true",
    "text/hal+json, application/json, false",
    "application/hal+xml, application/json, false",
    "application/json, application/json, false",
    "application/hal+json, application/problem+json, false",
    "application/hal+json, json, false",
    "hal+json, /json, false",
    "+json, json, false",
    "application+json/x, application/json, false",
    "application/+json, application/json, true",
  })
  void aSuffixTellsOfWhatATypeIsAForm(String special, String general, boolean form) {
    assertThat(MediaRange.isFormOf(special, general)).isEqualTo(form);
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, application/json, true",
    "*/*, application/json, true",
    "*, application/json, true",
    "application/*, application/json, true",
    "application/*, text/plain, false",
    "application/*, application/, false",
    "application/*, applications/json, false",
    "application/*, application/a, true",
    "application/*, application/*, true",
    "application/json, application/*, false",
    "application/json, application/jsonx, false",
  })
  void aRangeCoversWhatStartsAlike(String range, String name, boolean covers) {
    assertThat(MediaRange.covers(range, name)).isEqualTo(covers);
  }
}
