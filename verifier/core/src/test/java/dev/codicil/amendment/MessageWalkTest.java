package dev.codicil.amendment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.contract.Body;
import dev.codicil.contract.Contract;
import dev.codicil.contract.Interaction;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Location;
import dev.codicil.contract.MessageInteraction;
import dev.codicil.contract.MessageInteraction.Flow;
import dev.codicil.contract.Parameter;
import dev.codicil.contract.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessageWalkTest {
  private static final Location HERE = Location.of("events.yaml");
  private static final Shape TEXT = Shape.at(HERE).type(JsonType.STRING).build();
  private static final Shape ANY = Shape.any(HERE);

  private static MessageInteraction message(
      Flow flow, String channel, String name, Shape content, Parameter... metadata) {
    return new MessageInteraction(
        flow + " " + channel + " " + name,
        name,
        List.of(),
        List.of(metadata),
        new Body(true, Map.of("application/json", content), HERE),
        flow,
        channel,
        HERE);
  }

  private static Parameter parameter(Parameter.In in, String name, boolean required) {
    return new Parameter(in, name, required, TEXT, HERE);
  }

  private static List<Contract> contract(Interaction... interactions) {
    return List.of(new Contract("asyncapi", "authority", null, List.of(interactions), HERE));
  }

  private static List<String> diff(List<Contract> before, List<Contract> after) {
    return Differ.diff(before, after).stream()
        .map(c -> c.severity() + " " + c.rule() + " " + c.direction() + " " + c.path())
        .toList();
  }

  @Test
  void whatTheProviderSendsMustNotWiden() {
    assertThat(
            diff(
                contract(message(Flow.FROM_PROVIDER, "a", "m", TEXT)),
                contract(message(Flow.FROM_PROVIDER, "a", "m", ANY))))
        .containsExactly("BREAKING type-widened REPLY body");
  }

  @Test
  void whatTheProviderTakesMustNotNarrow() {
    assertThat(
            diff(
                contract(message(Flow.TO_PROVIDER, "a", "m", TEXT)),
                contract(message(Flow.TO_PROVIDER, "a", "m", ANY))))
        .containsExactly("SAFE type-widened REQUEST body");
  }

  @Test
  void metadataFollowsTheFlowAndAddressesAreAlwaysChosen() {
    Parameter header = parameter(Parameter.In.HEADER, "trace", true);

    assertThat(
            diff(
                contract(message(Flow.TO_PROVIDER, "a", "m", TEXT)),
                contract(message(Flow.TO_PROVIDER, "a", "m", TEXT, header))))
        .containsExactly("BREAKING parameter-added REQUEST header:trace");
    assertThat(
            diff(
                contract(message(Flow.FROM_PROVIDER, "a", "m", TEXT)),
                contract(message(Flow.FROM_PROVIDER, "a", "m", TEXT, header))))
        .containsExactly("SAFE header-added REPLY header:trace");
    assertThat(
            diff(
                contract(
                    message(
                        Flow.FROM_PROVIDER,
                        "a/{x}",
                        "m",
                        TEXT,
                        parameter(Parameter.In.PATH, "x", true))),
                contract(
                    message(
                        Flow.FROM_PROVIDER,
                        "a/{y}",
                        "m",
                        TEXT,
                        parameter(Parameter.In.PATH, "y", true)))))
        .isEmpty();
  }

  @Test
  void aMessageAloneInItsChannelIsTheSameUnderAnyName() {
    assertThat(
            diff(
                contract(message(Flow.FROM_PROVIDER, "a", "old", TEXT)),
                contract(message(Flow.FROM_PROVIDER, "a", "new", ANY))))
        .containsExactly("BREAKING type-widened REPLY body");
  }

  @Test
  void amongSeveralOnlyTheSameContentMakesItTheSame() {
    Interaction other = message(Flow.FROM_PROVIDER, "a", "other", ANY);

    assertThat(
            diff(
                contract(other, message(Flow.FROM_PROVIDER, "a", "old", TEXT)),
                contract(other, message(Flow.FROM_PROVIDER, "a", "new", TEXT))))
        .isEmpty();
    assertThat(
            diff(
                contract(other, message(Flow.FROM_PROVIDER, "a", "old", TEXT)),
                contract(other, message(Flow.FROM_PROVIDER, "a", "new", ANY))))
        .containsExactly(
            "BREAKING interaction-removed OPERATION ", "SAFE interaction-added OPERATION ");
  }

  @Test
  void anotherChannelOrTheOtherDirectionIsAnotherMessage() {
    List<Contract> before = contract(message(Flow.FROM_PROVIDER, "a", "m", TEXT));

    assertThat(diff(before, contract(message(Flow.FROM_PROVIDER, "b", "m", TEXT)))).hasSize(2);
    assertThat(diff(before, contract(message(Flow.TO_PROVIDER, "a", "m", TEXT)))).hasSize(2);
  }
}
