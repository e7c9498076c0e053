package dev.codicil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.Json;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiffBatchTest {
  @TempDir Path folder;
  private String base;
  private String renamed;
  private String noted;

  @BeforeEach
  void documents() throws Exception {
    base = write("base.yaml", TinyProject.document("validUntil", ""));
    renamed = write("renamed.yaml", TinyProject.document("expiresAt", ""));
    noted =
        write(
            "noted.yaml",
            TinyProject.document("validUntil", "                  note: { type: string }"));
  }

  private String write(String path, String text) throws Exception {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return file.toString();
  }

  private static String pair(String name, String base, String head) {
    return name + "\t" + base + "\t" + head + "\n";
  }

  private Cli batch(String list, String... options) throws Exception {
    List<String> args = new ArrayList<>(List.of("diff", "--batch", write("list.tsv", list)));
    args.addAll(List.of(options));
    return Cli.run(args.toArray(String[]::new));
  }

  private static List<JsonNode> objects(Cli cli) throws Exception {
    List<JsonNode> objects = new ArrayList<>();
    for (String line : cli.out().lines().toList()) {
      objects.add(Json.mapper().readTree(line));
    }
    return objects;
  }

  @Test
  void everyPairIsAnObjectOnALineOfItsOwn() throws Exception {
    Cli cli =
        batch(
            "\ufeff# pairs\n\n"
                + pair("one", base, renamed)
                + pair("two", base, noted).replace("\n", "\r\n")
                + pair("three", base, base));

    List<JsonNode> objects = objects(cli);
    assertThat(objects)
        .extracting(o -> o.path("name").asText())
        .containsExactly("one", "two", "three");
    assertThat(objects)
        .extracting(o -> o.path("worst").asText())
        .containsExactly("breaking", "safe", "none");
    assertThat(objects.get(0).at("/changes/0/rule").asText()).isEqualTo("field-removed");
    assertThat(objects.get(2).path("changes")).isEmpty();
    assertThat(cli.exit()).isEqualTo(ExitCode.FAIL);
    assertThat(cli.err()).isEmpty();
  }

  @Test
  void theLimitAndTheModeAreThoseOfAnyDiff() throws Exception {
    assertThat(batch(pair("a", base, renamed), "--fail-on", "none").exit()).isZero();
    assertThat(batch(pair("a", base, noted), "--fail-on", "risky").exit()).isZero();
    assertThat(batch(pair("a", base, noted), "--fail-on", "risky", "--mode", "forward").exit())
        .isEqualTo(ExitCode.FAIL);
  }

  @Test
  void aPairThatCannotBeReadIsAnErrorAndTheBatchGoesOn() throws Exception {
    String bad = write("bad.yaml", "openapi: [");
    String deep = write("deep.json", "[".repeat(100_000));
    Cli cli =
        batch(
            pair("missing", base, folder.resolve("nowhere.yaml").toString())
                + pair("bad", bad, base)
                + pair("deep", base, deep)
                + pair("control", "a\u0000b", base)
                + pair("good", base, noted));

    List<JsonNode> objects = objects(cli);
    assertThat(objects).hasSize(5);
    assertThat(objects.subList(0, 4))
        .allSatisfy(object -> assertThat(object.path("error").asText()).isNotBlank())
        .noneSatisfy(object -> assertThat(object.path("error").asText()).contains("bug of ours"));
    assertThat(objects.get(1).path("line").asInt()).isEqualTo(2);
    assertThat(objects.get(4).path("worst").asText()).isEqualTo("safe");
    assertThat(cli.exit()).isEqualTo(ExitCode.DATA);
    assertThat(cli.showsStackTrace()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"just-a-name", "a\tb", "a\tb\tc\td", "a\t\tc", "\tb\tc", "a b c"})
  void aMalformedLineIsNamedByItsNumber(String line) throws Exception {
    Cli cli = batch("# first\n" + line + "\n" + pair("good", base, noted));

    List<JsonNode> objects = objects(cli);
    assertThat(objects).hasSize(2);
    assertThat(objects.get(0).path("error").asText()).contains("line 2").contains("NAME<TAB>BASE");
    assertThat(objects.get(0).path("line").asInt()).isEqualTo(2);
    assertThat(objects.get(1).path("name").asText()).isEqualTo("good");
    assertThat(cli.exit()).isEqualTo(ExitCode.DATA);
  }

  @Test
  void whatIsUnreadableInsideAFolderIsInconclusive() throws Exception {
    write("old/a.yaml", TinyProject.document("validUntil", ""));
    write("old/bad.json", "{");

    Cli cli = batch(pair("a", folder.resolve("old").toString(), base));

    assertThat(objects(cli).get(0).path("unread").path(0).asText()).contains("bad.json");
    assertThat(cli.exit()).isEqualTo(ExitCode.INCONCLUSIVE);
  }

  @Test
  void aSideWithoutContractsIsNoPass() throws Exception {
    write("none/values.yaml", "a: 1");

    Cli cli = batch(pair("a", folder.resolve("none").toString(), base));

    assertThat(objects(cli).get(0).path("unread").path(0).asText())
        .isEqualTo("There is no contract in the base");
    assertThat(cli.exit()).isEqualTo(ExitCode.INCONCLUSIVE);
  }

  @Test
  void aListThatIsNotThereIsUnreadableInput() {
    Cli cli = Cli.run("diff", "--batch", folder.resolve("nowhere.tsv").toString());

    assertThat(cli.exit()).isEqualTo(ExitCode.DATA);
    assertThat(cli.err()).contains("no such list");
  }

  @Test
  void anEmptyListIsNoFailure() throws Exception {
    Cli cli = batch("# nothing\n");

    assertThat(cli.exit()).isEqualTo(ExitCode.PASS);
    assertThat(cli.out()).isEmpty();
  }

  @Test
  void theListMayComeOnStandardInput() throws Exception {
    InputStream before = System.in;
    try {
      System.setIn(
          new ByteArrayInputStream(pair("piped", base, base).getBytes(StandardCharsets.UTF_8)));
      assertThat(objects(Cli.run("diff", "--batch", "-")).get(0).path("name").asText())
          .isEqualTo("piped");
    } finally {
      System.setIn(before);
    }
  }
}
