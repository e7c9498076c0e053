package dev.codicil.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.history.CellRecord;
import dev.codicil.verdict.Finding;
import dev.codicil.verdict.VerdictReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person reads is kept as files; write them anew with {@code -Dcodicil.golden=write}. */
class GoldenTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden");

  static Map<String, Supplier<String>> outputs() {
    Map<String, Supplier<String>> outputs = new LinkedHashMap<>();
    for (Reporter reporter : Reporters.builtIn()) {
      outputs.put(reporter.fileName(), () -> reporter.render(Fixture.report()));
    }
    outputs.put("console.txt", () -> ConsoleReport.render(Fixture.report(), false, 100));
    outputs.put("console.ansi", () -> ConsoleReport.render(Fixture.report(), true, 100));
    outputs.put("cells.txt", () -> CellsText.render(Fixture.partnerInLine(), cells(), false));
    outputs.put("diff.txt", () -> new DiffText(false).render(DiffFixture.renamed()));
    outputs.put("diff.ansi", () -> new DiffText(true).render(DiffFixture.renamed()));
    outputs.put("diff-none.txt", () -> new DiffText(false).render(DiffFixture.same()));
    outputs.put("diff.json", () -> new DiffJson().render(DiffFixture.renamed()));
    outputs.put("diff.md", () -> new DiffMarkdown().render(DiffFixture.renamed()));
    outputs.put("diff.sarif", () -> new DiffSarif().render(DiffFixture.renamed()));
    outputs.put("diff.github.txt", () -> new DiffGithub().render(DiffFixture.renamed()));
    outputs.put("diff.html", () -> new DiffHtml().render(DiffFixture.renamed()));
    outputs.put("rule.txt", () -> RulesText.card(DiffReportersTest.card("field-removed"), false));
    outputs.put("plan.txt", () -> PlanText.render(PlanFixture.plan(), false));
    outputs.put("empty.txt", () -> ConsoleReport.render(VerdictReport.of(List.of()), false, 100));
    return outputs;
  }

  private static List<CellRecord> cells() {
    Finding finding = Fixture.partnerInLine().findings().get(1);
    return finding.evidence();
  }

  private static String rendered(String name) {
    return Objects.requireNonNull(outputs().get(name)).get();
  }

  static List<String> names() {
    return List.copyOf(outputs().keySet());
  }

  @ParameterizedTest
  @MethodSource("names")
  void isAsTheGoldenFile(String name) throws IOException {
    String actual = rendered(name);
    Path golden = FOLDER.resolve(name);
    if (System.getProperty("codicil.golden", "").equals("write")) {
      Files.createDirectories(FOLDER);
      Files.writeString(golden, actual);
    }
    assertThat(actual).isEqualTo(Files.readString(golden));
  }

  @ParameterizedTest
  @MethodSource("names")
  void givesTheSameBytesAgain(String name) {
    assertThat(rendered(name)).isEqualTo(rendered(name));
  }
}
