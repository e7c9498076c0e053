package dev.codicil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretsTest {
  private static final Location HERE = new Location("codicil.yaml", 7, 3, "");

  private final Secrets secrets =
      new Secrets(
          Map.of("TOKEN", "s3cr3t$1\\", "PIN", "123", "NESTED", "${TOKEN}", "EMPTY", "")::get);

  @Test
  void variablesAreFilledInAndTheirValuesRemembered() {
    assertThat(secrets.resolve("Bearer ${TOKEN}, again ${TOKEN}", HERE))
        .isEqualTo("Bearer s3cr3t$1\\, again s3cr3t$1\\");
    assertThat(secrets.values()).containsExactly("s3cr3t$1\\");
  }

  @Test
  void aValueThatIsTooShortToBeToldFromTextIsNotRemembered() {
    assertThat(secrets.resolve("${PIN}${EMPTY}", HERE)).isEqualTo("123");
    assertThat(secrets.values()).isEmpty();
  }

  @Test
  void whatAValueContainsIsNotFilledInAgain() {
    assertThat(secrets.resolve("${NESTED}", HERE)).isEqualTo("${TOKEN}");
  }

  @Test
  void textWithoutVariablesStaysAsItIs() {
    assertThat(secrets.resolve("$HOME {port} ${} ${1X} $", HERE))
        .isEqualTo("$HOME {port} ${} ${1X} $");
  }

  @Test
  void aMissingVariableIsNamedAtItsSubject() {
    InputException refused =
        catchThrowableOfType(
            InputException.class, () -> secrets.resolve(Map.of("A", "${ABSENT}"), HERE));

    assertThat(refused.location()).isEqualTo(HERE);
    assertThat(refused.what()).isEqualTo("the environment variable ABSENT is not set");
    assertThat(refused.remedy()).isEqualTo("export ABSENT before the call");
  }
}
