package dev.codicil.storm.run;

import java.nio.file.Path;
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
 */
public record World(Path root, Path pending, Function<String, @Nullable String> environment) {
  /** Folder of the pending reverts, below the project's {@code .codicil}. */
  public static final String PENDING = "pending-reverts";
}
