package dev.codicil.storm.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Ends processes and everything they started; each by its own handle, never by name. */
final class ProcessTree {
  private static final Duration FORCED = Duration.ofSeconds(3);

  private ProcessTree() {}

  /** A process and its descendants, as far as they are alive. */
  static Set<ProcessHandle> of(ProcessHandle root) {
    Set<ProcessHandle> tree = new LinkedHashSet<>();
    tree.add(root);
    root.descendants().forEach(tree::add);
    return tree;
  }

  /**
   * All processes with this entry in their environment, on Linux; a process may hide it by writing
   * over it.
   *
   * @param entry {@code NAME=VALUE}
   */
  static Set<Long> marked(String entry) {
    byte[] wanted = ("\0" + entry + "\0").getBytes(StandardCharsets.UTF_8);
    Set<Long> marked = new LinkedHashSet<>();
    ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(pid -> contains(environment(pid), wanted))
        .forEach(marked::add);
    return marked;
  }

  /** As proc(5) gives it, between NULs; empty when that is not to be had. */
  private static byte[] environment(long pid) {
    try {
      byte[] read = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "environ"));
      byte[] closed = new byte[read.length + 2];
      System.arraycopy(read, 0, closed, 1, read.length);
      return closed;
    } catch (IOException | SecurityException hidden) {
      return new byte[0];
    }
  }

  private static boolean contains(byte[] all, byte[] wanted) {
    for (int at = 0; at + wanted.length <= all.length; at++) {
      if (Arrays.equals(all, at, at + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Asks all to end, waits, and ends by force what is left. Returns when all are gone or nothing
   * more can be done; keeps the thread's interrupt for later, for half a stop is worse than a late
   * one.
   */
  static void stop(Collection<ProcessHandle> processes, Duration grace) {
    boolean interrupted = Thread.interrupted();
    Set<ProcessHandle> all = withDescendants(processes);
    all.forEach(ProcessHandle::destroy);
    interrupted |= await(all, grace);
    all = withDescendants(all);
    all.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
    interrupted |= await(all, FORCED);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Ends all at once and by force, which also ends what stands still, and waits until it is gone.
   */
  static void kill(Collection<ProcessHandle> processes) {
    boolean interrupted = Thread.interrupted();
    Set<ProcessHandle> all = withDescendants(processes);
    all.forEach(ProcessHandle::destroyForcibly);
    interrupted |= await(all, FORCED);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static Set<ProcessHandle> withDescendants(Collection<ProcessHandle> processes) {
    Set<ProcessHandle> all = new LinkedHashSet<>();
    for (ProcessHandle process : processes) {
      all.addAll(of(process));
    }
    return all;
  }

  private static boolean await(Collection<ProcessHandle> processes, Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    boolean interrupted = false;
    while (processes.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < end) {
      LockSupport.parkNanos(10_000_000);
      interrupted |= Thread.interrupted();
    }
    return interrupted;
  }
}
