package dev.codicil.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.Interposer.Passed;
import dev.codicil.chaos.MessageFault.Kind;
import dev.codicil.chaos.fault.Faults;
import dev.codicil.contract.Payload;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InterposerTest {
  private static final String EDGE = "topic one->billing";
  private static final List<Parcel> MESSAGES =
      List.of(message(0, "one"), message(1, "two"), message(2, "one"), message(3, "two"));

  private static Parcel message(int origin, String topic) {
    return new Parcel(
        origin, topic, "k" + origin, Map.of(), Payload.of("{\"a\":1,\"b\":" + origin + "}"));
  }

  private static BoundFault fault(String id, String edge, Map<String, String> parameters) {
    Fault fault = Faults.byId(id).orElseThrow();
    return new BoundFault(
        new PlannedFault(id, edge, Stream.DOWNSTREAM, new Parameters(parameters)), fault);
  }

  private static Passed pass(BoundFault... faults) {
    return new Interposer(1, "s", List.of(faults), Kind.ALTERED).pass(MESSAGES);
  }

  @Test
  void withoutFaultsEverythingPassesAsItIs() {
    Passed passed = pass();

    assertThat(passed.messages()).isSameAs(passed.messages()).isEqualTo(MESSAGES);
    assertThat(passed.injections()).isEmpty();
  }

  @Test
  void faultsOnOtherEdgesDoNothing() {
    assertThat(pass(fault("latency", "billing->partner", Map.of("latency", "1s"))).messages())
        .isEqualTo(MESSAGES);
  }

  @Test
  void onlyTheTopicIsDisturbedAndTheOthersKeepTheirPlaces() {
    Passed passed = pass(fault("reorder-messages", EDGE, Map.of()));

    assertThat(passed.messages()).extracting(Parcel::origin).containsExactly(2, 1, 0, 3);
    assertThat(passed.injections())
        .extracting(Injection::edge, Injection::call)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(EDGE, 2),
            org.assertj.core.groups.Tuple.tuple(EDGE, 0));
  }

  @Test
  void whatIsMoreThanTheTopicHadPlacesForFollowsItsLastOne() {
    Passed passed = pass(fault("duplicate-message", EDGE, Map.of("again", "later")));

    assertThat(passed.messages()).extracting(Parcel::origin).containsExactly(0, 1, 2, 0, 2, 3);
  }

  @Test
  void faultsOnContentStrikeMessagesAsTheyStrikeReplies() {
    Passed passed = pass(fault("drop-field", EDGE, Map.of("pointer", "/a")));

    assertThat(passed.messages())
        .extracting(one -> String.valueOf(one.body()))
        .containsExactly("{\"b\":0}", "{\"a\":1,\"b\":1}", "{\"b\":2}", "{\"a\":1,\"b\":3}");
    assertThat(passed.strikes()).extracting(MessageFault.Strike::kind).containsOnly(Kind.ALTERED);
    assertThat(passed.refusable(passed.messages().get(0))).isTrue();
    assertThat(passed.refusable(passed.messages().get(1))).isFalse();
  }

  @Test
  void faultsActOneAfterTheOther() {
    Passed passed =
        pass(
            fault("drop-message", EDGE, Map.of("message", "1")),
            fault("duplicate-message", EDGE, Map.of()));

    assertThat(passed.messages()).extracting(Parcel::origin).containsExactly(2, 2, 1, 3);
    assertThat(passed.injections())
        .extracting(Injection::fault)
        .containsExactly("drop-message", "duplicate-message");
  }
}
