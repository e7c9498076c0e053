package dev.codicil.storm.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.codicil.storm.run.ContainerEngine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A container that was started. */
final class DockerContainer implements ContainerEngine.Running {
  private static final long FORCED_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final DockerClient docker;
  private final String id;
  private final int port;
  private final LogStream output;
  private volatile int exitCode = -1;
  private @Nullable ProcessHandle first;

  DockerContainer(DockerClient docker, String id, int port, LogStream output) {
    this.docker = docker;
    this.id = id;
    this.port = port;
    this.output = output;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public InputStream output() {
    return output;
  }

  private InspectContainerResponse.@Nullable ContainerState state() {
    try {
      return docker.inspectContainerCmd(id).exec().getState();
    } catch (RuntimeException gone) {
      return null; // or the engine is: it cannot be told from here, and is as bad
    }
  }

  @Override
  public boolean alive() {
    InspectContainerResponse.ContainerState state = state();
    if (state == null) {
      return false;
    }
    if (Boolean.TRUE.equals(state.getRunning())) {
      return true;
    }
    Long code = state.getExitCodeLong();
    exitCode = code == null ? -1 : code.intValue();
    return false;
  }

  @Override
  public int exitCode() {
    alive();
    return exitCode;
  }

  /**
   * The first process of a container, and its descendants, where this machine has them under the
   * number that the engine says: its control group names the container. An engine in a machine of
   * its own says numbers that are others' here.
   */
  @Override
  public synchronized List<ProcessHandle> visible() {
    ProcessHandle known = first;
    if (known == null || !known.isAlive()) {
      InspectContainerResponse.ContainerState state = state();
      Long pid = state == null ? null : state.getPidLong();
      Optional<ProcessHandle> found =
          pid == null || pid <= 0 || !isOurs(pid) ? Optional.empty() : ProcessHandle.of(pid);
      first = found.orElse(null);
      known = first;
    }
    if (known == null) {
      return List.of();
    }
    List<ProcessHandle> all = new ArrayList<>();
    all.add(known);
    known.descendants().forEach(all::add);
    return all;
  }

  private boolean isOurs(long pid) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), "cgroup")).contains(id);
    } catch (IOException | SecurityException hidden) {
      return false;
    }
  }

  @Override
  public void kill() {
    signal("KILL");
    boolean interrupted = false;
    long end = System.nanoTime() + FORCED_NANOS;
    while (alive() && System.nanoTime() < end) {
      LockSupport.parkNanos(POLL_NANOS);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void terminate() {
    signal("TERM");
  }

  private void signal(String name) {
    ask(
        "a container could not be sent SIG" + name,
        () -> docker.killContainerCmd(id).withSignal(name).exec(),
        state -> !Boolean.TRUE.equals(state.getRunning()));
  }

  @Override
  public void pause() {
    ask(
        "a container could not be made to stand still",
        () -> docker.pauseContainerCmd(id).exec(),
        state ->
            !Boolean.TRUE.equals(state.getRunning()) || Boolean.TRUE.equals(state.getPaused()));
  }

  @Override
  public void resume() {
    ask(
        "a container that stands still could not be made to go on",
        () -> docker.unpauseContainerCmd(id).exec(),
        state -> !Boolean.TRUE.equals(state.getPaused()));
  }

  /**
   * Asks for something to be done to it. Engines refuse what is needless in many ways; what counts
   * is how the container then is. One that is gone needs nothing.
   */
  private void ask(
      String what, Runnable deed, Predicate<InspectContainerResponse.ContainerState> needless) {
    try {
      deed.run();
    } catch (NotFoundException gone) {
      return;
    } catch (RuntimeException refused) {
      InspectContainerResponse.ContainerState state = state();
      if (state == null || !needless.test(state)) {
        throw DockerEngine.failure(what, refused);
      }
    }
  }

  @Override
  public void remove() {
    try {
      docker.removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec();
    } catch (ConflictException | NotFoundException goneOrGoing) {
      return;
    } catch (RuntimeException e) {
      throw DockerEngine.failure("a container could not be removed", e);
    }
  }
}
