package dev.codicil.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;

class StormTest {
  private static final String ROOT = Path.of("src/test/resources/project").toString();

  @Test
  void aPactTestIsRunAsPactRunsItAndThenUnderEveryFault() {
    List<Event> cells = run("anOutageIsSaid");

    assertThat(lines(cells))
        .containsExactly(
            "SUCCESSFUL calm, by Pact",
            "SUCCESSFUL calm, behind the proxy",
            "SUCCESSFUL reset(after=before-request) on shop->catalog, request",
            "SUCCESSFUL status(retry-after=1s) on shop->catalog, reply",
            "SUCCESSFUL status(status=500) on shop->catalog, reply");
  }

  @Test
  void whatAFaultMakesOfAReplyIsToldWithTheReplay() {
    List<Event> cells = run("aPriceIsANumber");

    assertThat(lines(cells))
        .contains(
            "SUCCESSFUL drop-field(pointer=/price) on shop->catalog, reply",
            "FAILED null-field(pointer=/price) on shop->catalog, reply");
    Event wrong =
        cells.stream()
            .filter(cell -> cell.getTestDescriptor().getDisplayName().startsWith("null-field"))
            .filter(cell -> cell.getTestDescriptor().getDisplayName().contains("/price"))
            .findFirst()
            .orElseThrow();
    assertThat(message(wrong))
        .startsWith("fragile: Prices#aPriceIsANumber under null-field(pointer=/price)")
        .contains("CORRUPTED (AssertionFailedError: ")
        .contains("  struck: null-field: /price")
        .containsPattern("replay: mvn test -Dtest=Prices#aPriceIsANumber -Dcodicil.only=\\w+");
  }

  @Test
  void anAmendmentThatThePactDoesNotSurviveIsBroken() {
    List<Event> cells = run("thePriceIsStillThere");

    assertThat(lines(cells))
        .containsExactly(
            "SUCCESSFUL calm, by Pact", "SUCCESSFUL before, calm", "FAILED after, calm");
    assertThat(message(cells.get(2)))
        .startsWith("broken: Prices#thePriceIsStillThere in calm")
        .contains("`price` of 200 application/json was removed");
  }

  @Test
  void aTestThatPactFailsIsNotPutIntoTheStorm() {
    List<Event> cells = run("somethingElseIsAsked");

    assertThat(lines(cells)).containsExactly("FAILED calm, by Pact");
  }

  private static List<Event> run(String name) {
    Method method =
        Arrays.stream(Pacts.Prices.class.getDeclaredMethods())
            .filter(one -> one.getName().equals(name))
            .findFirst()
            .orElseThrow();
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectMethod(Pacts.Prices.class, method))
        .configurationParameter(ProjectRoot.PROPERTY, ROOT)
        .execute()
        .testEvents()
        .filter(event -> event.getType() == EventType.FINISHED)
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
