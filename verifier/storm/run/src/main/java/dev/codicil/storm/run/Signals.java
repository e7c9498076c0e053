package dev.codicil.storm.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Signals that Java itself cannot send: kill(1), as POSIX has it. */
final class Signals {
  private static final int SECONDS = 5;

  private Signals() {}

  /** Whether processes can be made to stand still on this machine. */
  static boolean available() {
    return !System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("windows");
  }

  /**
   * Makes processes stand still (SIGSTOP).
   *
   * @throws IllegalStateException when that cannot be done
   */
  static void stop(Collection<ProcessHandle> processes) {
    send("-STOP", processes);
  }

  /**
   * Lets them go on (SIGCONT).
   *
   * @throws IllegalStateException when that cannot be done
   */
  static void resume(Collection<ProcessHandle> processes) {
    send("-CONT", processes);
  }

  private static void send(String signal, Collection<ProcessHandle> processes) {
    List<String> command = new ArrayList<>(List.of("kill", signal));
    processes.stream()
        .filter(ProcessHandle::isAlive)
        .forEach(process -> command.add(Long.toString(process.pid())));
    if (command.size() == 2) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      Process kill =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      kill.getOutputStream().close();
      if (!kill.waitFor(SECONDS, TimeUnit.SECONDS)) {
        kill.destroyForcibly();
        throw new IllegalStateException(String.join(" ", command) + " did not end");
      }
      // One that has just ended is no failure: there is nothing left that could go on.
      if (kill.exitValue() != 0 && processes.stream().allMatch(ProcessHandle::isAlive)) {
        throw new IllegalStateException(
            String.join(" ", command) + " ended with " + kill.exitValue());
      }
    } catch (IOException e) {
      throw new IllegalStateException("kill cannot be started: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
