package dev.codicil.samples.authority.database;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small shell that reads our pipe until we are gone, then stops the server and clears its
 * directory. A shutdown hook would do for SIGTERM; only a process of its own outlives SIGKILL. The
 * server is gone when its pid file is: where nobody reaps orphans, its pid answers for longer.
 */
final class Watchdog implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Watchdog.class);
  private static final Path SHELL = Path.of("/bin/sh");
  private static final String SCRIPT =
      """
      trap '' HUP INT TERM
      cat > /dev/null
      mark=$0/data/postmaster.pid
      pid=$(head -n 1 "$mark" 2> /dev/null)
      if [ -n "$pid" ] && kill -INT "$pid" 2> /dev/null; then
        left=60
        while [ -e "$mark" ] && kill -0 "$pid" 2> /dev/null && [ $((left -= 1)) -gt 0 ]; do
          sleep 0.05
        done
        [ -e "$mark" ] && kill -QUIT "$pid" 2> /dev/null
      fi
      left=20
      while [ -e "$0" ] && [ $((left -= 1)) -gt 0 ]; do rm -rf "$0" 2> /dev/null || sleep 0.1; done
      """;

  /**
   * Leaves the script alone: it must outlive the node that began it, for the sake of the others.
   */
  private static final String ALONE =
      """
      rm -f "$1"
      mkfifo "$1" || exit 1
      /bin/sh -c "$2" "$0" < "$1" > /dev/null 2>&1 &
      """;

  private final @Nullable Process process;
  private final @Nullable OutputStream held;

  private Watchdog(@Nullable Process process, @Nullable OutputStream held) {
    this.process = process;
    this.held = held;
  }

  static Watchdog over(Path directory) throws IOException {
    if (!Files.isExecutable(SHELL)) {
      log.info("no {}: a killed service would leave its database running", SHELL);
      return new Watchdog(null, null);
    }
    return new Watchdog(
        new ProcessBuilder(SHELL.toString(), "-c", SCRIPT, directory.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start(),
        null);
  }

  /** One that acts once all nodes that use the server are gone. */
  static Watchdog over(Path directory, SharedDatabase shared) throws IOException {
    if (!Files.isExecutable(SHELL)) {
      return over(directory);
    }
    Process launcher =
        new ProcessBuilder(
                SHELL.toString(),
                "-c",
                ALONE,
                directory.toString(),
                shared.pipe().toString(),
                SCRIPT)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (launcher.waitFor() != 0) {
        throw new IOException("no pipe could be made in " + shared.pipe());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return new Watchdog(null, shared.hold());
  }

  boolean onDuty() {
    return process != null || held != null;
  }

  @Override
  public void close() throws IOException {
    if (held != null) {
      held.close(); // others may go on
    }
    if (process == null) {
      return;
    }
    process.getOutputStream().close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
