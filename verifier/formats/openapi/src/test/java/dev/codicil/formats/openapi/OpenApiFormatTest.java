package dev.codicil.formats.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.amendment.Differ;
import dev.codicil.contract.ContractFormat.Reading;
import dev.codicil.contract.Credential;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Interaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenApiFormatTest {
  private static final OpenApiFormat FORMAT = new OpenApiFormat();

  /** Run with {@code -Dcodicil.golden=write} to write the files that a person then reviews. */
  @ParameterizedTest
  @ValueSource(strings = {"license-authority", "partner"})
  void readsTheModelThatAPersonReviewed(String name) throws IOException {
    String dump = ModelDump.of(MemorySource.fixtures().reading(name + ".yaml"));

    if ("write".equals(System.getProperty("codicil.golden"))) {
      Files.writeString(Path.of("src/test/resources/openapi/" + name + ".golden"), dump);
    }

    assertThat(dump).isEqualTo(MemorySource.resource("/openapi/" + name + ".golden"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"license-authority.yaml", "partner.yaml"})
  void everyOperationInTheFileIsInTheModel(String file) {
    MemorySource source = MemorySource.fixtures();
    List<String> inFile = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path :
        source.document(file).root().get("paths").properties()) {
      for (Map.Entry<String, JsonNode> field : path.getValue().properties()) {
        if (field.getValue().has("responses")) {
          inFile.add(source.document(file).locate("/paths").file() + path.getKey());
        }
      }
    }

    assertThat(source.reading(file).contract().interactions()).hasSameSizeAs(inFile);
    assertThat(inFile).isNotEmpty();
  }

  @Test
  void readingTwiceGivesTheSameModel() {
    assertThat(ModelDump.of(MemorySource.fixtures().reading("partner.yaml")))
        .isEqualTo(ModelDump.of(MemorySource.fixtures().reading("partner.yaml")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "openapi: 3.0.0",
        "openapi: 3.1.1",
        "openapi: 3.1",
        "swagger: \"2.0\"",
        "openapi: 3.2.0"
      })
  void claimsDocumentsByTheirContent(String text) {
    assertThat(FORMAT.recognizes(MemorySource.of("a.yaml", text).document("a.yaml"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "asyncapi: 3.0.0",
        "- openapi",
        "openapi: {x: 3.0.0}",
        "consumer: {}",
        "openapi",
        "openapi: 1"
      })
  void leavesOtherDocumentsAlone(String text) {
    assertThat(FORMAT.recognizes(MemorySource.of("a.yaml", text).document("a.yaml"))).isFalse();
  }

  @Test
  void refusesSwaggerWithOneLocatedError() {
    assertThatThrownBy(() -> MemorySource.of("a.yaml", "\nswagger: '2.0'").reading("a.yaml"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("a.yaml:2:1: OpenAPI 2 (Swagger) is not yet read");
  }

  @Test
  void refusesVersionsItDoesNotKnow() {
    assertThatThrownBy(() -> MemorySource.of("a.yaml", "openapi: 3.2.0").reading("a.yaml"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("a.yaml:1:1: OpenAPI '3.2.0' is not yet read");
  }

  @Test
  void refusesPathsThatAreNoObject() {
    assertThatThrownBy(
            () -> MemorySource.of("a.yaml", "openapi: 3.0.0\npaths: [1]").reading("a.yaml"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("a.yaml:2:1");
  }

  @Test
  void namesTheProviderAfterTheFileUnlessTheDocumentSaysOtherwise() {
    String plain = "openapi: 3.0.0\npaths: {}";
    assertThat(
            MemorySource.of("a/b/my.api.v1.json", plain).reading("a/b/my.api.v1.json").contract())
        .satisfies(contract -> assertThat(contract.provider()).isEqualTo("my.api.v1"))
        .satisfies(contract -> assertThat(contract.consumer()).isNull());
    assertThat(
            MemorySource.of("a.yaml", plain + "\ninfo: {x-codicil-provider: ../etc}")
                .reading("a.yaml")
                .contract()
                .provider())
        .isEqualTo("../etc");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://h.example/v1|/v1/a",
        "https://h.example|/a",
        "/|/a",
        "/v2/|/v2/a",
        "//h/v3?x=1|/v3/a",
        "v4|/v4/a",
        ".|/a",
        "https://h.example/a/b/#f|/a/b/a"
      })
  void putsThePathOfTheFirstServerBeforeThePath(String urlAndPath) {
    String[] parts = urlAndPath.split("\\|");
    String text =
        "openapi: 3.0.0\nservers: [{url: '"
            + parts[0]
            + "'}, {url: /other}]\n"
            + "paths: {/a: {get: {responses: {}}}}";
    assertThat(MemorySource.of("a.yaml", text).reading("a.yaml").contract().http().get(0).path())
        .isEqualTo(parts[1]);
  }

  @Test
  void renamingAPathParameterKeepsTheIdentity() {
    assertThat(keys("'/a/{x}/b.{ext}': {get: {}}"))
        .isEqualTo(keys("'/a/{y}/b.{format}': {get: {}}"))
        .containsExactly("GET /a/{}/b.{}");
  }

  @Test
  void twoPathsThatAreOnePathAreToldAndReadOnce() {
    Reading reading = read("'/a/{x}': {get: {}}, '/a/{y}': {get: {}}");

    assertThat(reading.contract().interactions()).hasSize(1);
    assertThat(reading.problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("same operation"));
  }

  @Test
  void webhooksAndCallbacksAreCallsOfTheProvider() {
    Reading reading =
        MemorySource.of(
                "a.yaml",
                "openapi: 3.1.0\npaths: {/a: {post: {callbacks: {done: {'{$request.body#/url}':"
                    + " {post: {}}}}}}}\nwebhooks: {x: {post: {}, put: {}}, y: {}}")
            .reading("a.yaml");

    assertThat(reading.contract().interactions())
        .extracting(Interaction::description)
        .containsExactly(
            "POST /a", "POST /a callback done POST", "webhook x PUT", "webhook x POST");
    assertThat(reading.contract().http()).hasSize(1);
    assertThat(reading.problems())
        .extracting(problem -> problem.message())
        .containsExactly("expected a path item with at least one operation");
  }

  @Test
  void credentialsAreKnownByWhatTheyAreAndNotByTheirNames() {
    String named =
        "openapi: 3.1.0\nsecurity: [{NAME: []}]\npaths: {/a: {get: {}}, /b: {get: {security: []}}}\n"
            + "components: {securitySchemes: {NAME: {type: http, scheme: Bearer}}}";
    Reading one = MemorySource.of("a.yaml", named.replace("NAME", "one")).reading("a.yaml");
    Reading two = MemorySource.of("a.yaml", named.replace("NAME", "two")).reading("a.yaml");

    assertThat(one.contract().http().get(0).security())
        .containsExactly(Set.of(new Credential("http bearer", Set.of())));
    assertThat(one.contract().http().get(1).security()).isEmpty();
    assertThat(Differ.diff(List.of(one.contract()), List.of(two.contract()))).isEmpty();
  }

  @Test
  void malformedPartsAreToldWhereTheyStandAndTheRestIsRead() {
    Reading reading =
        read(
            "/a: {get: {parameters: [{name: x}, 5], responses: {okay: {}, '200': {description: d}}}},"
                + " b: {get: {}}, /c: 5, /d: {get: 7, put: {}}, x-e: {get: {}}");

    assertThat(reading.contract().interactions())
        .extracting(Interaction::key)
        .containsExactly("GET /a", "PUT /d");
    assertThat(reading.problems()).hasSize(6);
    assertThat(reading.problems())
        .allSatisfy(problem -> assertThat(problem.location().line()).isEqualTo(2));
  }

  private static Reading read(String paths) {
    return MemorySource.of("a.yaml", "openapi: 3.0.0\npaths: {" + paths + "}").reading("a.yaml");
  }

  private static List<String> keys(String paths) {
    return read(paths).contract().interactions().stream().map(Interaction::key).toList();
  }
}
