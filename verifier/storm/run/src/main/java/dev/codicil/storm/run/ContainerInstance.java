package dev.codicil.storm.run;

import java.io.InputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A container of an engine. */
final class ContainerInstance implements Instance {
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final ContainerEngine.Running container;

  ContainerInstance(ContainerEngine.Running container) {
    this.container = container;
  }

  String id() {
    return container.id();
  }

  @Override
  public InputStream output() {
    return container.output();
  }

  @Override
  public boolean alive() {
    return container.alive();
  }

  @Override
  public int exitCode() {
    return container.exitCode();
  }

  @Override
  public List<ProcessHandle> visible() {
    return container.visible();
  }

  @Override
  public void kill() {
    container.kill();
  }

  @Override
  public void terminate() {
    container.terminate();
  }

  @Override
  public void pause() {
    container.pause();
  }

  @Override
  public void resume() {
    container.resume();
  }

  @Override
  public void stop(boolean paused) {
    boolean interrupted = Thread.interrupted(); // half a stop is worse than a late one
    try {
      if (!paused && container.alive()) {
        container.terminate();
        long end = System.nanoTime() + SubjectProcess.GRACE.toNanos();
        while (container.alive() && System.nanoTime() < end) {
          LockSupport.parkNanos(POLL_NANOS);
          interrupted |= Thread.interrupted();
        }
      }
      container.remove();
    } catch (ContainerFailure unanswered) {
      // The lane removes by label what is left, and the next start what that leaves.
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
