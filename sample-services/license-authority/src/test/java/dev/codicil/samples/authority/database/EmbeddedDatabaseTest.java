package dev.codicil.samples.authority.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

  @Test
  void aClosedDatabaseLeavesNeitherServerNorFiles() throws IOException, SQLException {
    EmbeddedDatabase database = EmbeddedDatabase.start("authority_amended");
    String url = database.jdbcUrl();
    try (Connection connection = DriverManager.getConnection(url)) {
      assertThat(connection.getCatalog()).isEqualTo("authority_amended");
    }
    database.close();
    assertThat(database.directory()).doesNotExist();
    assertThatThrownBy(() -> DriverManager.getConnection(url)).isInstanceOf(SQLException.class);
  }

  @Test
  void aNodeFindsTheDatabaseOfAnotherForAsLongAsItsServerLives(@TempDir Path directory)
      throws IOException {
    SharedDatabase shared = SharedDatabase.in(directory.resolve("new"), "authority");
    assertThat(shared.url()).isEmpty();
    EmbeddedDatabase database = EmbeddedDatabase.start("authority", shared);
    assertThat(database.jdbcUrl()).isEqualTo(shared.url().orElseThrow());
    OutputStream other = shared.hold();
    database.close();
    assertThat(shared.url()).as("another node uses it").isPresent();
    assertThat(database.directory()).exists();
    other.close();
    while (Files.exists(database.directory())) {
      Thread.onSpinWait();
    }

    Path word = directory.resolve("new/authority.jdbc");
    Files.writeString(word, "999999999\njdbc:postgresql://gone\n");
    assertThat(shared.url()).isEmpty();
    Files.writeString(word, "half");
    assertThatThrownBy(shared::url).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aDatabaseClosedWhileItStartsIsWaitedFor() throws IOException {
    EmbeddedDatabase database = EmbeddedDatabase.start("authority");
    database.close();
    assertThat(database.directory()).doesNotExist();
  }

  @Test
  void aNameThatIsNoneIsRefused() {
    assertThatThrownBy(() -> EmbeddedDatabase.start("x\"; drop"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theWatchdogClearsUpWhenItsPipeEnds(@TempDir Path parent) throws IOException {
    Path directory = parent.resolve("pg");
    Files.createDirectories(directory.resolve("data"));
    Watchdog watchdog = Watchdog.over(directory);
    assertThat(directory).exists();
    watchdog.close();
    assertThat(directory).doesNotExist();
  }

  /** As it is where nobody reaps orphans: the server is gone, and its pid still answers. */
  @Test
  void theWatchdogTakesAServerWithoutPidFileForGone(@TempDir Path parent)
      throws IOException, InterruptedException {
    Path directory = parent.resolve("pg");
    Path mark = Files.createDirectories(directory.resolve("data")).resolve("postmaster.pid");
    Path ready = parent.resolve("ready");
    Process lingering =
        new ProcessBuilder(
                "/bin/sh",
                "-c",
                "trap 'rm -f \"$0\"' INT; echo $$ > \"$0\"; : > \"$1\"; cat; while :; do sleep 0.05; done",
                mark.toString(),
                ready.toString())
            .start();
    try (Watchdog watchdog = Watchdog.over(directory)) {
      while (lingering.isAlive() && !Files.exists(ready)) {
        Thread.onSpinWait();
      }
      lingering.getOutputStream().close();
      watchdog.close();
      assertThat(directory).doesNotExist();
      assertThat(lingering.isAlive()).isTrue();
    } finally {
      lingering.destroyForcibly().waitFor();
    }
  }
}
