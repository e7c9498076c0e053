package dev.codicil.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.FaultSet;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.chaos.Stream;
import dev.codicil.experiment.SmallestCause.Threshold;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShrinkerTest {
  private static final Duration PATIENCE = Duration.ofMillis(2500);
  private static final int MANY = 1000;

  @Test
  void theOneFaultThatFailsIsLeft() throws Exception {
    SmallestCause cause =
        shrink(set("a", "b", "c", "d", "e"), MANY, faults -> faults.ids().contains("d"));

    assertThat(cause.faults().ids()).containsExactly("d");
    assertThat(cause.complete()).isTrue();
    assertThat(cause.threshold()).isNull();
    assertThat(cause.label()).isEqualTo("d on a->b, reply");
  }

  @Test
  void faultsThatFailOnlyTogetherStayTogether() throws Exception {
    SmallestCause cause =
        shrink(
            set("a", "b", "c", "d", "e", "f"),
            MANY,
            faults -> faults.ids().containsAll(List.of("b", "e")));

    assertThat(cause.faults().ids()).containsExactly("b", "e");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void nothingCanBeLeftOutOfWhatIsFound(long seed) throws Exception {
    Random random = new Random(seed);
    String[] all = IntStream.range(0, 12).mapToObj(i -> "f" + i).toArray(String[]::new);
    Set<String> needed = new TreeSet<>();
    while (needed.size() < 1 + random.nextInt(4)) {
      needed.add(all[random.nextInt(all.length)]);
    }

    SmallestCause cause = shrink(set(all), MANY, faults -> faults.ids().containsAll(needed));

    assertThat(cause.faults().ids())
        .as("seed %d", seed)
        .containsExactlyInAnyOrderElementsOf(needed);
  }

  @ParameterizedTest
  @ValueSource(longs = {12, 40, 250, 500, 1190, 1730, 2400})
  void theBorderIsFoundWithinTwoAndAHalfPercentOrFiveMilliseconds(long border) throws Exception {
    SmallestCause cause = shrink(late("30s"), MANY, faults -> latency(faults) >= border);

    Threshold threshold = Objects.requireNonNull(cause.threshold());
    long fails = Duration.ofMillis(latency(cause.faults())).toMillis();
    long precision = Math.max(5, Math.round(border * 0.025) + 1);
    assertThat(fails).isBetween(border, border + precision);
    assertThat(threshold.struck()).isEqualTo(cause.faults().faults().get(0));
    assertThat(cause.tried()).hasSizeLessThanOrEqualTo(11);
    assertThat(cause.complete()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 30, 400, 490, 500, 505, 700, 1300, 2400, 2499, 9000})
  void aGuessNeverChangesWhatIsFound(long guess) throws Exception {
    SmallestCause cause =
        shrink(late("30s"), Duration.ofMillis(guess), MANY, faults -> latency(faults) >= 500);

    assertThat(latency(cause.faults())).isBetween(500L, 514L);
    Threshold threshold = Objects.requireNonNull(cause.threshold());
    assertThat(threshold.holdsUpTo()).isLessThan("500ms");
    assertThat(cause.tried()).hasSizeLessThanOrEqualTo(20).doesNotHaveDuplicates();
    assertThat(cause.complete()).isTrue();
  }

  @Test
  void aGoodGuessTakesAFewTrials() throws Exception {
    SmallestCause cause =
        shrink(late("30s"), Duration.ofMillis(1200), MANY, faults -> latency(faults) >= 1185);

    assertThat(cause.tried())
        .containsExactly(
            "latency on a->b with latency=1200ms: fails",
            "latency on a->b with latency=1140ms: holds",
            "latency on a->b with latency=1170ms: holds");
  }

  @Test
  void aGuessBeyondWhichNothingFailsGivesNoBorder() throws Exception {
    SmallestCause cause =
        shrink(late("30s"), Duration.ofMillis(2000), MANY, faults -> latency(faults) >= 20_000);

    assertThat(cause.threshold()).isNull();
  }

  @Test
  void aSearchFromAGuessStopsAtItsBoundToo() throws Exception {
    SmallestCause cause =
        shrink(late("30s"), Duration.ofMillis(1000), 1, faults -> latency(faults) >= 500);

    assertThat(cause.complete()).isFalse();
    assertThat(Objects.requireNonNull(cause.threshold()).failsFrom()).isEqualTo("1s");
    assertThat(Objects.requireNonNull(cause.threshold()).holdsUpTo()).isEqualTo("0s");
  }

  @Test
  void sameAnswersGiveTheSameSearch() throws Exception {
    SmallestCause one = shrink(late("30s"), MANY, faults -> latency(faults) >= 777);

    assertThat(shrink(late("30s"), MANY, faults -> latency(faults) >= 777)).isEqualTo(one);
    assertThat(one.label())
        .isEqualTo("latency on a->b, reply: fails from latency=781ms on, holds up to 761ms");
  }

  @Test
  void aDelayThatFailsOnlyBeyondThePatienceHasNoBorder() throws Exception {
    SmallestCause cause = shrink(late("30s"), MANY, faults -> latency(faults) >= 20_000);

    assertThat(cause.threshold()).isNull();
    assertThat(cause.faults()).isEqualTo(late("30s"));
  }

  @Test
  void aSearchIsBoundedAndSaysThatItIsNotComplete() throws Exception {
    SmallestCause cause = shrink(late("30s"), 3, faults -> latency(faults) >= 900);

    assertThat(cause.tried())
        .containsExactly(
            "latency on a->b with latency=2500ms: fails",
            "latency on a->b with latency=1250ms: fails",
            "latency on a->b with latency=625ms: holds");
    assertThat(cause.complete()).isFalse();
    assertThat(Objects.requireNonNull(cause.threshold()).failsFrom()).isEqualTo("1250ms");
    assertThat(Objects.requireNonNull(cause.threshold()).holdsUpTo()).isEqualTo("625ms");
  }

  private interface Fails {
    boolean test(FaultSet faults);
  }

  private static SmallestCause shrink(FaultSet failing, int most, Fails fails) throws Exception {
    return shrink(failing, Duration.ZERO, most, fails);
  }

  private static SmallestCause shrink(FaultSet failing, Duration guess, int most, Fails fails)
      throws Exception {
    return Shrinker.shrink(
        failing,
        id -> id.equals("latency") ? Optional.of("latency") : Optional.empty(),
        PATIENCE,
        guess,
        most,
        fails::test);
  }

  private static FaultSet set(String... ids) {
    return new FaultSet(
        "test",
        java.util.Arrays.stream(ids)
            .map(id -> new PlannedFault(id, "a->b", Stream.DOWNSTREAM, Parameters.NONE))
            .toList());
  }

  private static FaultSet late(String latency) {
    return new FaultSet(
        "test",
        List.of(
            new PlannedFault(
                "latency", "a->b", Stream.DOWNSTREAM, new Parameters(Map.of("latency", latency)))));
  }

  private static long latency(FaultSet faults) {
    return faults.faults().get(0).parameters().duration("latency").toMillis();
  }
}
