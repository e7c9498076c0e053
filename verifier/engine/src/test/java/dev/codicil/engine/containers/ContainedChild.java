package dev.codicil.engine.containers;

import java.nio.file.Path;

/** A Codicil in a process of its own. */
public final class ContainedChild {
  private ContainedChild() {}

  /**
   * Verifies the project in {@code args[0]}.
   *
   * @throws Exception when that cannot be
   */
  public static void main(String[] args) throws Exception {
    ContainedProject.at(Path.of(args[0])).verify();
  }
}
