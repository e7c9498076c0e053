package dev.codicil.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.experiment.Peer;
import dev.codicil.experiment.Subject;
import dev.codicil.experiment.Upstream;
import dev.codicil.verdict.FindingKind;
import dev.codicil.verdict.Policy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectReaderTest {
  private static final Path REPOSITORY = Path.of("../..");

  private static Project read(String text) {
    return ProjectReader.read(Path.of("root"), text.getBytes(StandardCharsets.UTF_8));
  }

  private static InputException refused(String text) {
    return catchThrowableOfType(InputException.class, () -> read(text));
  }

  @Test
  void theFileOfThisRepositoryIsReadInFull() {
    Project project = ProjectReader.read(REPOSITORY);

    assertThat(project.contracts()).isEqualTo("contracts");
    assertThat(project.base()).isNull();
    assertThat(project.subjects()).containsOnlyKeys("license-authority", "checkout", "billing");
    assertThat(project.sources().get("checkout")).contains("sample-services/checkout/src/main");
    assertThat(project.policy().failOn())
        .containsExactlyInAnyOrder(FindingKind.BROKEN, FindingKind.RESILIENCE_LOST);
    Subject checkout = project.subjects().get("checkout");
    assertThat(checkout).isNotNull();
    assertThat(checkout.command()).startsWith("java").contains("{artifact}");
    assertThat(checkout.upstreams()).containsOnlyKeys("license-authority");
    assertThat(checkout.probes())
        .extracting("name")
        .containsExactly("buy", "buy-under-expired-license", "purchase");
    assertThat(checkout.given().get("POST /orders"))
        .isEqualTo(Map.of("license-authority", List.of("license L-1 is active")));
    assertThat(checkout.timeBudget()).isEqualTo(Duration.ofSeconds(2));
    Subject authority = project.subjects().get("license-authority");
    assertThat(authority).isNotNull();
    assertThat(authority.effects()).hasSize(3);
    assertThat(authority.given().get("GET /licenses/{id}"))
        .isEqualTo(Map.of("license-authority", List.of("license L-1 is active")));
  }

  @Test
  void aFolderWithoutAFileIsAProjectWithDefaults(@TempDir Path folder) {
    Project project = ProjectReader.read(folder);

    assertThat(project.contracts()).isEqualTo("contracts");
    assertThat(project.subjects()).isEmpty();
    assertThat(project.rollout()).isEqualTo("provider-first");
    assertThat(project.profiles()).contains("field-loss", "outage");
    assertThat(project.policy()).isEqualTo(Policy.DEFAULT);
  }

  @Test
  void aFileThatSaysNothingMoreHasTheSameDefaults(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve(Project.FILE), "version: 1\n");

    Project without = ProjectReader.read(Files.createDirectory(folder.resolve("empty")));
    Project with = ProjectReader.read(folder);

    assertThat(with).usingRecursiveComparison().ignoringFields("root").isEqualTo(without);
  }

  @Test
  void anUnknownKeyStandsAtItsLineWithTheKnownOnes() {
    InputException refused =
        refused("version: 1\nsubjects:\n  shop:\n    command: run\n    comand: run\n");

    assertThat(refused.location().toString()).isEqualTo("codicil.yaml:5:5");
    assertThat(refused.what()).isEqualTo("unknown key 'comand'");
    assertThat(refused.remedy())
        .isEqualTo(
            "known here: artifact, build, chaos-monkey, command, direct, effects, env, git, given, headers, image,"
                + " listens, messages, nodes, port, probes, publishes, pull, ready, recovery, reset, sources, startup, state,"
                + " timeBudget, upstreams");
  }

  @Test
  void aMissingCommandIsNamedAtItsSubject() {
    InputException refused = refused("version: 1\nsubjects:\n  shop:\n    build: make\n");

    assertThat(refused.location().toString()).isEqualTo("codicil.yaml:3:3");
    assertThat(refused.what()).isEqualTo("the key 'command' is missing");
  }

  @Test
  void anImageNeedsNoCommandAndIsNamedBySide() {
    ContainerImage image =
        ProjectReader.imagesOf(
                "version: 1\nsubjects:\n  shop: { image: 'shop:{side}', port: 9000 }\n"
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8))
            .get("shop");

    assertThat(image).isNotNull();
    assertThat(image.name("head")).isEqualTo("shop:head");
    assertThat(image.port()).isEqualTo(9000);
    assertThat(image.pull()).isEqualTo(dev.codicil.storm.run.ContainerEngine.Pull.MISSING);
    assertThat(image.location().line()).isEqualTo(3);
  }

  @Test
  void whatAContainerCannotHaveIsRefusedAtItsLine() {
    InputException artifact =
        refused("version: 1\nsubjects:\n  shop:\n    image: shop:1\n    artifact: a.jar\n");
    assertThat(artifact.location().line()).isEqualTo(5);
    assertThat(artifact.what()).contains("'artifact' stands beside 'image'");

    InputException port =
        refused("version: 1\nsubjects:\n  shop:\n    command: run\n    port: 1\n");
    assertThat(port.what()).contains("'image'").contains("'port'");

    InputException broker =
        refused(
            """
            version: 1
            brokers: { bus: { kafka: embedded } }
            subjects:
              shop:
                image: shop:1
                listens: { orders: { broker: bus, group: shop, read: GET /count } }
            """);
    assertThat(broker.location().line()).isEqualTo(5);
    assertThat(broker.what()).isEqualTo("a container cannot reach the embedded broker 'bus' yet");

    InputException name = refused("version: 1\nsubjects:\n  shop: { image: '-v /:/host' }\n");
    assertThat(name.location().line()).isEqualTo(3);
  }

  @Test
  void aDuplicateKeyIsRefusedAtItsLine() {
    InputException refused = refused("version: 1\ncontracts: a\ncontracts: b\n");

    assertThat(refused.location().line()).isEqualTo(3);
    assertThat(refused.what()).contains("contracts");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  \n", "# only a comment\n", "just text", "[1, 2]", "null", "{"})
  void whatIsNoMapIsRefused(String text) {
    InputException refused = refused(text);

    assertThat(refused).isNotNull();
    assertThat(refused.location().file()).isEqualTo(Project.FILE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "17", "1000", "1.5", "two", "99999999999999999999", "[2]"})
  void aWrongNumberOfNodesStandsAtItsLine(String nodes) {
    InputException refused =
        refused("version: 1\nsubjects:\n  shop:\n    command: run\n    nodes: " + nodes + "\n");

    assertThat(refused).isNotNull();
    assertThat(refused.location().line()).isEqualTo(5);
  }

  @Test
  void aSubjectHasOneNodeUnlessItSaysMore() {
    String shop = "version: 1\nsubjects:\n  shop:\n    command: run\n";
    assertThat(read(shop).subjects().values()).extracting(Subject::nodes).containsExactly(1);
    assertThat(read(shop + "    nodes: 3\n").subjects().values())
        .extracting(Subject::nodes)
        .containsExactly(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "2 s", "soon", "-2s", "9999999999h", "2s\\n"})
  void aWrongDurationStandsAtItsLine(String duration) {
    InputException refused =
        refused(
            "version: 1\nsubjects:\n  shop:\n    command: run\n    timeBudget: \""
                + duration
                + "\"\n");

    assertThat(refused).isNotNull();
    assertThat(refused.location().line()).isEqualTo(5);
  }

  @Test
  void anUpstreamThatIsNoSubjectNeedsAStub() {
    String subject = "version: 1\nsubjects:\n  shop:\n    command: run\n    upstreams:\n";

    InputException refused = refused(subject + "      bank: {}\n");

    assertThat(refused.location().toString()).isEqualTo("codicil.yaml:6:7");
    assertThat(refused.what()).isEqualTo("the upstream 'bank' is no subject and has no stub");
    assertThat(read(subject + "      bank: { stub: contracts/bank.yaml }\n").subjects())
        .containsKey("shop");
  }

  @Test
  void upstreamsMaySpeakTlsAndConnectionsPastTheProxyAreDeclared() {
    Subject subject =
        read("""
        version: 1
        subjects:
          svc:
            command: run {tls.ca}
            env: { STORE: "{tls.truststore}" }
            upstreams:
              a: { stub: contracts/a.yaml, tls: true }
              b: { stub: contracts/b.yaml }
            direct: ["db.local:5432", "*:4317", "[::1]:*"]
        """)
            .subjects()
            .get("svc");

    assertThat(subject).isNotNull();
    assertThat(subject.upstreams().values())
        .containsExactly(
            new Upstream("a", "contracts/a.yaml", true), new Upstream("b", "contracts/b.yaml"));
    assertThat(subject.direct())
        .containsExactly(new Peer("db.local", 5432), new Peer("*", 4317), new Peer("::1", 0));
  }

  @Test
  void anUpstreamMaySpeakSomethingElseThanHttp() {
    Subject subject =
        read("""
        version: 1
        subjects:
          svc:
            command: run
            upstreams: { db: { tcp: "127.0.0.1:5432" } }
        """)
            .subjects()
            .get("svc");

    assertThat(subject).isNotNull();
    assertThat(subject.upstreams().values())
        .containsExactly(new Upstream("db", null, false, new Peer("127.0.0.1", 5432)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tcp: 'db'                            | 'db' is not HOST:PORT",
        "tcp: 'db:*'                          | 'db:*' is not one address",
        "tcp: '*:5432'                        | '*:5432' is not one address",
        "tcp: 'db:5432', stub: contracts/a.yaml | 'tcp' stands beside 'stub', which only HTTP has",
        "tcp: 'db:5432', tls: true            | 'tcp' stands beside 'tls', which only HTTP has"
      },
      quoteCharacter = '"')
  void aTcpUpstreamIsOneAddressAndNothingElse(String upstream, String what) {
    InputException error =
        refused(
            "version: 1\nsubjects:\n  svc:\n    command: run\n    upstreams:\n      db: { "
                + upstream
                + " }\n");

    assertThat(error.what()).isEqualTo(what);
    assertThat(error.location().line()).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5432", "'db:'", "'db:70000'", "'::1:80'", "'postgres://db:5432'"})
  void aPeerThatIsNoHostAndPortStandsAtItsLine(String peer) {
    InputException error =
        refused(
            "version: 1\nsubjects:\n  svc:\n    command: run\n    direct:\n      - 'a:1'\n      - "
                + peer
                + "\n");

    assertThat(error.location().line()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"    command: run {tls.ca}", "    command: run\n    env: { A: '{tls.ca}' }"})
  void trustIsAskedForOnlyWhereAnEdgeSpeaksTls(String lines) {
    InputException error =
        refused(
            "version: 1\nsubjects:\n  svc:\n"
                + lines
                + "\n    upstreams: { a: { stub: contracts/a.yaml } }\n");

    assertThat(error).hasMessageContaining("no upstream of the subject speaks TLS");
    assertThat(error.location().line()).isEqualTo(3 + lines.lines().toList().size());
  }

  @Test
  void statesOfWhatIsNoSubjectAreRefused() {
    InputException refused =
        refused(
            """
            version: 1
            subjects:
              shop:
                command: run
                given:
                  GET /orders: { bank: [rich] }
            """);

    assertThat(refused.location().line()).isEqualTo(6);
    assertThat(refused.what()).contains("'bank'").contains("no subject");
  }

  @Test
  void statesOfAProbeAreHeldToTheSubjectsToo() {
    InputException refused =
        refused(
            """
            version: 1
            subjects:
              shop:
                command: run
                probes:
                  buy: { request: POST /orders, given: { bank: [rich] }, held: { status: 201 } }
            """);

    assertThat(refused.what()).contains("'bank'");
    assertThat(refused.location().line()).isEqualTo(6);
  }

  @ParameterizedTest
  @CsvSource({
    "contracts: ../elsewhere, 2",
    "contracts: /etc, 2",
    "contracts: a/../../b, 2",
    "contracts: '..\\elsewhere', 2",
  })
  void contractsLieInTheProject(String line, int at) {
    InputException refused = refused("version: 1\n" + line + "\n");

    assertThat(refused.location().line()).isEqualTo(at);
    assertThat(refused.what()).contains("leads out of the project");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "artifact: ../app.jar",
        "sources: [src, ../other]",
        "upstreams: { bank: { stub: /etc/bank.yaml } }"
      })
  void everyPathOfASubjectLiesInTheProject(String line) {
    InputException refused =
        refused("version: 1\nsubjects:\n  shop:\n    command: run\n    " + line + "\n");

    assertThat(refused).isNotNull();
    assertThat(refused.location().line()).isEqualTo(5);
    assertThat(refused.what()).contains("leads out of the project");
  }

  @Test
  void aPathWithANulIsNoPath() {
    assertThat(refused("version: 1\ncontracts: \"a\\0b\"\n").location().line()).isEqualTo(2);
  }

  @Test
  void aQuoteThatDoesNotEndIsRefusedAtTheCommand() {
    InputException refused =
        refused("version: 1\nsubjects:\n  shop:\n    command: java \"-jar app.jar\n");

    assertThat(refused.location().line()).isEqualTo(4);
    assertThat(refused.what()).contains("quote");
  }

  @Test
  void aBlankCommandIsRefused() {
    assertThat(refused("version: 1\nsubjects:\n  shop:\n    command: \"  \"\n").what())
        .isEqualTo("the command is blank");
  }

  @Test
  void aCommandMayBeAListAndIsNotSplitThen() {
    Project project =
        read("version: 1\nsubjects:\n  shop:\n    command: [java, -jar, my app.jar]\n");

    assertThat(project.subjects().get("shop"))
        .extracting(Subject::command)
        .isEqualTo(List.of("java", "-jar", "my app.jar"));
  }

  @Test
  void wordsAreSplitAtBlanksAndKeptTogetherByQuotes() {
    Location here = Location.of("here");

    assertThat(ProjectReader.words("  java\t-jar   app.jar ", here))
        .containsExactly("java", "-jar", "app.jar");
    assertThat(ProjectReader.words("say 'it is' \"so \" '' a'b'c \"it's\"", here))
        .containsExactly("say", "it is", "so ", "", "abc", "it's");
    assertThat(ProjectReader.words("path\\with\\backslash $HOME *.jar", here))
        .containsExactly("path\\with\\backslash", "$HOME", "*.jar");
  }

  @Test
  void aNameWithAPathInItIsNoNameOfASubject() {
    InputException refused = refused("version: 1\nsubjects:\n  ../evil: { command: run }\n");

    assertThat(refused).isNotNull();
    assertThat(refused.location().file()).isEqualTo(Project.FILE);
  }
}
