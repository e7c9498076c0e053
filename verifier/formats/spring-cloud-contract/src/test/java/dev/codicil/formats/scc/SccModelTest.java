package dev.codicil.formats.scc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.contract.ContractFormat.Reading;
import dev.codicil.contract.Interaction;
import dev.codicil.contract.SourceDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SccModelTest {
  static List<String> fixtures() {
    return Fixtures.names();
  }

  /** Run with -Dcodicil.golden=write to write what was read, then review the difference. */
  @ParameterizedTest
  @MethodSource("fixtures")
  void theModelIsTheGoldenOne(String name) throws IOException {
    String actual = ModelText.of(Fixtures.fixture(name));
    String golden = Fixtures.FOLDER + name.replaceFirst("[.]ya?ml$", ".model.txt");
    Path file = Fixtures.root().resolve(golden);
    if ("write".equals(System.getProperty("codicil.golden"))) {
      file = Path.of("src/test/resources", golden);
      Files.writeString(file, actual);
    }
    assertThat(actual).isEqualTo(Files.readString(file));
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void everyContractInTheFileIsInTheModelOrNamedAmongTheProblems(String name) {
    SourceDocument document = Fixtures.document(name);
    Reading reading = Fixtures.fixture(name);
    List<String> accounted = new ArrayList<>();
    for (Interaction interaction : reading.contract().interactions()) {
      accounted.add(interaction.location().pointer());
    }
    reading.problems().forEach(problem -> accounted.add(problem.location().pointer()));
    if (!document.root().isArray()) {
      assertThat(reading.contract().interactions()).isNotEmpty();
      return;
    }
    for (int i = 0; i < document.root().size(); i++) {
      if (document.root().get(i).isNull()) {
        continue;
      }
      String pointer = "/" + i;
      assertThat(accounted)
          .as(pointer)
          .anyMatch(found -> found.equals(pointer) || found.startsWith(pointer + "/"));
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void keysAreUniqueAndReadingIsRepeatable(String name) {
    Reading first = Fixtures.fixture(name);
    assertThat(first.contract().interactions())
        .extracting(Interaction::key)
        .doesNotHaveDuplicates();
    assertThat(ModelText.of(Fixtures.fixture(name))).isEqualTo(ModelText.of(first));
  }
}
