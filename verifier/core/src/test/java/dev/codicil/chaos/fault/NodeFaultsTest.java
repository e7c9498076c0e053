package dev.codicil.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Effect.StrikeNode;
import dev.codicil.chaos.Effect.StrikeNode.Deed;
import dev.codicil.chaos.Effect.StrikeNode.Moment;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Payload;
import org.junit.jupiter.api.Test;

class NodeFaultsTest {
  private static Injection.Plan plan(String id, int caller, Parameters written) {
    Fault fault = Faults.byId(id).orElseThrow();
    HttpRequest request = new HttpRequest("GET", "/a", Headers.NONE, Payload.EMPTY);
    Exchange exchange = new Exchange("a->b", "", 0, Stream.UPSTREAM, request, null, false, caller);
    return fault.plan(exchange, fault.card().complete(written), Dice.of(1, "s", 0, id));
  }

  private static StrikeNode strike(String id, Parameters written) {
    return (StrikeNode) plan(id, 0, written).effects().get(0);
  }

  @Test
  void aDeedIsDoneToTheNodeThatAnswersUnlessOneIsNamed() {
    assertThat(strike("kill", Parameters.NONE))
        .isEqualTo(new StrikeNode(Deed.KILL, StrikeNode.ANSWERING, Moment.AFTER));
    assertThat(strike("stop", Parameters.NONE))
        .isEqualTo(new StrikeNode(Deed.STOP, StrikeNode.ANSWERING, Moment.DURING));
    assertThat(strike("pause", Parameters.NONE.with("node", "1").with("at", "after")))
        .isEqualTo(new StrikeNode(Deed.PAUSE, 1, Moment.AFTER));
    assertThat(plan("kill", 0, Parameters.NONE.with("node", "3")).detail())
        .isEqualTo("node 3, after");
  }

  @Test
  void onlyTheNodeThatIsCutOffGetsNoAnswer() {
    Parameters first = Parameters.NONE.with("node", "1");
    assertThat(plan("partition", 1, first).effects()).containsExactly(new Effect.Stall(null));
    assertThat(plan("partition", 0, first).isEmpty()).isTrue();
  }

  @Test
  void whatIsDoneAroundAnExchangeIsOneEffect() {
    assertThat(plan("restart", 0, Parameters.NONE).effects())
        .containsExactly(new Effect.RestartNode(0));
    assertThat(plan("rolling-restart", 0, Parameters.NONE).effects())
        .containsExactly(new Effect.RollOver());
    assertThat(plan("zone-down", 0, Parameters.NONE.with("zone", "1")).effects())
        .containsExactly(new Effect.ZoneDown(1));
  }

  @Test
  void whatNeedsARealCallerIsRefusedOnTheReplayingConsumersEdge() {
    for (String id : new String[] {"partition", "rolling-restart"}) {
      Fault fault = Faults.byId(id).orElseThrow();
      assertThat(
              fault.contradiction(
                  ChaosProfile.Edges.CONSUMER,
                  Stream.UPSTREAM,
                  fault.card().complete(Parameters.NONE)))
          .hasValueSatisfying(why -> assertThat(why).endsWith("expected on: upstream"));
    }
  }
}
