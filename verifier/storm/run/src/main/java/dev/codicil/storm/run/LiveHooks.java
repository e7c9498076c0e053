package dev.codicil.storm.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Every hook and monkey in force, so that none outlives Codicil when it is asked to stop. One for
 * the JVM.
 */
final class LiveHooks {
  private static final Set<InForce> LIVE = new HashSet<>();
  private static boolean hooked;
  private static boolean closing;

  private LiveHooks() {}

  /** Remembers a hook; false when the JVM is going down and nothing may be broken any more. */
  static synchronized boolean add(InForce hook) {
    if (closing) {
      return false;
    }
    if (!hooked) {
      Runtime.getRuntime().addShutdownHook(new Thread(LiveHooks::revertAll, "revert hooks"));
      hooked = true;
    }
    LIVE.add(hook);
    return true;
  }

  static synchronized void remove(InForce hook) {
    LIVE.remove(hook);
  }

  /** Whether a file belongs to a hook of this JVM that is in force. */
  static synchronized boolean holds(Path file) {
    return LIVE.stream().anyMatch(hook -> file.equals(hook.file()));
  }

  private static void revertAll() {
    List<InForce> left;
    synchronized (LiveHooks.class) {
      closing = true;
      left = new ArrayList<>(LIVE);
    }
    List<Thread> reverts = new ArrayList<>();
    for (InForce hook : left) {
      Thread revert = new Thread(() -> revert(hook), "revert hook");
      revert.start();
      reverts.add(revert);
    }
    RunThreads.join(reverts);
  }

  private static void revert(InForce hook) {
    try {
      hook.revert();
    } catch (RevertFailure stays) {
      // Its file stays, and the next start tells.
    }
  }
}
