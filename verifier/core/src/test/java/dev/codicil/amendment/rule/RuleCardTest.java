package dev.codicil.amendment.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleCardTest {
  private static final List<String> WHOLE =
      List.of("field-removed", "a title", "a reason", "an example", "a remedy", "field-added");

  @ParameterizedTest
  @CsvSource({
    "0, Field-Removed, kebab-case",
    "0, field_removed, kebab-case",
    "5, '', kebab-case",
    "5, field--added, kebab-case",
    "1, ' ', complete",
    "2, '', complete",
    "3, '', complete",
    "4, '', complete",
  })
  void aCardIsComplete(int place, String value, String complaint) {
    List<String> texts = new ArrayList<>(WHOLE);
    texts.set(place, value);

    assertThatThrownBy(() -> card(texts))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(complaint);
  }

  @Test
  void aReasonForAsymmetryIsAddedAndNothingElseChanges() {
    RuleCard plain = card(WHOLE);
    RuleCard reasoned = plain.asymmetric("readers are lenient");

    assertThat(plain.asymmetry()).isEmpty();
    assertThat(reasoned.asymmetry()).isEqualTo("readers are lenient");
    assertThat(reasoned.asymmetric("")).isEqualTo(plain);
  }

  private static RuleCard card(List<String> texts) {
    return RuleCard.of(
        texts.get(0), texts.get(1), texts.get(2), texts.get(3), texts.get(4), texts.get(5));
  }
}
