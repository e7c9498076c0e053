package dev.codicil.storm.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Every hook in force, so that none outlives Codicil when it is asked to stop. One for the JVM. */
final class LiveHooks {
  private static final Set<HookInForce> LIVE = new HashSet<>();
  private static boolean hooked;
  private static boolean closing;

  private LiveHooks() {}

  /** Remembers a hook; false when the JVM is going down and nothing may be broken any more. */
  static synchronized boolean add(HookInForce hook) {
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

  static synchronized void remove(HookInForce hook) {
    LIVE.remove(hook);
  }

  /** Whether a file belongs to a hook of this JVM that is in force. */
  static synchronized boolean holds(Path file) {
    return LIVE.stream().anyMatch(hook -> file.equals(hook.file()));
  }

  private static void revertAll() {
    List<HookInForce> left;
    synchronized (LiveHooks.class) {
      closing = true;
      left = new ArrayList<>(LIVE);
    }
    List<Thread> reverts = new ArrayList<>();
    for (HookInForce hook : left) {
      Thread revert = new Thread(() -> revert(hook), "revert hook");
      revert.start();
      reverts.add(revert);
    }
    RunThreads.join(reverts);
  }

  private static void revert(HookInForce hook) {
    try {
      hook.revert();
    } catch (RevertFailure stays) {
      // Its file stays, and the next start tells.
    }
  }
}
