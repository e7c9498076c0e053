package dev.codicil.engine.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramAnswersTest {
  private static final String BEGIN = "{\"begin\":\"a\"}\n";
  private static final String DONE =
      "{\"file\":\"a\",\"contracts\":\"[]\",\"problems\":[[\"p\"]]}\n";
  private static final String END = "{\"end\":true}\n";

  private final ProgramAnswers answers = new ProgramAnswers();

  private void say(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    answers.take(bytes, bytes.length);
  }

  private ContractPrograms.Answer given() {
    return Objects.requireNonNull(answers.answers().get("a"));
  }

  @Test
  void allAnswersUpToTheEndAreTaken() {
    say(BEGIN + DONE + END);

    assertThat(answers.ended()).isTrue();
    assertThat(given().contracts()).isEqualTo("[]");
    assertThat(given().problems()).containsExactly(List.of("p"));
  }

  @Test
  void answersMayArriveInPieces() {
    for (char c : (BEGIN + DONE + END).toCharArray()) {
      say(String.valueOf(c));
    }

    assertThat(answers.ended()).isTrue();
    assertThat(answers.answers()).containsOnlyKeys("a");
  }

  @Test
  void theContractThatRunsIsKnownUntilItIsAnswered() {
    assertThat(answers.current()).isNull();
    say(BEGIN);
    assertThat(answers.current()).isEqualTo("a");
    say(DONE);
    assertThat(answers.current()).isNull();
    assertThat(answers.ended()).isFalse();
  }

  @Test
  void anErrorHasItsPlace() {
    say(BEGIN + "{\"file\":\"a\",\"error\":\"bad\",\"line\":3,\"column\":4,\"remedy\":\"do\"}\n");

    assertThat(given().failure()).hasMessage("a:3:4: bad (do)");
  }

  @Test
  void anAnswerThatSaysNothingIsAnError() {
    say(BEGIN + "{\"file\":\"a\"}\n");

    assertThat(given().failure()).hasMessage("a: its code gave no answer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello\n",
        "{\"end\":true}\n",
        "{\"begin\":\"b\"}\n",
        "{\"file\":\"b\",\"contracts\":\"[]\"}\n",
        "{}\n",
        "\n",
        "null\n"
      })
  void whatAContractWritesItselfIsNoAnswer(String foreign) {
    say(BEGIN + foreign + DONE + END);

    assertThat(answers.broken()).isEqualTo(ProgramAnswers.FOREIGN);
    assertThat(answers.ended()).isFalse();
    assertThat(answers.current()).isEqualTo("a");
    assertThat(answers.answers()).isEmpty();
  }

  @Test
  void nothingFollowsTheEnd() {
    say(BEGIN + DONE + END + BEGIN);

    assertThat(answers.ended()).isFalse();
    assertThat(answers.broken()).isNotNull();
  }

  @Test
  void thereIsAnEndToWhatIsTaken() {
    ProgramAnswers few = new ProgramAnswers(1 << 20);
    few.take(new byte[1 << 20], 1 << 20);
    assertThat(few.broken()).isNull();

    few.take(new byte[1], 1);

    assertThat(few.broken()).isEqualTo("its code gives more than 1 MB");
  }
}
