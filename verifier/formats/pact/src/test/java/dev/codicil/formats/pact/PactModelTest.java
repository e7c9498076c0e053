package dev.codicil.formats.pact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.ContractFormat.Reading;
import dev.codicil.contract.Interaction;
import dev.codicil.contract.SourceDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PactModelTest {

  static List<String> fixtures() {
    return Fixtures.names();
  }

  /** Run with -Dcodicil.golden=write to write what was read, then review the difference. */
  @ParameterizedTest
  @MethodSource("fixtures")
  void theModelIsTheGoldenOne(String name) throws IOException {
    String actual = ModelText.of(Fixtures.fixture(name));
    String golden = name.replace(".json", ".model.txt");
    if ("write".equals(System.getProperty("codicil.golden"))) {
      Files.writeString(Path.of("src/test/resources/pacts", golden), actual);
    }
    String expected =
        Files.readString(
            "write".equals(System.getProperty("codicil.golden"))
                ? Path.of("src/test/resources/pacts", golden)
                : Fixtures.folder().resolve(golden),
            StandardCharsets.UTF_8);
    assertThat(actual).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void everyInteractionInTheFileIsInTheModelOrNamedAmongTheProblems(String name) {
    SourceDocument document = Fixtures.document(name);
    Reading reading = Fixtures.read(document);
    List<String> accounted = new ArrayList<>();
    for (Interaction interaction : reading.contract().interactions()) {
      accounted.add(interaction.location().pointer());
    }
    reading.problems().forEach(problem -> accounted.add(problem.location().pointer()));
    for (String half : List.of("interactions", "messages")) {
      JsonNode list = document.at("/" + half);
      for (int i = 0; i < list.size(); i++) {
        String pointer = "/" + half + "/" + i;
        assertThat(accounted)
            .as(pointer)
            .anyMatch(found -> found.equals(pointer) || found.startsWith(pointer + "/"));
      }
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
