package dev.codicil.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.codicil.amendment.Severity;
import dev.codicil.contract.InputException;
import dev.codicil.verdict.FindingKind;
import dev.codicil.verdict.GateAction;
import dev.codicil.verdict.Policy;
import dev.codicil.verdict.PolicyRule;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyReaderTest {
  private static final String WHOLE =
      """
      version: 1
      policy:
        fail-on: [broken]
        require-evidence: stub
        tags:
          critical: [POST /orders, "buy*"]
          experimental: [GET /beta/**]
        rules:
          - { consumer: checkout, tag: critical, findings: [broken, fragile], gate: fail }
          - { tag: experimental, gate: tell }
          - { environment: staging, severity: breaking, rule: field-removed, gate: tell }
          - { tag: critical, require-evidence: replayed }
        environments:
          staging: { fail-on: [], require-evidence: documents }
          production: {}
        waivers: { expired: tell }
      """;

  private static Policy read(String text) {
    return ProjectReader.read(Path.of("."), text.getBytes(StandardCharsets.UTF_8)).policy();
  }

  private static InputException refused(String rules) {
    String text =
        """
        version: 1
        policy:
          tags: { critical: [buy] }
          environments: { staging: {} }
          rules:
            - %s
        """;
    return catchThrowableOfType(InputException.class, () -> read(text.formatted(rules)));
  }

  @Test
  void everyKeyIsRead() {
    Policy policy = read(WHOLE);

    assertThat(policy.failOn()).containsExactly(FindingKind.BROKEN);
    assertThat(policy.failOnAt()).hasToString("codicil.yaml:3:3");
    assertThat(policy.requireEvidence()).isEqualTo("stub");
    assertThat(policy.tags()).containsOnlyKeys("critical", "experimental");
    assertThat(policy.rules())
        .extracting(PolicyRule::label)
        .containsExactly(
            "rule 1 (consumer checkout, tag critical): broken, fragile: fail",
            "rule 2 (tag experimental): tell",
            "rule 3 (environment staging, rule field-removed, severity breaking): tell",
            "rule 4 (tag critical): requires evidence: replayed");
    assertThat(policy.rules().get(0).location()).hasToString("codicil.yaml:9:7");
    assertThat(policy.rules().get(2).severity()).isEqualTo(Severity.BREAKING);
    assertThat(policy.terms()).isEqualTo(new Policy.WaiverTerms(GateAction.TELL, GateAction.FAIL));
    assertThat(policy.environment()).isNull();
    assertThat(policy.in("staging").failOn()).isEmpty();
    assertThat(policy.in("staging").requireEvidence()).isEqualTo("documents");
    assertThat(policy.in("staging").failOnAt()).hasToString("codicil.yaml:14:16");
    assertThat(policy.in("production").failOn()).containsExactly(FindingKind.BROKEN);
  }

  @Test
  void withoutAPolicyTheDefaultHolds() {
    assertThat(read("version: 1\n")).isEqualTo(Policy.DEFAULT);
  }

  @Test
  void anUnknownKeyIsToldAtItsLine() {
    InputException error = refused("{ tag: critical, gate: tell, consumers: [a] }");

    assertThat(error.location().line()).isEqualTo(6);
    assertThat(error.what()).contains("unknown key 'consumers'");
    assertThat(error.remedy()).contains("consumer").contains("environment");
  }

  @Test
  void aNameThatIsNotDeclaredIsToldWithTheOneThatWasMeant() {
    assertThat(refused("{ tag: critcal, gate: tell }").getMessage())
        .startsWith("codicil.yaml:6:9: no tag 'critcal' is declared under policy.tags")
        .contains("did you mean 'critical'?");
    assertThat(refused("{ environment: stagin, gate: tell }").what())
        .contains("no environment 'stagin'")
        .contains("did you mean 'staging'?");
    assertThat(refused("{ rule: field-remved, gate: tell }").what())
        .contains("no rule of changes is 'field-remved'")
        .contains("did you mean 'field-removed'?");
  }

  @Test
  void aRuleDecidesExactlyOneThing() {
    assertThat(refused("{ tag: critical }").what()).contains("decides nothing");
    assertThat(refused("{ tag: critical, gate: tell, require-evidence: stub }").what())
        .contains("both");
    assertThat(refused("{ tag: critical, gate: fail }").what())
        .contains("which findings are to fail");
    assertThat(refused("{ severity: risky, require-evidence: stub }").what())
        .contains("'severity' selects nothing here");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ gate: maybe }",
        "{ gate: tell, findings: [compatible] }",
        "{ gate: fail, findings: [] }",
        "{ gate: tell, consumer: '' }",
        "{ gate: tell, consumer: [a] }",
        "{ gate: tell, severity: awful }",
        "[]",
        "tell"
      })
  void whatIsNoRuleIsOneLocatedError(String rule) {
    InputException error = refused(rule);

    assertThat(error).isNotNull();
    assertThat(error.location().line()).isEqualTo(6);
  }
}
