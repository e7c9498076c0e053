package dev.codicil.chaos.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.ChaosProfile;
import dev.codicil.contract.DocumentReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example of the page on profiles is one that the reader takes. */
class ProfilesPageTest {
  private static final Path PAGE = Path.of("../../docs/profiles.md");
  private static final Pattern SNIPPET = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  static List<String> snippets() throws IOException {
    return SNIPPET
        .matcher(Files.readString(PAGE))
        .results()
        .map(result -> result.group(1))
        .toList();
  }

  private static ChaosProfile read(String yaml) {
    return ProfileReader.read(
        DocumentReader.read("docs/profiles.md", yaml.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @MethodSource("snippets")
  void exampleIsRead(String yaml) {
    assertThat(read(yaml).all()).isNotEmpty();
  }

  @Test
  void examplesShowAllOfTheLanguage() throws IOException {
    String examples = String.join("\n", snippets());
    TreeSet<String> keys = new TreeSet<>(ProfileReader.KEYS);
    keys.addAll(FaultsReader.ITEM);
    keys.addAll(FaultsReader.PHASE);
    keys.addAll(ConditionsReader.MATCH);
    keys.addAll(ConditionsReader.HEADER);
    keys.addAll(LoadReader.KEYS);
    ConditionsReader.WHEN.forEach(key -> keys.add(key.name()));
    LimitsReader.ABORT.forEach(key -> keys.add(key.name()));
    assertThat(keys).allSatisfy(key -> assertThat(examples).containsPattern("\\b" + key + ":"));
  }
}
