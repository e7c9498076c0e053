package dev.codicil.storm.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.history.CheckRecord.Unaided;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnaidedReturnTest {
  @TempDir Path dir;

  private Storm storm(String... vices) {
    Storm storm =
        new Storm(dir).side("base", "guesses").side("head", vices).replay("get", "GET /items/1");
    storm.recovery = Duration.ofMillis(600);
    return storm;
  }

  private static Storm failingPartner(Storm storm, String id) {
    return storm.storm(id, "get", "reset", Storm.PARTNER, Map.of("after", "before-request"));
  }

  private static @Nullable Unaided unaided(Storm storm, String label) {
    return storm.record(label).found().unaided();
  }

  @Test
  void whatOnlyAResetHealsHasNotComeBack() throws Exception {
    Storm storm = failingPartner(storm("guesses", "resigns"), "failing");
    storm.run();

    assertThat(unaided(storm, "failing@base")).isEqualTo(Unaided.BACK);
    assertThat(unaided(storm, "failing@head"))
        .isEqualTo(
            new Unaided(
                false,
                "body/name: expected the value from before it, was another still after 600 ms"));
    assertThat(storm.record("failing@head").recoveryMillis()).isNotNegative();
  }

  @Test
  void afterTheFirstThatDoesNotComeBackTheOthersAreNotWaitedFor() throws Exception {
    Storm storm =
        failingPartner(failingPartner(storm("guesses", "resigns"), "failing"), "failing-again");
    storm.run();

    assertThat(unaided(storm, "failing-again@base")).isEqualTo(Unaided.BACK);
    assertThat(unaided(storm, "failing-again@head")).isNull();
  }

  @Test
  void whatIsAnotherEachTimeIsNotCompared() throws Exception {
    Storm storm = failingPartner(storm("guesses", "counts"), "failing");
    storm.run();

    assertThat(unaided(storm, "failing@head")).isEqualTo(Unaided.BACK);
  }

  @Test
  void faultsOnTheRequestItselfAreNotAskedAfter() throws Exception {
    Storm storm =
        storm("guesses", "resigns").storm("twice", "get", "duplicate", Storm.CLIENT, Map.of());
    storm.run();

    assertThat(unaided(storm, "twice@head")).isNull();
  }
}
