package dev.codicil.junit;

import dev.codicil.engine.config.Project;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the folder of the project that a test belongs to. */
public final class ProjectRoot {
  /**
   * System property: the folder of the project; else the nearest one with a {@code codicil.yaml}.
   */
  public static final String PROPERTY = "codicil.root";

  private ProjectRoot() {}

  /**
   * The folder.
   *
   * @param given what {@value #PROPERTY} says; empty when it says nothing
   */
  public static Path of(String given) {
    Path here = Path.of(given).toAbsolutePath().normalize();
    if (!given.isEmpty()) {
      return here;
    }
    for (Path folder = here; folder != null; folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve(Project.FILE))) {
        return folder;
      }
    }
    return here;
  }
}
