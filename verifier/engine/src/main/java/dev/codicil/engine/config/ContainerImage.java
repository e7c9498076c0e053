package dev.codicil.engine.config;

import dev.codicil.contract.Location;
import dev.codicil.experiment.Column;
import dev.codicil.storm.run.ContainerEngine;

/**
 * The image that a subject runs from.
 *
 * @param name as {@code docker run} takes it; {@code {side}} stands for {@code base} or {@code
 *     head}
 * @param port on which it listens inside of its container
 * @param pull when the image is fetched
 * @param location where it was declared
 */
public record ContainerImage(String name, int port, ContainerEngine.Pull pull, Location location) {
  /** Where most frameworks listen when nobody says otherwise. */
  public static final int DEFAULT_PORT = 8080;

  /** Placeholder for the side, in the name and in the build. */
  public static final String SIDE = "{side}";

  /**
   * The name on one side.
   *
   * @param side {@link Column#BASE} or {@link Column#HEAD}
   */
  public String name(String side) {
    return name.replace(SIDE, side);
  }
}
