package dev.codicil.engine;

import dev.codicil.report.Check;
import java.nio.file.Files;
import java.nio.file.Path;

/** As what a project's verification is known to the forge that has its repository. */
public final class ProjectCheck {
  private ProjectCheck() {}

  /**
   * The check of a project, by the folder it has in its git work tree; the only one where it is at
   * the root of it, or in none.
   */
  public static Check of(Path project) {
    Path folder = project.toAbsolutePath().normalize();
    for (Path root = folder; root != null; root = root.getParent()) {
      if (Files.exists(root.resolve(".git"))) {
        return Check.in(root.relativize(folder).toString().replace('\\', '/'));
      }
    }
    return Check.ONLY;
  }
}
