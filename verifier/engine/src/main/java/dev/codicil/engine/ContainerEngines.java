package dev.codicil.engine;

import dev.codicil.storm.containers.DockerEngines;
import dev.codicil.storm.run.ContainerEngine;
import dev.codicil.storm.run.ContainerFailure;

/** What finds the container engine, of which there is one kind. */
final class ContainerEngines {
  private ContainerEngines() {}

  /** Finds it when it is first needed; a class path without that part finds none, and says so. */
  static ContainerEngine.Finder builtIn() {
    return () -> {
      try {
        return new DockerEngines().find();
      } catch (NoClassDefFoundError absent) {
        throw new ContainerFailure(
            "nothing on the class path talks to a container engine",
            "add dev.codicil:codicil-storm-containers and its dependencies");
      }
    };
  }
}
