package dev.codicil.storm.run;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Something done to the world that has to be undone, whatever happens in between. */
interface InForce {
  /** Where it is written down that it has to be undone; null while there is nothing to undo. */
  @Nullable Path file();

  /**
   * Undoes it, unless that is done.
   *
   * @throws RevertFailure when it cannot be undone
   */
  void revert();
}
