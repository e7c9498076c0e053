package dev.codicil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.DocumentReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What workflows and actions may not do, held for all of those that we run and that we offer. */
class WorkflowsTest {
  private static final Path GITHUB = CodicilProcess.ROOT.resolve(".github");
  private static final Path TEMPLATES = CodicilProcess.ROOT.resolve("docs/workflows");
  private static final Pattern PINNED =
      Pattern.compile("[a-z0-9_.-]+/[a-z0-9_./-]+@[0-9a-f]{40}", Pattern.CASE_INSENSITIVE);
  private static final Pattern LOCAL = Pattern.compile("\\./[A-Za-z0-9_./-]+");
  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{(.*?)}}", Pattern.DOTALL);

  static Stream<Path> all() throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path folder : List.of(GITHUB, TEMPLATES)) {
      try (Stream<Path> files = Files.walk(folder)) {
        files
            .filter(file -> file.toString().matches(".*\\.ya?ml"))
            .filter(file -> !file.endsWith("gitlab-ci.yml"))
            .forEach(found::add);
      }
    }
    return found.stream().sorted();
  }

  static Stream<Path> workflows() throws IOException {
    return all().filter(file -> !file.endsWith("action.yml"));
  }

  private static JsonNode read(Path file) throws IOException {
    return DocumentReader.read(file.getFileName().toString(), Files.readAllBytes(file)).root();
  }

  /** All values of a key, wherever it stands. */
  private static List<JsonNode> values(JsonNode node, String key) {
    List<JsonNode> found = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (entry.getKey().equals(key)) {
        found.add(entry.getValue());
      }
      found.addAll(values(entry.getValue(), key));
    }
    if (node.isArray()) {
      node.forEach(item -> found.addAll(values(item, key)));
    }
    return found;
  }

  @Test
  void theFilesAreThere() throws IOException {
    assertThat(all().map(file -> CodicilProcess.ROOT.relativize(file).toString()))
        .contains(
            ".github/actions/codicil/action.yml",
            ".github/actions/codicil/post/action.yml",
            ".github/workflows/ci.yml",
            ".github/workflows/codicil.yml",
            "docs/workflows/codicil.yml",
            "docs/workflows/fork-post.yml",
            "docs/workflows/fork-run.yml");
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyActionIsPinnedByItsCommitWithTheVersionBesideIt(Path file) throws IOException {
    for (JsonNode uses : values(read(file), "uses")) {
      String text = uses.asText();
      assertThat(PINNED.matcher(text).matches() || LOCAL.matcher(text).matches()).as(text).isTrue();
    }
    for (String line : Files.readAllLines(file)) {
      if (line.contains("uses:") && line.contains("@")) {
        assertThat(line).matches(".*@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+");
      }
    }
  }

  @Test
  void oneActionHasOneVersionEverywhere() throws IOException {
    Set<String> pins = new TreeSet<>();
    for (Path file : all().toList()) {
      values(read(file), "uses").forEach(uses -> pins.add(uses.asText()));
    }
    Set<String> owners = new TreeSet<>();
    List<String> repositories = new ArrayList<>();
    for (String pin : pins) {
      if (pin.contains("@")) {
        owners.add(pin.substring(0, pin.indexOf('/')));
        repositories.add(
            pin.replaceAll("^([^/]+/[^/@]+).*", "$1") + pin.substring(pin.indexOf('@')));
      }
    }
    assertThat(owners).containsExactly("actions");
    assertThat(repositories.stream().distinct().map(one -> one.replaceAll("@.*", "")))
        .doesNotHaveDuplicates()
        .isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("all")
  void noScriptHasAnExpressionInIt(Path file) throws IOException {
    for (JsonNode run : values(read(file), "run")) {
      assertThat(run.asText()).doesNotContain("${{");
    }
  }

  /** Where an expression stands as a value it is none that somebody else writes. */
  @ParameterizedTest
  @MethodSource("all")
  void noExpressionIsTextOfAStranger(Path file) throws IOException {
    Matcher matcher = EXPRESSION.matcher(Files.readString(file));
    while (matcher.find()) {
      assertThat(matcher.group(1).trim())
          .matches(
              "inputs\\.[a-z0-9-]+|steps\\.[a-z]+\\.outputs\\.[a-z-]+|github\\.token|github\\.ref"
                  + "|github\\.event\\.pull_request\\.number"
                  + "|github\\.event_name == 'pull_request'");
    }
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void permissionsAreSaidAndNoMoreThanNeeded(Path file) throws IOException {
    JsonNode workflow = read(file);
    assertThat(workflow.has("permissions")).as("permissions are said").isTrue();
    assertThat(workflow.path("permissions").properties())
        .allMatch(entry -> entry.getValue().asText().equals("read"));
    for (JsonNode permissions : values(workflow, "permissions")) {
      assertThat(permissions.isObject()).as("no read-all or write-all").isTrue();
      for (Map.Entry<String, JsonNode> entry : permissions.properties()) {
        if (entry.getValue().asText().equals("write")) {
          assertThat(entry.getKey()).isEqualTo("pull-requests");
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void noWorkflowRunsCodeOfStrangersWithItsOwnRights(Path file) throws IOException {
    assertThat(Files.readString(file)).doesNotContain("pull_request_target", "secrets.");
    for (JsonNode step :
        values(read(file), "steps").stream().flatMap(WorkflowsTest::items).toList()) {
      if (step.path("uses").asText().startsWith("actions/checkout@")) {
        assertThat(step.at("/with/persist-credentials").asText("true")).isEqualTo("false");
      }
    }
  }

  @Test
  void whatRunsAForkMayOnlyReadAndWhatPostsTakesNoCodeOfIt() throws IOException {
    JsonNode run = read(TEMPLATES.resolve("fork-run.yml"));
    JsonNode post = read(TEMPLATES.resolve("fork-post.yml"));

    assertThat(Files.readString(TEMPLATES.resolve("fork-run.yml"))).doesNotContain(": write");
    assertThat(values(run, "trust-head")).singleElement().matches(value -> !value.asBoolean());
    assertThat(values(post, "workflows").get(0).get(0)).isEqualTo(run.get("name"));
    for (JsonNode step : values(post, "steps").stream().flatMap(WorkflowsTest::items).toList()) {
      if (step.path("uses").asText().startsWith("actions/checkout@")) {
        assertThat(step.at("/with/repository").asText()).isEqualTo("OWNER/codicil");
      }
    }
    assertThat(values(post, "run")).isEmpty();
  }

  private static Stream<JsonNode> items(JsonNode array) {
    List<JsonNode> items = new ArrayList<>();
    array.forEach(items::add);
    return items.stream();
  }

  @Test
  void theReadmeOfTheActionTellsEveryInputAndOutput() throws IOException {
    JsonNode action = read(GITHUB.resolve("actions/codicil/action.yml"));
    String readme = Files.readString(GITHUB.resolve("actions/codicil/README.md"));

    for (String part : List.of("inputs", "outputs")) {
      assertThat(action.path(part).properties()).isNotEmpty();
      for (Map.Entry<String, JsonNode> entry : action.path(part).properties()) {
        assertThat(readme).contains("| `" + entry.getKey() + "` |");
        assertThat(entry.getValue().path("description").asText()).isNotBlank();
      }
    }
  }

  @Test
  void theJobForGitlabTrustsNoHeadAndGivesItNoEnvironment() throws IOException {
    JsonNode job = read(TEMPLATES.resolve("gitlab-ci.yml")).path("codicil");

    assertThat(job.path("script").get(2).asText())
        .startsWith("env -i ")
        .contains(" --no-trust-head ")
        .contains("--report gitlab=" + job.at("/artifacts/reports/codequality").asText())
        .contains("--report junit=" + job.at("/artifacts/reports/junit").asText());
  }
}
