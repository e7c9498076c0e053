package dev.codicil.storm.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Every subject that runs, so that none outlives Codicil when it is interrupted. One for the whole
 * JVM, because shutdown is.
 */
final class LiveProcesses {
  private static final Set<SubjectProcess> LIVE = new HashSet<>();
  private static boolean hooked;
  private static boolean closing;

  private LiveProcesses() {}

  /** Remembers a process; false when the JVM is going down and it must be stopped at once. */
  static synchronized boolean add(SubjectProcess process) {
    if (closing) {
      return false;
    }
    if (!hooked) {
      Runtime.getRuntime().addShutdownHook(new Thread(LiveProcesses::stopAll, "stop subjects"));
      hooked = true;
    }
    LIVE.add(process);
    return true;
  }

  /** Whether the JVM is going down, so that whatever dies now tells nothing. */
  static synchronized boolean closing() {
    return closing;
  }

  static synchronized void remove(SubjectProcess process) {
    LIVE.remove(process);
  }

  private static void stopAll() {
    List<SubjectProcess> left;
    synchronized (LiveProcesses.class) {
      closing = true;
      left = new ArrayList<>(LIVE);
    }
    Collection<ProcessHandle> handles = new ArrayList<>();
    List<Thread> stops = new ArrayList<>();
    for (SubjectProcess process : left) {
      if (process.paused()) {
        process.handles().forEach(ProcessHandle::destroyForcibly);
      }
      handles.addAll(process.handles());
      if (process.handles().isEmpty()) {
        Thread stop = new Thread(process::close, "stop container");
        stop.start();
        stops.add(stop);
      }
    }
    ProcessTree.stop(handles, SubjectProcess.GRACE);
    RunThreads.join(stops);
  }
}
