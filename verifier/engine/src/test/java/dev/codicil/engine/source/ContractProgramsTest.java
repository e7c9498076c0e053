package dev.codicil.engine.source;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.THROWABLE;

import dev.codicil.contract.InputException;
import dev.codicil.contract.Interaction;
import dev.codicil.contract.Ledger;
import dev.codicil.contract.Location;
import dev.codicil.contract.Source;
import dev.codicil.engine.Formats;
import dev.codicil.engine.source.ContractPrograms.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of contracts that are programs; who runs them is played here. */
class ContractProgramsTest {
  private static final String FOLDER = "contracts/scc/licenses/shop/";
  private static final String CODE = "// Contract.make {\n\nContract.make {\n}\n";
  private static final String TWO =
      """
      [{"request": {"method": "GET", "url": "/a"}, "response": {"status": 200}},
       {"name": "b", "request": {"method": "GET", "url": "/b"}, "response": {"status": "no"}}]
      """;

  private static final String GOOD = TWO.replace("\"no\"", "204");

  @TempDir Path root;
  private final Player player = new Player();
  private final ContractLoader loader = new ContractLoader(Formats.builtIn(), player);

  /** Answers what it was told to, and remembers what it was asked. */
  private static final class Player implements ContractPrograms {
    final Map<String, Answer> answers = new LinkedHashMap<>();
    final List<List<String>> asked = new ArrayList<>();
    final List<List<String>> beside = new ArrayList<>();

    @Override
    public Map<String, Answer> run(Source source, List<String> beside, List<String> programs) {
      this.beside.add(beside);
      asked.add(programs);
      Map<String, Answer> given = new LinkedHashMap<>();
      programs.forEach(
          program -> given.put(program, answers.getOrDefault(program, Answer.of("[]", List.of()))));
      return given;
    }
  }

  @BeforeEach
  void oneContract() throws Exception {
    write(FOLDER + "find.groovy", CODE);
  }

