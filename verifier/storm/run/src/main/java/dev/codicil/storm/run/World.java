package dev.codicil.storm.run;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What faults that act on the world around a cell work with.
 *
 * @param root where commands run
 * @param pending where reverts that are not done yet are written down; the same for every run on
 *     one project
 * @param environment values for {@code ${VAR}}; they are filled in at the last moment and never
 *     written down
 * @param plain whether commands see only the {@link PlainEnvironment} of Codicil's own
 */
public record World(
    Path root, Path pending, Function<String, @Nullable String> environment, boolean plain) {
  /** A world whose commands see all of Codicil's own environment. */
  public World(Path root, Path pending, Function<String, @Nullable String> environment) {
    this(root, pending, environment, false);
  }

  /** Folder of the pending reverts, below the project's {@code .codicil}. */
  public static final String PENDING = "pending-reverts";

  /** Why faults cannot be performed on this machine, by id of the fault. */
  public static Map<String, String> unable() {
    return Signals.available()
        ? Map.of()
        : Map.of(
            "pause", "needs SIGSTOP, which this system does not have",
            "stop", "needs SIGTERM, which this system does not have");
  }
}
