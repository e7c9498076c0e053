package dev.codicil.storm.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BalancerTest {
  private static final InetSocketAddress A = at(1);
  private static final InetSocketAddress B = at(2);
  private static final InetSocketAddress C = at(3);

  private final Balancer balancer = new Balancer();

  private static InetSocketAddress at(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private int[] chosen() {
    return IntStream.range(0, 6).map(balancer::choose).toArray();
  }

  @Test
  void nodesTakeTurnsByTheNumberOfTheExchange() {
    balancer.nodes(Arrays.asList(A, B, C));
    assertThat(chosen()).containsExactly(0, 1, 2, 0, 1, 2);
    balancer.first(2);
    assertThat(chosen()).containsExactly(2, 0, 1, 2, 0, 1);
  }

  @Test
  void theNextOneStandsInForANodeThatIsDown() {
    balancer.nodes(Arrays.asList(A, null, C));
    assertThat(chosen()).containsExactly(0, 2, 2, 0, 2, 2);
    balancer.nodes(Arrays.asList(null, null, null));
    assertThat(chosen()).containsOnly(Balancer.NONE);
    assertThat(balancer.why()).isEqualTo("no node is up");
  }

  @Test
  void everyNodeIsTriedOnceFromTheOneWhoseTurnItIs() {
    balancer.nodes(Arrays.asList(A, B, C));
    balancer.first(1);
    int call = 1;
    int first = balancer.choose(call);
    int second = balancer.next(call, balancer.turn(call, first) + 1);
    int third = balancer.next(call, balancer.turn(call, second) + 1);
    assertThat(new int[] {first, second, third}).containsExactly(2, 0, 1);
    assertThat(balancer.next(call, balancer.turn(call, third) + 1)).isEqualTo(Balancer.NONE);
  }

  @Test
  void aPredecessorGetsTheFirstExchangeOnly() {
    AtomicInteger over = new AtomicInteger();
    balancer.nodes(Arrays.asList(A, B));
    balancer.predecessor(C, over::incrementAndGet);
    assertThat(balancer.predecessor(0)).isEqualTo(C);
    assertThat(balancer.predecessor(1)).isNull();
    balancer.handOver();
    assertThat(over).hasValue(1);
    balancer.predecessor(null, () -> {});
    balancer.handOver();
    assertThat(balancer.predecessor(0)).isNull();
    assertThat(over).hasValue(1);
  }

  @Test
  void withoutNodesThereIsNothingToChoose() {
    assertThat(balancer.choose(0)).isEqualTo(Balancer.NONE);
    assertThat(balancer.any()).isNull();
    assertThat(balancer.address(0)).isNull();
    assertThat(balancer.why()).isEqualTo("no target is set");
  }
}
