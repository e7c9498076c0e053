package dev.codicil.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;

class AmendmentTestTest {
  private static final String ROOT = Path.of("src/test/resources/project").toString();

  @Test
  void aRenamedFieldBreaksTheTestInCalmAndNoStormIsJudged() {
    List<Event> cells = run(Cases.Prices.class, "thePriceIsRead");

    assertThat(lines(cells)).containsExactly("SUCCESSFUL before, calm", "FAILED after, calm");
    assertThat(message(cells.get(1)))
        .isEqualTo(
            """
            broken: Prices#thePriceIsRead in calm
              before: HELD, after: FAILED (NullPointerException: Cannot invoke \
            "com.fasterxml.jackson.databind.JsonNode.asInt()" because the return value of \
            "com.fasterxml.jackson.databind.JsonNode.get(String)" is null)
              amended: contracts/openapi/catalog.yaml:18:19: reply field `price` of 200 \
            application/json was removed (field-removed)
              amended: contracts/amendments/price-renamed/openapi/catalog.yaml:18:19: reply field \
            `amount` of 200 application/json was added, required (field-added)
              replay: mvn test -Dtest=Prices#thePriceIsRead""");
  }

  @Test
  void whatHeldBeforeAndHangsAfterIsResilienceLost() {
    List<Event> cells = run(Cases.Prices.class, "thePriceIsReadInTime");

    assertThat(lines(cells))
        .containsExactly(
            "SUCCESSFUL before, calm",
            "SUCCESSFUL after, calm",
            "SUCCESSFUL before, latency(latency=400ms) on shop->catalog, reply",
            "FAILED after, latency(latency=400ms) on shop->catalog, reply");
    assertThat(message(cells.get(3)))
        .startsWith(
            "resilience-lost: Prices#thePriceIsReadInTime under latency(latency=400ms) on"
                + " shop->catalog, reply\n  before: HELD, after: HUNG (longer than 700ms)\n")
        .contains("  struck: latency: waits 400ms; latency: waits 400ms")
        .containsPattern("replay: mvn test -Dtest=Prices#thePriceIsReadInTime -Dcodicil.only=\\w+");
  }

  @Test
  void whatOnlyTheAmendedContractAllowsIsGivenToTheTestAfterItAlone() {
    List<Event> cells = run(Cases.Prices.class, "everyItemHasAPrice");

    String anew =
        "amended-reply(pointer=/price, rule=field-became-optional) on shop->catalog, reply;"
            + " GET /items/{id}";
    assertThat(lines(cells))
        .contains("FAILED after, " + anew)
        .doesNotContain("SUCCESSFUL before, " + anew);
    assertThat(cells.stream().map(AmendmentTestTest::message).toList())
        .anyMatch(
            message ->
                message.startsWith("resilience-lost: Prices#everyItemHasAPrice under " + anew)
                    && message.contains("before: HELD, after: "));
  }

  @Test
  void oneStormIsReplayedByItsId() {
    List<Event> all = run(Cases.Prices.class, "thePriceIsReadInTime");
    String id = message(all.get(3)).replaceAll("(?s).*-Dcodicil.only=", "");

    assertThat(run(Cases.Prices.class, "thePriceIsReadInTime", id)).hasSize(4);
    assertThat(lines(run(Cases.Prices.class, "thePriceIsReadInTime", "none")))
        .containsExactly("SUCCESSFUL before, calm", "SUCCESSFUL after, calm");
  }

  @Test
  void whatIsDeclaredIsNoFailure() {
    List<Event> cells = run(Cases.Prices.class, "anOutageIsSaid");

    assertThat(cells).hasSizeGreaterThan(6);
    assertThat(lines(cells)).allMatch(line -> line.startsWith("SUCCESSFUL"));
    assertThat(lines(cells)).anyMatch(line -> line.contains("status(") && line.contains("after"));
  }

  @Test
  void withoutAnAmendmentATestIsPutIntoTheStormAsItIs() {
    List<Event> cells = run(Cases.Storms.class, "theNoteIsTakenAsItComes");

    assertThat(lines(cells))
        .contains(
            "SUCCESSFUL after, calm",
            "SUCCESSFUL after, drop-field(pointer=/price) on shop->catalog, reply",
            "FAILED after, drop-field(pointer=/note) on shop->catalog, reply")
        .noneMatch(line -> line.contains("before"));
    assertThat(cells.stream().map(AmendmentTestTest::message).toList())
        .anyMatch(
            message ->
                message.contains("drop-field(pointer=/note)")
                    && message.startsWith("fragile: ")
                    && message.contains("after: FAILED (NullPointerException"))
        .anyMatch(
            message ->
                message.contains("retype-field(pointer=/note") && message.contains("CORRUPTED"));
  }

  @Test
  void aFragileCellIsAbortedUnlessItIsAskedToFail() {
    List<Event> cells = run(Cases.Storms.class, "aFallbackIsSaid");

    assertThat(lines(cells))
        .contains("SUCCESSFUL after, drop-field(pointer=/note) on shop->catalog, reply")
        .noneMatch(line -> line.startsWith("FAILED"));
  }

  @Test
  void aTestThatFailsInCalmFailsAsItself() {
    List<Event> cells = run(Cases.Storms.class, "theTestIsWrong");

    assertThat(lines(cells)).containsExactly("FAILED after, calm");
    assertThat(message(cells.get(0))).contains("expected: 13");
  }

  @Test
  void mistakesAreOneClearError() {
    assertThat(containerError("anUnknownProvider"))
        .contains("no contract describes the provider 'catalogue'", "[catalog]");
    assertThat(containerError("anUnknownAmendment"))
        .contains("no amendment 'price-rename'", "did you mean 'price-renamed'?");
    assertThat(message(run(Cases.Mistakes.class, "aWrongType").get(0)))
        .contains("@ProviderUrl stands on a parameter of type int; expected String, URI or URL");
  }

  @Test
  void aTestThatCallsNobodyIsNotSaidToHold() {
    List<Event> cells = run(Cases.Mistakes.class, "nobodyIsCalled");

    assertThat(lines(cells)).containsExactly("FAILED after, calm");
    assertThat(message(cells.get(0))).contains("no call arrived");
  }

  private static List<Event> run(Class<?> cases, String method) {
    return run(cases, method, "");
  }

  private static List<Event> run(Class<?> cases, String method, String only) {
    return kit(only, method(cases, method))
        .execute()
        .testEvents()
        .filter(event -> event.getType() == EventType.FINISHED)
        .toList();
  }

  private static String containerError(String method) {
    return kit("", method(Cases.Mistakes.class, method))
        .execute()
        .containerEvents()
        .filter(event -> event.getType() == EventType.FINISHED)
        .map(AmendmentTestTest::message)
        .filter(message -> !message.isEmpty())
        .findFirst()
        .orElseThrow();
  }

  private static DiscoverySelector method(Class<?> cases, String method) {
    return java.util.Arrays.stream(cases.getDeclaredMethods())
        .filter(one -> one.getName().equals(method))
        .findFirst()
        .<DiscoverySelector>map(one -> selectMethod(cases, one))
        .orElseGet(() -> selectClass(cases));
  }

  private static EngineTestKit.Builder kit(String only, DiscoverySelector selector) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selector)
        .configurationParameter(ProjectRoot.PROPERTY, ROOT)
        .configurationParameter(AmendmentExtension.ONLY, only);
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
