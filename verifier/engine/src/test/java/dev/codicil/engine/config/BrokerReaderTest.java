package dev.codicil.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codicil.contract.InputException;
import dev.codicil.engine.config.BrokerDeclaration.Access;
import dev.codicil.engine.config.BrokerDeclaration.Reading;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokerReaderTest {
  private static Project read(String text) {
    return ProjectReader.read(
        Path.of("."), ("version: 1\n" + text).getBytes(StandardCharsets.UTF_8));
  }

  private static Reading reading(Project project) {
    return Objects.requireNonNull(project.broker().reading());
  }

  @Test
  void aFolderAloneIsNoBroker() {
    Project project = read("contracts: specs/\n");

    assertThat(project.contracts()).isEqualTo("specs");
    assertThat(project.broker()).isEqualTo(BrokerDeclaration.NONE);
  }

  @Test
  void aBrokerAloneLeavesTheFolderWhereItIs() {
    Project project = read("contracts: { broker: https://broker.example }\n");

    assertThat(project.contracts()).isEqualTo("contracts");
    assertThat(reading(project).selectors())
        .hasToString(
            "[Selector[keys={mainBranch=true}], Selector[keys={deployedOrReleased=true}]]");
    assertThat(reading(project).includePendingStatus()).isFalse();
  }

  @Test
  void aBrokerStandsBesideAFolder() {
    Project project =
        read(
            """
            contracts:
              - specs
              - broker: https://broker.example/pacts
                selectors: [{ branch: feat/x, fallbackToMainBranch: true, consumer: shop }]
                auth: { basic: "${USER}:${PASSWORD}" }
                providers: [licenses]
                providerVersionBranch: "${GIT_BRANCH}"
                includeWipPactsSince: 2026-01-01
                timeout: 90s
            """);

    assertThat(project.contracts()).isEqualTo("specs");
    assertThat(reading(project).providers()).containsExactly("licenses");
    assertThat(reading(project).includePendingStatus()).isTrue();
    assertThat(reading(project).includeWipPactsSince()).isEqualTo("2026-01-01");
    Access access = Objects.requireNonNull(project.broker().access());
    assertThat(access.basic()).isEqualTo("${USER}:${PASSWORD}");
    assertThat(access.timeout()).isEqualTo(Duration.ofSeconds(90));
    assertThat(access.location()).hasToString("codicil.yaml:4:5");
  }

  @Test
  void aBaseMayBeTheBrokers() {
    Project project =
        read(
            """
            contracts: [contracts, { broker: https://broker.example }]
            base: { broker: { environment: production, deployed: true }, revision: main }
            """);

    assertThat(project.base()).isNull();
    assertThat(Objects.requireNonNull(project.broker().base()).revision()).isEqualTo("main");
    assertThat(read("base: main\n").base()).isEqualTo("main");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "contracts: { brokr: https://x }| 2:14 | unknown key 'brokr'",
        "contracts: { broker: https://x, auth: { bearer: abc } } | 2:41 | credentials stand here",
        "contracts: { broker: https://x, auth: { bearer: '${A}', basic: '${B}' } } | 2:33 | auth",
        "contracts: { broker: https://x, selectors: [] } | 2:33 | selectors",
        "contracts: { broker: https://x, selectors: [{ brunch: a }] } | 2:47 | unknown key 'brunch'",
        "contracts: { broker: https://x, selectors: [{ mainBranch: false }] } | 2:45 | only be true",
        "contracts: [a, b] | 2:16 | a second folder",
        "contracts: [{ broker: https://x }, { broker: https://y }] | 2:36 | a second broker",
        "contracts: 7 | 2:1 | contracts",
        "base: { broker: { branch: main } } | 2:9 | no broker is declared",
        "base: { broker: { mainBranch: 1 }, url: https://x } | 2:9 | only be true",
        "base: { url: https://x } | 2:1 | 'broker' is missing",
      })
  void whatCannotBeMeantIsRefusedAtItsPlace(String text, String place, String why) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("codicil.yaml:" + place)
        .hasMessageContaining(why);
  }

  @Test
  void secretsInTheFileAreNotRepeated() {
    assertThatThrownBy(
            () -> read("contracts: { broker: https://x, auth: { basic: 'ci:hunter22' } }\n"))
        .message()
        .doesNotContain("hunter22");
  }
}
