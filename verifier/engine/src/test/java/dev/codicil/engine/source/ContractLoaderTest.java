package dev.codicil.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.codicil.contract.InputException;
import dev.codicil.contract.Ledger;
import dev.codicil.engine.Formats;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContractLoaderTest {
  private static final String OPENAPI =
      """
      openapi: 3.0.3
      info: { title: licenses, version: "1" }
      paths:
        /licenses:
          get: { responses: { "200": { description: all } } }
      """;
  private static final String EMPTY_PACT =
      """
      { "consumer": { "name": "shop" }, "provider": { "name": "licenses" }, "interactions": [],
        "metadata": { "pactSpecification": { "version": "3.0.0" } } }
      """;

  @TempDir Path root;
  private final ContractLoader loader = new ContractLoader(Formats.builtIn());

  private void write(String path, String text) throws Exception {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private ContractLoader.Loaded load() {
    return loader.load("base", new FolderSource(root, "root"), "contracts");
  }

  private Ledger.Entry only() {
    List<Ledger.Entry> entries = load().entries();
    assertThat(entries).hasSize(1);
    return entries.get(0);
  }

  @Test
  void contractsBelowTheFolderAreReadAndAmendmentsLeftOut() throws Exception {
    write("contracts/openapi/licenses.yaml", OPENAPI);
    write("contracts/amendments/a/openapi/licenses.yaml", OPENAPI);
    write("elsewhere/licenses.yaml", OPENAPI);
    write("contracts-old/licenses.yaml", OPENAPI);
    write("contracts/README.md", "words");

    ContractLoader.Loaded loaded = load();

    assertThat(loaded.contracts()).hasSize(1);
    assertThat(loaded.entries())
        .containsExactly(
            new Ledger.Entry(
                "base",
                "contracts/openapi/licenses.yaml",
                Ledger.Fate.LOADED,
                "openapi",
                1,
                List.of()));
  }

  @Test
  void aFileInTheWrongShapeIsUnreadableAtItsLine() throws Exception {
    write("contracts/bad.yaml", "openapi: 3.0.3\n  info: [\n");

    Ledger.Entry entry = only();

    assertThat(entry.fate()).isEqualTo(Ledger.Fate.UNREADABLE);
    assertThat(entry.problems()).singleElement().asString().startsWith("contracts/bad.yaml:2");
    assertThat(new Ledger(List.of(entry)).unread()).containsExactly(entry);
  }

  @Test
  void anEmptyFileIsUnreadable() throws Exception {
    write("contracts/empty.json", "");

    assertThat(only().fate()).isEqualTo(Ledger.Fate.UNREADABLE);
    assertThat(only().problems()).singleElement().asString().contains("the file is empty");
  }

  @Test
  void aPactWithoutInteractionsIsEmptyAndCountsAsUnread() throws Exception {
    write("contracts/pact.json", EMPTY_PACT);

    Ledger.Entry entry = only();

    assertThat(entry.fate()).isEqualTo(Ledger.Fate.EMPTY);
    assertThat(entry.format()).isEqualTo("pact");
    assertThat(entry.problems()).isNotEmpty();
    assertThat(new Ledger(List.of(entry)).unread()).containsExactly(entry);
  }

  @Test
  void aDocumentThatIsNoContractIsToldAndHarmless() throws Exception {
    write("contracts/values.yaml", "replicas: 3\n");

    assertThat(only().fate()).isEqualTo(Ledger.Fate.NOT_A_CONTRACT);
    assertThat(new Ledger(load().entries()).unread()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"license.avsc, Avro", "licenses.proto, Protobuf"})
  void aFormatThatIsNotReadYetIsNamed(String file, String format) throws Exception {
    write("contracts/" + file, "{}");

    Ledger.Entry entry = only();

    assertThat(entry.fate()).isEqualTo(Ledger.Fate.UNREADABLE);
    assertThat(entry.problems())
        .containsExactly("contracts/" + file + ": " + format + " is not read yet");
  }

  @ParameterizedTest
  @CsvSource({
    "shop.groovy, 'org.springframework.cloud.contract.spec.Contract.make { }'",
    "shop.groovy, 'package contracts\n[Contract.make { }]'",
    "shop.contract.kts, 'contract { }'",
    "Shop.java, 'import org.springframework.cloud.contract.spec.Contract;'",
    "shop.kt, 'import org.springframework.cloud.contract.spec.ContractDsl.Companion.contract'",
  })
  void aContractThatIsAProgramIsNamedAndNotRun(String file, String text) throws Exception {
    write("contracts/" + file, text);

    Ledger.Entry entry = only();

    assertThat(entry.fate()).isEqualTo(Ledger.Fate.UNREADABLE);
    assertThat(entry.problems())
        .containsExactly(
            "contracts/"
                + file
                + ": this Spring Cloud Contract is a program, which was not run"
                + " (--allow-contract-code runs it; allow it for code you trust, or write it in"
                + " YAML)");
  }

  @Test
  void otherProgramsAmongTheContractsAreNoContracts() throws Exception {
    write("contracts/build.gradle.kts", "plugins { java }");
    write("contracts/Helper.java", "class Helper {}");

    assertThat(load().entries()).isEmpty();
  }

  @Test
  void severalContractsInOneYamlFileAreRead() throws Exception {
    write(
        "contracts/scc/licenses/shop/find.yaml",
        """
        request: { method: GET, url: /a }
        response: { status: 200 }
        ---
        request: { method: GET, url: /b }
        response: { status: 200 }
        """);

    assertThat(only().fate()).isEqualTo(Ledger.Fate.LOADED);
    assertThat(only().format()).isEqualTo("spring-cloud-contract");
    assertThat(only().interactions()).isEqualTo(2);
  }

  @Test
  void aSecondDocumentOfAnyOtherFormatIsAnError() throws Exception {
    write("contracts/two.yaml", OPENAPI + "---\n" + OPENAPI);

    assertThat(only().fate()).isEqualTo(Ledger.Fate.UNREADABLE);
    assertThat(only().problems())
        .containsExactly("contracts/two.yaml:7:1: a second document in one file (keep one)");
  }

  @Test
  void anOldOpenApiDocumentIsNamedByItsFormat() throws Exception {
    write("contracts/old.json", "{\"swagger\": \"2.0\"}");

    assertThat(only().fate()).isEqualTo(Ledger.Fate.UNREADABLE);
    assertThat(only().problems())
        .singleElement()
        .asString()
        .startsWith("contracts/old.json:1:2: OpenAPI 2");
  }

  @Test
  void aNamedFileThatIsNoContractIsRefused() throws Exception {
    write("values.yaml", "replicas: 3\n");
    write("events.yaml", "asyncapi: 1.2.0\n");
    FolderSource source = new FolderSource(root, "root");

    InputException none =
        catchThrowableOfType(
            InputException.class, () -> loader.loadNamed("base", source, "values.yaml"));
    InputException foreign =
        catchThrowableOfType(
            InputException.class, () -> loader.loadNamed("base", source, "events.yaml"));

    assertThat(none.what()).isEqualTo("not a contract in a format that is read");
    assertThat(none.remedy()).contains("pact").contains("openapi");
    assertThat(foreign.what())
        .isEqualTo("AsyncAPI '1.2.0' is not yet read; expected 2.0 to 2.6 or 3.0");
  }

  @Test
  void oneFileMayBeNamedAsTheContracts() throws Exception {
    write("api.yaml", OPENAPI);
    write("api.yaml.json", "{}");

    ContractLoader.Loaded loaded = loader.load("head", new FolderSource(root, "root"), "api.yaml");

    assertThat(loaded.contracts()).hasSize(1);
    assertThat(loaded.entries()).extracting(Ledger.Entry::file).containsExactly("api.yaml");
  }
}
