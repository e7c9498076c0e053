package dev.codicil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.amendment.rule.ChangeRule;
import dev.codicil.amendment.rule.Rules;
import dev.codicil.chaos.fault.Faults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainCommandTest {
  @Test
  void aRuleIsExplained() {
    Cli cli = Cli.run("explain", "field-removed");

    assertThat(cli.exit()).isEqualTo(ExitCode.PASS);
    assertThat(cli.out())
        .startsWith("field-removed")
        .contains("why", "example", "safe way", "mirror", "field-added");
  }

  @Test
  void aFaultIsExplained() {
    Cli cli = Cli.run("explain", "drop-field");

    assertThat(cli.exit()).isEqualTo(ExitCode.PASS);
    assertThat(cli.out())
        .startsWith("drop-field\nA field is missing.")
        .contains("strikes", "replies (downstream), requests (upstream)", "pointer")
        .contains("  - fault: drop-field");
  }

  @Test
  void withoutARuleAllAreListedByTopic() {
    Cli cli = Cli.run("explain");

    assertThat(cli.exit()).isEqualTo(ExitCode.PASS);
    assertThat(cli.out()).contains("Operations\n", "Fields\n", "codicil explain RULE");
    for (ChangeRule rule : Rules.builtIn()) {
      assertThat(cli.out()).contains("  " + rule.card().id() + " ");
    }
    for (String fault : Faults.ids()) {
      assertThat(cli.out()).contains("  " + fault + " ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "field-remved, 'did you mean field-removed'",
    "Field_Removed, 'did you mean field-removed'",
    "response-property-enum-value-added, enum-value-added",
    "drop_field, drop-field",
    "zzz, `codicil explain` lists them",
    "'', `codicil explain` lists them",
    "a\u001b[31m, `codicil explain` lists them",
  })
  void anUnknownRuleIsWrongUsageAndTheNearestAreNamed(String typed, String said) {
    Cli cli = Cli.run("explain", typed);

    assertThat(cli.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(cli.err()).contains(said).doesNotContain("\u001b");
    assertThat(cli.errLines()).hasSize(1);
    assertThat(cli.out()).isEmpty();
  }

  @Test
  void rulesOfConformAreListedAndExplained() {
    assertThat(Cli.run("explain").out()).contains("  reply-value-not-accepted");

    Cli cli = Cli.run("explain", "reply-value-not-accepted");
    assertThat(cli.exit()).isEqualTo(ExitCode.PASS);
    assertThat(cli.out()).contains("safe way").contains("narrow the schema");
  }
}
