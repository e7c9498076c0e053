package dev.codicil.storm.run;

import java.io.InputStream;
import java.util.List;

/** What one node of a subject really is: a process with its children, or a container. */
interface Instance {
  /** What it prints, from its start to its end. */
  InputStream output();

  boolean alive();

  /** With what it ended. */
  int exitCode();

  /** Its processes, as far as they are seen on this machine. */
  List<ProcessHandle> visible();

  /** Ends it at once (SIGKILL); returns when it is gone. */
  void kill();

  /** Asks it to end (SIGTERM), and waits for nothing. */
  void terminate();

  /** Lets it stand still. */
  void pause();

  /** Lets it go on. */
  void resume();

  /**
   * Asks it to end, waits {@link SubjectProcess#GRACE}, and ends it by force. Idempotent.
   *
   * @param paused whether it stands still, so that asking is of no use
   */
  void stop(boolean paused);
}
