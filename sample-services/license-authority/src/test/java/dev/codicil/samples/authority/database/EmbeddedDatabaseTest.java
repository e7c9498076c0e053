package dev.codicil.samples.authority.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
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
}
