package dev.codicil.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;

@Isolated("one system property says where the project is")
class ProviderReplayTest {
  private static final String LATE =
      "item A1 (GET /items/A1), for shop, latency(latency=30s) on catalog->prices, reply";

  @BeforeEach
  void project() {
    System.setProperty(ProjectRoot.PROPERTY, Path.of("src/test/resources/provider").toString());
  }

  @AfterEach
  void forget() {
    System.clearProperty(ProjectRoot.PROPERTY);
    System.clearProperty(AmendmentExtension.ONLY);
  }

  @Test
  void aProviderThatRefusesInTimePassesInCalmAndStorm() {
    assertThat(lines(run(Replays.Patient.class)))
        .containsExactly(
            "SUCCESSFUL GET /items/{id}, calm",
            "SUCCESSFUL GET /items/{id}, latency(latency=30s) on catalog->prices, reply",
            "SUCCESSFUL item A1 (GET /items/A1), for shop, calm",
            "SUCCESSFUL " + LATE);
  }

  @Test
  void aProviderThatWaitsForItsUpstreamIsFragileWithWhatStruckItAndHowToReplay() {
    List<Event> cells = run(Replays.Waiting.class);

    assertThat(lines(cells))
        .containsExactly("SUCCESSFUL item A1 (GET /items/A1), for shop, calm", "FAILED " + LATE);
    assertThat(message(cells.get(1)).replaceAll("codicil.only=\\w+", "codicil.only=ID"))
        .isEqualTo(
            """
            fragile: item A1 (GET /items/A1), for shop under latency(latency=30s) on \
            catalog->prices, reply
              outcome: HUNG
              struck: latency: waits 30s
              sent: GET /items/A1
              came: nothing within 600 ms
              asked in contracts/pact/shop-catalog.json:5:5
              replay: mvn test -Dtest=Waiting#keepsItsPromises -Dcodicil.only=ID""");
    assertThat(String.join(" ", Replays.Waiting.STATES))
        .as("each state is taken back before it is set up again")
        .matches("(sold gone ?)+");
  }

  @Test
  void whatIsNotToFailIsAborted() {
    assertThat(lines(run(Replays.Lenient.class)))
        .containsExactly("SUCCESSFUL item A1 (GET /items/A1), for shop, calm", "ABORTED " + LATE);
  }

  @Test
  void aBrokenPromiseFailsInCalmAndItsStormsAreNotReplayed() {
    List<Event> cells = run(Replays.Broken.class);

    assertThat(lines(cells)).containsExactly("FAILED item A1 (GET /items/A1), for shop, calm");
    assertThat(message(cells.get(0)).replaceAll("codicil.only=\\w+", "codicil.only=ID"))
        .isEqualTo(
            """
            broken: item A1 (GET /items/A1), for shop in calm
              outcome: FAILED
              sent: GET /items/A1
              came: HTTP/1.1 200 {"id":"A1","price":12,"note":"green"}
              body/note: expected "blue", got "green"
              asked in contracts/pact/shop-catalog.json:5:5
              replay: mvn test -Dtest=Broken#keepsItsPromises -Dcodicil.only=ID""");
  }

  @Test
  void aStateThatNobodySetsUpIsSaid() {
    assertThat(message(run(Replays.Stateless.class).get(0)))
        .contains(
            "outcome: UNKNOWN, provider state 'item A1 is sold' could not be set up: no method of"
                + " Stateless does that; add one with @ProviderState(\"item A1 is sold\"), there are"
                + " [something else]");
  }

  @Test
  void aTestThatNeverSaysWhereTheProviderIsProvesNothing() {
    assertThat(message(run(Replays.Nowhere.class).get(0)))
        .startsWith("nothing was replayed: the test must say where the provider listens");
  }

  @Test
  void anUnknownProviderIsAnErrorThatNamesThoseThereAre() {
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(Replays.Unknown.class))
        .execute()
        .allEvents()
        .failed()
        .assertThatEvents()
        .hasSize(1)
        .allSatisfy(
            event ->
                assertThat(message(event))
                    .isEqualTo(
                        "contracts: no contract asks anything of the provider 'catalogue'; did you"
                            + " mean 'catalog'? (contracts are there of [catalog, catalog (for"
                            + " shop), prices])"));
  }

  @Test
  void oneStormIsReplayedWithItsCalmCellByItsId() {
    String id =
        message(run(Replays.Waiting.class).get(1)).replaceAll("(?s).*codicil.only=(\\w+).*", "$1");
    System.setProperty(AmendmentExtension.ONLY, id);

    assertThat(run(Replays.Waiting.class)).hasSize(2);

    System.setProperty(AmendmentExtension.ONLY, "no-such-id");

    assertThat(run(Replays.Waiting.class)).isEmpty();
  }

  private static List<Event> run(Class<?> cases) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(cases))
        .execute()
        .allEvents()
        .stream()
        .filter(event -> event.getType() == EventType.FINISHED)
        .filter(event -> event.getTestDescriptor().isTest())
        .toList();
  }

  private static List<String> lines(List<Event> cells) {
    return cells.stream()
        .map(
            event ->
                event.getRequiredPayload(TestExecutionResult.class).getStatus()
                    + " "
                    + event.getTestDescriptor().getDisplayName())
        .toList();
  }

  private static String message(Event event) {
    return event
        .getPayload(TestExecutionResult.class)
        .flatMap(TestExecutionResult::getThrowable)
        .map(thrown -> Optional.ofNullable(thrown.getMessage()).orElse(""))
        .orElse("");
  }
}
