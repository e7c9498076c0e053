package dev.codicil.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DiceTest {
  private final Dice dice = Dice.of(42, "stimulus", 0, "latency");

  /** Histories of older releases are replayed by these draws; a change here breaks them. */
  @Test
  void drawsTheSameValuesInEveryRelease() {
    assertThat(dice.hash("jitter")).isEqualTo(-1199215278277114086L);
    assertThat(dice.fraction("jitter")).isEqualTo(0.9349904095007071);
    assertThat(dice.below(1_000, "jitter")).isEqualTo(530);
  }

  @Test
  void drawsDoNotDependOnTheDrawsBefore() {
    double alone = Dice.of(42, "stimulus", 0, "latency").fraction("length");
    dice.hash("something else");
    assertThat(dice.fraction("length")).isEqualTo(alone);
  }

  @Test
  void everyPartOfTheNameMatters() {
    Set<Long> draws = new HashSet<>();
    draws.add(dice.hash("jitter"));
    draws.add(dice.hash("length"));
    draws.add(Dice.of(43, "stimulus", 0, "latency").hash("jitter"));
    draws.add(Dice.of(42, "stimulus2", 0, "latency").hash("jitter"));
    draws.add(Dice.of(42, "stimulus", 1, "latency").hash("jitter"));
    draws.add(Dice.of(42, "stimulus", 0, "corrupt").hash("jitter"));
    assertThat(draws).hasSize(6);
  }

  @Test
  void drawsSpreadEvenlyWithinTheirBounds() {
    List<AtomicInteger> buckets =
        IntStream.range(0, 10).mapToObj(i -> new AtomicInteger()).toList();
    for (int i = 0; i < 10_000; i++) {
      double fraction = dice.fraction("draw " + i);
      assertThat(fraction).isBetween(0.0, Math.nextDown(1.0));
      assertThat(dice.below(7, "draw " + i)).isBetween(0, 6);
      buckets.get((int) (fraction * 10)).incrementAndGet();
    }
    assertThat(buckets).allSatisfy(count -> assertThat(count.get()).isBetween(850, 1_150));
  }
}