  private void write(String path, String text) throws Exception {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private ContractLoader.Loaded load() {
    return loader.load("base", new FolderSource(root, "root"), "contracts");
  }

  @Test
  void whatAProgramDescribesIsReadAndStandsAtItsLines() {
    player.answers.put(
        FOLDER + "find.groovy",
        Answer.of(TWO, List.of(List.of("request body: at '$.a': lost"), List.of())));

    ContractLoader.Loaded loaded = load();

    assertThat(loaded.contracts().get(0).interactions())
        .extracting(Interaction::key, interaction -> interaction.location().line())
        .hasSize(1)
        .allSatisfy(found -> assertThat(found.toList().get(1)).isEqualTo(1));
    assertThat(loaded.entries())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.fate()).isEqualTo(Ledger.Fate.LOADED);
              assertThat(entry.format()).isEqualTo("spring-cloud-contract");
              assertThat(entry.interactions()).isEqualTo(1);
              assertThat(entry.problems()).hasSize(2);
              assertThat(entry.problems().get(0))
                  .isEqualTo(FOLDER + "find.groovy:1: request body: at '$.a': lost");
              assertThat(entry.problems().get(1)).startsWith(FOLDER + "find.groovy:3: ");
            });
  }

  @Test
  void aProgramThatCannotBeRunIsUnreadableForItsReason() {
    player.answers.put(
        FOLDER + "find.groovy",
        Answer.failed(
            new InputException(
                new Location(FOLDER + "find.groovy", 2, 7, ""), "does not compile", "correct it")));

    Ledger.Entry entry = load().entries().get(0);

    assertThat(entry.fate()).isEqualTo(Ledger.Fate.UNREADABLE);
    assertThat(entry.problems())
        .containsExactly(FOLDER + "find.groovy:2:7: does not compile (correct it)");
  }

  @Test
  void aProgramThatIsNoContractIsNamedAsNone() {
    player.answers.put(FOLDER + "find.groovy", Answer.NONE);

    assertThat(load().entries().get(0).fate()).isEqualTo(Ledger.Fate.NOT_A_CONTRACT);
    assertThat(load().contracts()).isEmpty();
  }

  @Test
  void aProgramThatGivesNoContractsIsNotPassedOver() {
    Ledger.Entry entry = load().entries().get(0);

    assertThat(entry.fate()).isEqualTo(Ledger.Fate.EMPTY);
    assertThat(entry.problems()).containsExactly(FOLDER + "find.groovy: no interactions in it");
  }

  @Test
  void allProgramsOfASourceAreRunAtOnceWithTheFilesAroundThem() throws Exception {
    write(FOLDER + "Other.java", "import org.springframework.cloud.contract.spec.Contract;");
    write(FOLDER + "bodies/new.json", "{}");
    write("contracts/build.gradle", "plugins {}");
    write("contracts/amendments/a/find.groovy", CODE);
    write("src/find.groovy", CODE);

    load();

    assertThat(player.asked)
        .containsExactly(List.of(FOLDER + "Other.java", FOLDER + "find.groovy"));
    assertThat(player.beside.get(0))
        .containsExactly(
            "contracts/build.gradle",
            FOLDER + "Other.java",
            FOLDER + "bodies/new.json",
            FOLDER + "find.groovy");
  }

  @Test
  void whereThereIsNoProgramNothingIsRun() throws Exception {
    Files.delete(root.resolve(FOLDER + "find.groovy"));
    write(FOLDER + "build.groovy", "println 1");

    assertThat(load().entries()).isEmpty();
    assertThat(player.asked).isEmpty();
  }

  @Test
  void aNamedProgramIsRunWithTheFilesOfItsFolder() throws Exception {
    write(FOLDER + "beside.json", "{}");
    write(FOLDER + "below/deep.json", "{}");
    player.answers.put("find.groovy", Answer.of(TWO, List.of()));
    FolderSource source = new FolderSource(root.resolve(FOLDER), FOLDER + "find.groovy");

    ContractLoader.Loaded loaded = loader.loadNamed("base", source, "find.groovy");

    assertThat(loaded.contracts().get(0).consumer()).isEqualTo("shop");
    assertThat(player.beside).containsExactly(List.of("beside.json", "find.groovy"));
  }

  @Test
  void aNamedProgramThatWasNotAllowedIsRefusedWithWhatToDo() {
    FolderSource source = new FolderSource(root.resolve(FOLDER), FOLDER);
    ContractLoader none = new ContractLoader(Formats.builtIn());

    InputException refused =
        catchThrowableOfType(
            InputException.class, () -> none.loadNamed("base", source, "find.groovy"));

    assertThat(refused.what()).contains("is a program, which was not run");
    assertThat(refused.remedy()).contains("--allow-contract-code");
    assertThat(player.asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "a.kts,'a.kts: Kotlin''s compiler, which contracts in Kotlin need, is not there (build it: '",
    "a.kt,'a.kt: Spring Cloud Contract reads contracts in Kotlin from scripts alone (let its last'"
  })
  void kotlinThatCannotBeReadIsToldWithWhatToDo(String file, String told) {
    Map<String, Answer> answers =
        new ForkedPrograms("nowhere", null, ForkedPrograms.Limits.DEFAULT)
            .run(new FolderSource(root, "root"), List.of(file), List.of(file));

    assertThat(answers.get(file))
        .isNotNull()
        .extracting(Answer::failure, as(THROWABLE))
        .hasMessageStartingWith(told);
  }

  @Test
  void kotlinsCompilerHasTimeOfItsOwn() {
    ForkedPrograms.Limits limits = new ForkedPrograms.Limits(20, 60);

    assertThat(limits.secondsFor(List.of("a.groovy", "b.java"))).isEqualTo(60);
    assertThat(limits.secondsFor(List.of("a.groovy", "b.kts", "c.kts"))).isEqualTo(60 + 60 + 6);
    assertThat(limits.secondsFor(Collections.nCopies(10_000, "a.kts"))).isEqualTo(600);
  }

  @Test
  void contractsOfAScriptInKotlinStandAtTheirLines() throws Exception {
    Files.delete(root.resolve(FOLDER + "find.groovy"));
    write(FOLDER + "two.kts", "// contracts\nlistOf(contract {\n}, contract{\n})\n");
    player.answers.put(FOLDER + "two.kts", Answer.of(GOOD, List.of()));

    assertThat(load().contracts().get(0).interactions())
        .extracting(interaction -> interaction.location().toString())
        .containsExactly(FOLDER + "two.kts:2", FOLDER + "two.kts:3");
  }

  @Test
  void buildScriptsAreNoContracts() throws Exception {
    Files.delete(root.resolve(FOLDER + "find.groovy"));
    write("contracts/build.gradle.kts", "contracts {\n  testMode.set(x)\n}\n");

    assertThat(load().entries()).isEmpty();
    assertThat(player.asked).isEmpty();
  }
}
