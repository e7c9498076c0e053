package dev.codicil.storm.run;

import dev.codicil.chaos.Effect;
import dev.codicil.chaos.HookAction;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One hook, from before it is injected until it is undone. */
final class HookInForce implements InForce {
  /** How often it is tried to undo it. */
  private static final int TRIES = 2;

  private final World world;
  private final Duration deadline;
  private final HookAction inject;
  private final PendingReverts.Entry entry;
  private volatile @Nullable Path file;

  /**
   * @param label what it is called in errors
   * @param known what stands for which placeholder
   * @throws IllegalArgumentException when it names what is not there
   */
  HookInForce(World world, Effect.Hook hook, String label, Map<String, String> known) {
    this.world = world;
    this.deadline = hook.deadline();
    this.inject = HookCall.fill(hook.inject(), known);
    this.entry =
        PendingReverts.Entry.of(
            label,
            HookCall.fill(hook.revert(), known),
            HookCall.subjects(hook.revert(), known),
            hook.deadline());
  }

  @Override
  public @Nullable Path file() {
    return file;
  }

  /**
   * Injects it.
   *
   * @return what went wrong; then it must be undone all the same, for half of it may be done
   */
  synchronized @Nullable String inject() throws InterruptedException {
    if (!LiveHooks.add(this)) {
      return "Codicil is stopping";
    }
    try {
      file = PendingReverts.write(world, entry);
    } catch (IOException e) {
      LiveHooks.remove(this);
      return "it could not be written down what has to be undone: " + e;
    }
    return new HookCall(world).perform(inject, deadline);
  }

  /**
   * Undoes it, unless that is done. Nothing that happens to this thread keeps it from that.
   *
   * @throws RevertFailure when it cannot be undone
   */
  @Override
  public synchronized void revert() {
    Path pending = file;
    if (pending == null) {
      return;
    }
    String problem = "";
    for (int i = 0; i < TRIES && problem != null; i++) {
      problem = undone();
    }
    LiveHooks.remove(this);
    if (problem != null && !entry.isMoot()) {
      throw PendingReverts.failure("of this run", entry, problem, pending);
    }
    file = null;
    PendingReverts.delete(pending);
  }

  /** On a thread of its own, which nobody interrupts. */
  private @Nullable String undone() {
    AtomicReference<@Nullable String> problem = new AtomicReference<>("it was interrupted");
    Thread thread =
        new Thread(
            () -> {
              try {
                problem.set(new HookCall(world).perform(entry.revert(), deadline));
              } catch (InterruptedException | RuntimeException e) {
                problem.set(String.valueOf(e));
              }
            },
            "codicil-revert");
    thread.start();
    RunThreads.join(List.of(thread));
    return problem.get();
  }
}
