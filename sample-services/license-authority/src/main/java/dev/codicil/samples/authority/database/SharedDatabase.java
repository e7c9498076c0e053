package dev.codicil.samples.authority.database;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Word that one node leaves for the others of where its embedded database is. The server goes on as
 * long as any node that uses it lives: each holds the writing end of a pipe, whose other end the
 * server's watchdog reads.
 */
final class SharedDatabase {

  private static final long PATIENCE_SECONDS = 3;

  private final Path file;

  private SharedDatabase(Path file) {
    this.file = file;
  }

  /** The word left in a directory about a database of this name. */
  static SharedDatabase in(Path directory, String name) {
    return new SharedDatabase(directory.resolve(name + ".jdbc"));
  }

  /** Tells where the database is, as long as its server lives. */
  Optional<String> url() {
    try {
      List<String> lines = Files.readAllLines(file);
      if (lines.size() != 2) {
        throw new IllegalStateException("half of a word in " + file);
      }
      boolean alive =
          ProcessHandle.of(Long.parseLong(lines.get(0))).map(ProcessHandle::isAlive).orElse(false);
      return alive ? Optional.of(lines.get(1)) : Optional.empty();
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException | NumberFormatException e) {
      throw new IllegalStateException("cannot read " + file, e);
    }
  }

  /**
   * Leaves word; whoever reads sees all of it or nothing.
   *
   * @param server pid of the server
   */
  void announce(long server, String url) {
    try {
      Files.createDirectories(file.getParent());
      Path part = file.resolveSibling(file.getFileName() + ".part");
      Files.write(part, List.of(Long.toString(server), url));
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** The pipe that every node which uses the server holds. */
  Path pipe() throws IOException {
    Files.createDirectories(file.getParent());
    return file.resolveSibling(file.getFileName() + ".nodes");
  }

  /**
   * Keeps the server running until what is returned is closed, or this process ends in whatever
   * way.
   *
   * @throws IOException when the server is about to end
   */
  OutputStream hold() throws IOException {
    Path pipe = pipe();
    // To open it waits for a reader, and there is none once the watchdog is gone.
    CompletableFuture<OutputStream> opened = new CompletableFuture<>();
    Thread opener =
        new Thread(
            () -> {
              try {
                opened.complete(Files.newOutputStream(pipe));
              } catch (IOException e) {
                opened.completeExceptionally(e);
              }
            },
            "shared-database");
    opener.setDaemon(true);
    opener.start();
    try {
      return opened.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("nobody watches over " + pipe, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
