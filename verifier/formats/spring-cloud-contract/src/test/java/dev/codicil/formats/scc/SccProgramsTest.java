package dev.codicil.formats.scc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.codicil.contract.ContractFormat.Reading;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Interaction;
import dev.codicil.contract.Location;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SccProgramsTest {
  private static final String FILE = Fixtures.FOLDER + "a.groovy";
  private static final String ONE =
      "{\"request\":{\"method\":\"GET\",\"url\":\"/a\"},\"response\":{\"status\":200}}";

  private static Reading read(String text, String contracts, List<List<String>> problems) {
    return SccPrograms.read(
        FILE, text, contracts, problems, new Fixtures.Texts("memory", Map.of(FILE, text)));
  }

  @ParameterizedTest
  @CsvSource({
    "a.groovy, 'Contract.make { }', true",
    "a.gvy, 'Contract . make { }', true",
    "A.java, 'import org.springframework.cloud.contract.spec.Contract;', true",
    "a.contract.kts, 'contract { }', true",
    "a.groovy, 'contract { }', false",
    "A.java, 'class A { }', false"
  })
  void contractsAreToldByTheirText(String file, String text, boolean contract) {
    assertThat(SccPrograms.mayBe(file)).isTrue();
    assertThat(SccPrograms.recognizes(file, text)).isEqualTo(contract);
  }

  @Test
  void anInteractionIsNamedAsInYaml() {
    Reading one = read("Contract.make {}", "[" + ONE + "]", List.of());
    Reading two = read("Contract.make {}", "[" + ONE + "," + ONE + "]", List.of());

    assertThat(one.contract().interactions())
        .extracting(Interaction::description)
        .containsExactly("a");
    assertThat(two.contract().interactions())
        .extracting(Interaction::description)
        .containsExactly("a_0", "a_1");
  }

  @Test
  void eachContractStandsAtTheLineItBeginsAt() {
    Reading reading =
        read(
            "[\n\nContract.make {\n},\n\n  Contract\n  .make { }]",
            "[" + ONE + "," + ONE + "]",
            List.of());

    assertThat(reading.contract().interactions())
        .extracting(interaction -> interaction.location().line())
        .containsExactly(3, 6);
  }

  @Test
  void contractsMadeInALoopStandWhereTheFirstOneIsMade() {
    Reading reading =
        read("\n(1..2).collect { Contract.make { } }", "[" + ONE + "," + ONE + "]", List.of());

    assertThat(reading.contract().interactions())
        .extracting(interaction -> interaction.location().line())
        .containsExactly(2, 2);
  }

  @Test
  void whatCouldNotBeCarriedOverIsAProblemOfItsContract() {
    Reading reading =
        read("\nContract.make { }", "[" + ONE + "]", List.of(List.of("request body: lost")));

    assertThat(reading.problems())
        .containsExactly(
            new dev.codicil.contract.ContractFormat.Problem(
                new Location(FILE, 2, 0, "/0"), "request body: lost"));
  }

  @Test
  void problemsOfTheContractPointIntoTheProgram() {
    Reading reading =
        read(
            "\n\nContract.make { }",
            "[{\"request\":{\"method\":\"GET\",\"url\":\"/a\",\"bodi\":1},"
                + "\"response\":{\"status\":200}}]",
            List.of());

    assertThat(reading.problems().get(0).location())
        .isEqualTo(new Location(FILE, 3, 0, "/request/bodi"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{{{request.url}}} | 1",
        "{{{ jsonPath request.body '$.id' }}} | 1",
        "a {{request.query.a.[0]}} b | 1",
        "{{ requests }} | 0",
        "the {request} | 0"
      })
  void whatIsFilledInFromTheRequestIsTold(String text, int problems) {
    Reading reading =
        read(
            "Contract.make { }",
            "[{\"request\":{\"method\":\"GET\",\"url\":\"/a\"},\"response\":"
                + "{\"status\":200,\"body\":{\"id\":[\""
                + text
                + "\"]}}}]",
            List.of());

    assertThat(reading.problems()).hasSize(problems);
    assertThat(reading.contract().interactions()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | its code gave no list of contracts",
        "[1, | what its code gave cannot be read: ",
        "'' | what its code gave cannot be read: the file is empty"
      })
  void whatIsNoListOfContractsIsRefused(String contracts, String what) {
    InputException refused =
        catchThrowableOfType(
            InputException.class, () -> read("Contract.make {}", contracts, List.of()));

    assertThat(refused.location()).isEqualTo(Location.of(FILE));
    assertThat(refused.what()).startsWith(what);
  }

  @Test
  void aContractDeeperThanIsReadIsRefused() {
    String deep = "[".repeat(100_000);

    InputException refused =
        catchThrowableOfType(InputException.class, () -> read("Contract.make {}", deep, List.of()));

    assertThat(refused.location()).isEqualTo(Location.of(FILE));
  }
}
