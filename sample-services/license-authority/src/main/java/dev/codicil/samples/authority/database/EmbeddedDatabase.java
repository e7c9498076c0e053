package dev.codicil.samples.authority.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL of our own in a temporary directory. It starts in the background, while the rest of
 * the service starts too, and ends with the service; one that is shared ends with the last node.
 */
public final class EmbeddedDatabase implements AutoCloseable {

  private final String name;
  private final Path directory;
  private final Watchdog watchdog;
  private final CompletableFuture<EmbeddedPostgres> server;
  private final @Nullable SharedDatabase shared;

  private EmbeddedDatabase(String name, Path directory, @Nullable SharedDatabase shared)
      throws IOException {
    this.name = name;
    this.shared = shared;
    this.directory = directory;
    this.watchdog = shared == null ? Watchdog.over(directory) : Watchdog.over(directory, shared);
    this.server = new CompletableFuture<>();
    Thread starter = new Thread(this::run, "embedded-postgres-start");
    starter.setDaemon(true);
    starter.start();
  }

  /** Begins to start a server that holds a database of this name. */
  public static EmbeddedDatabase start(String name) {
    return start(name, null);
  }

  /** The same, and leaves word of it for other nodes. */
  static EmbeddedDatabase start(String name, @Nullable SharedDatabase shared) {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_-]{0,62}")) {
      throw new IllegalArgumentException("not a database name: " + name);
    }
    try {
      return new EmbeddedDatabase(name, Files.createTempDirectory("license-authority-"), shared);
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary directory for the embedded database", e);
    }
  }

  /** Waits for the server and tells where the database is. */
  public String jdbcUrl() {
    try {
      return server.join().getJdbcUrl("postgres", name);
    } catch (CompletionException e) {
      throw new IllegalStateException("the embedded PostgreSQL did not start", e.getCause());
    }
  }

  Path directory() {
    return directory;
  }

  @Override
  public void close() throws IOException {
    // An unfinished start has to be waited for, or its server would outlive us.
    server.handle((running, failure) -> running).join();
    if (!watchdog.onDuty() && !server.isCompletedExceptionally()) {
      server.join().close();
    }
    watchdog.close();
  }

  private void run() {
    try {
      server.complete(launch());
    } catch (IOException | SQLException | RuntimeException e) {
      server.completeExceptionally(e);
    }
  }

  private EmbeddedPostgres launch() throws IOException, SQLException {
    EmbeddedPostgres postgres =
        EmbeddedPostgres.builder()
            .setDataDirectory(directory.resolve("data"))
            .setCleanDataDirectory(true)
            .setRegisterShutdownHook(false)
            .setPGStartupWait(Duration.ofSeconds(30))
            .setLocaleConfig("locale", "C")
            .setLocaleConfig("encoding", "UTF8")
            .setServerConfig("fsync", "off")
            .setServerConfig("shared_buffers", "16MB")
            .setServerConfig("max_connections", "20")
            .setServerConfig("autovacuum", "off")
            .start();
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database \"" + name + "\"");
      if (shared != null) {
        String pid = Files.readAllLines(directory.resolve("data/postmaster.pid")).get(0);
        shared.announce(Long.parseLong(pid.trim()), postgres.getJdbcUrl("postgres", name));
      }
      return postgres;
    } catch (SQLException e) {
      postgres.close();
      throw e;
    }
  }
}
