package dev.codicil.storm.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.history.CellRecord;
import dev.codicil.storm.run.Launch.ProcessLaunch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real Java process that takes its names from the file it is given. */
class LostNameTest {
  private static final String HOSTS = "-Djdk.net.hosts.file={hosts}";
  private static final String[] FRESH = {HOSTS, "-Djava.security.properties={hosts.security}"};

  @TempDir Path dir;

  private ProcessLaunch launch(String vices, String... options) {
    List<String> command = new ArrayList<>(Storm.command("{port}"));
    command.addAll(1, List.of(options));
    return new ProcessLaunch(
        dir,
        command,
        Map.of("UPSTREAM", "{upstream.partner.named}", "VICES", vices, "TOKEN", Storm.TOKEN));
  }

  private Storm storm(String answer, ProcessLaunch base, ProcessLaunch head) {
    return new Storm(dir)
        .launch("base", base)
        .launch("head", head)
        .replay("get", "GET /items/1")
        .storm("lost", "get", "dns", Storm.PARTNER, Map.of("answer", answer));
  }

  @ParameterizedTest
  @ValueSource(strings = {"unresolvable", "stale"})
  void whoHasAFallbackHoldsAndAllAreWellAgainWhenTheNameIs(String answer) throws Exception {
    Storm storm = storm(answer, launch("falls-back", FRESH), launch("", FRESH)).run();

    assertThat(storm.cells())
        .contains("get@head#0 REPLIED 200", "lost@base#0 REPLIED 200", "lost@head#0 REPLIED 503");
    assertThat(storm.record("get@base").reached()).containsEntry(Storm.PARTNER, 1);
    for (String side : List.of("lost@base", "lost@head")) {
      CellRecord lost = storm.record(side);
      assertThat(lost.problem()).isNull();
      assertThat(lost.reached()).doesNotContainKey(Storm.PARTNER);
      assertThat(lost.recoveryMillis()).isNotNegative();
      assertThat(lost.injections())
          .extracting(line -> line.edge() + " " + line.fault() + " " + line.detail())
          .containsExactly(Storm.PARTNER + " dns " + answer);
    }
    Storm.assertNothingRuns(dir);
  }

  @Test
  void whoKeepsWhatItWasToldIsNotStruckAndThatIsSaid() throws Exception {
    Storm storm = storm("unresolvable", launch("", HOSTS), launch("", HOSTS)).run();

    assertThat(storm.record("lost@head").problem())
        .startsWith("the fault did not strike: svc->partner was reached though its name led")
        .contains("-Djava.security.properties={hosts.security}");
  }
}
