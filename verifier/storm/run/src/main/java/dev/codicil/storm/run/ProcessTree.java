package dev.codicil.storm.run;

import java.time.Duration;
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
