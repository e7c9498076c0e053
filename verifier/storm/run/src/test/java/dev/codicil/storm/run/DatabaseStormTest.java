package dev.codicil.storm.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.experiment.Peer;
import dev.codicil.history.CellRecord;
import dev.codicil.storm.run.Launch.ProcessLaunch;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real PostgreSQL behind an edge, and a service that keeps one connection to it. */
class DatabaseStormTest {
  private static final String DATABASE = "svc->db";

  private static EmbeddedPostgres postgres;

  @TempDir Path dir;

  @BeforeAll
  static void startDatabase() throws Exception {
    postgres = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stopDatabase() throws Exception {
    postgres.close();
  }

  private ProcessLaunch launch(String vices, String options) {
    List<String> command = new ArrayList<>(Storm.command("{port}"));
    int classPath = command.indexOf("-cp") + 1;
    command.set(
        classPath,
        command.get(classPath) + File.pathSeparator + System.getProperty("java.class.path"));
    command.set(command.indexOf(TinySubject.class.getName()), LedgerSubject.class.getName());
    return new ProcessLaunch(
        dir,
        command,
        Map.of(
            "DB",
            "jdbc:postgresql://{upstream.db}/postgres?user=postgres&connectTimeout=1" + options,
            "TABLE",
            "ledger_{side}",
            "VICES",
            vices));
  }

  private Storm storm(ProcessLaunch base, ProcessLaunch head) {
    Storm storm = new Storm(dir).launch("base", base).launch("head", head);
    storm.database = new Peer("127.0.0.1", postgres.getPort());
    storm.recovery = Duration.ofSeconds(2);
    return storm.replay("add", "POST /items");
  }

  @Test
  void aServiceThatGoesOnWithADeadConnectionDoesNotRecoverFromAReset() throws Exception {
    Storm storm =
        storm(launch("", ""), launch("stubborn", ""))
            .storm("cut", "add", "reset", DATABASE, Map.of("after", "before-request"))
            .run();

    assertThat(storm.cells())
        .contains(
            "add@base#0 REPLIED 201",
            "add@head#0 REPLIED 201",
            "cut@base#0 REPLIED 503",
            "cut@head#0 REPLIED 503");
    CellRecord calm = storm.record("add@base");
    assertThat(calm.reached().get(DATABASE)).as("turns of one transaction").isBetween(2, 20);
    CellRecord base = storm.record("cut@base");
    assertThat(base.problem()).isNull();
    assertThat(base.injections())
        .extracting(line -> line.edge() + " " + line.fault() + " " + line.detail())
        .contains(DATABASE + " reset before-request");
    assertThat(base.recoveryMillis()).isNotNegative();
    assertThat(storm.record("cut@head").recoveryMillis()).isEqualTo(-1);
    Storm.assertNothingRuns(dir);
  }

  @Test
  void aServiceWithoutATimeoutHangsWithItsDatabase() throws Exception {
    Storm storm =
        storm(launch("", "&socketTimeout=1"), launch("", ""))
            .storm("late", "add", "latency", DATABASE, Map.of("latency", "60s"))
            .run();

    assertThat(storm.cells()).contains("late@base#0 REPLIED 503", "late@head#0 TIMED_OUT 0");
    assertThat(storm.record("late@base").recoveryMillis()).isNotNegative();
    Storm.assertNothingRuns(dir);
  }

  @Test
  void aTransactionThatIsCutLeavesNothingBehind() throws Exception {
    Storm storm =
        storm(launch("", ""), launch("", ""))
            .storm("lost", "add", "reset", DATABASE, Map.of("after", "before-reply"))
            .run();

    CellRecord lost = storm.record("lost@head");
    assertThat(lost.status()).isEqualTo(503);
    assertThat(lost.effects()).extracting(CellRecord.EffectReading::change).containsExactly(0L);
    assertThat(lost.recoveryMillis()).isNotNegative();
  }
}
