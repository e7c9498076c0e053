package dev.codicil.storm.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Effect.Assault.Kind;
import dev.codicil.storm.run.ChaosMonkey.Closed;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * An assault by the Chaos Monkey inside one node, from before its settings are changed until they
 * are put back. What they were is on the disk before they are changed.
 */
final class MonkeyInForce implements InForce {
  /** How long a process may take to end itself, or to get on with an assault. */
  private static final long SETTLES_MILLIS = 20_000;

  private static final long POLL_MILLIS = 20;

  /** An assault on the process that is told to begin has surely begun after this. */
  private static final long BEGINS_MILLIS = 300;

  private static final int TRIES = 2;

  private final World world;
  private final RunClock clock;
  private final ChaosMonkey monkey;
  private final Effect.Assault assault;
  private final String label;
  private final @Nullable SubjectProcess process;
  private @Nullable MonkeySettings before;
  private @Nullable CompletableFuture<HttpResponse<byte[]>> attack;
  private volatile @Nullable Path file;

  /**
   * @param label what the fault is called in errors
   * @param process that is assaulted; null when it is not ours
   */
  MonkeyInForce(
      World world,
      RunClock clock,
      ChaosMonkey monkey,
      Effect.Assault assault,
      String label,
      @Nullable SubjectProcess process) {
    this.world = world;
    this.clock = clock;
    this.monkey = monkey;
    this.assault = assault;
    this.label = label;
    this.process = process;
  }

  @Override
  public @Nullable Path file() {
    return file;
  }

  /** The node that is assaulted; null when it is not ours. */
  @Nullable SubjectProcess process() {
    return process;
  }

  /** Whether the process is ours, and has ended. */
  boolean isOver() {
    return process != null && !process.alive();
  }

  /**
   * Brings it in force.
   *
   * @param watched beginnings of CLASS.METHOD; empty for all controllers
   * @return what went wrong; then it must be reverted all the same
   */
  synchronized @Nullable String begin(List<String> watched) throws InterruptedException {
    if (!LiveHooks.add(this)) {
      return "Codicil is stopping";
    }
    try {
      MonkeySettings was = monkey.read();
      before = was;
      file = PendingReverts.write(world, entry(was));
      monkey.set(was.with(assault.properties(), watched));
      return assault.kind() == Kind.CALLS ? null : attacked();
    } catch (Closed closed) {
      return closed.text();
    } catch (IOException e) {
      return "it could not be written down what has to be put back: " + e;
    } finally {
      if (file == null) {
        LiveHooks.remove(this);
      }
    }
  }

  private PendingReverts.Entry entry(MonkeySettings was) {
    return PendingReverts.Entry.of(
        label,
        monkey.url(),
        was.json(),
        process == null ? List.of() : process.handles().stream().map(ProcessHandle::pid).toList(),
        ChaosMonkey.DEADLINE);
  }

  private @Nullable String attacked() throws InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> begun = monkey.attack();
    attack = begun;
    if (assault.kind() == Kind.PROCESS) {
      return heldUp(begun);
    }
    long start = clock.nanos();
    while (process != null && process.alive()) {
      if (clock.millisSince(start) > SETTLES_MILLIS) {
        return "it was told to end, and has not after " + SETTLES_MILLIS + " ms";
      }
      clock.pause(Duration.ofMillis(POLL_MILLIS));
    }
    return process == null ? "who is not started by Codicil is not killed by it" : null;
  }

  /** It answers when the assault is over, which must not be yet. */
  private @Nullable String heldUp(CompletableFuture<HttpResponse<byte[]>> begun)
      throws InterruptedException {
    try {
      int status = begun.get(BEGINS_MILLIS, TimeUnit.MILLISECONDS).statusCode();
      return "the assault was over at once, answered " + status;
    } catch (TimeoutException goesOn) {
      return null;
    } catch (ExecutionException e) {
      return "the assault got no answer: " + e.getCause();
    }
  }

  /**
   * Puts the settings back, and reads them to be sure. Nothing that happens to this thread keeps it
   * from that.
   */
  @Override
  public synchronized void revert() {
    Path pending = file;
    MonkeySettings was = before;
    if (pending == null || was == null) {
      return;
    }
    String problem = "";
    for (int i = 0; i < TRIES && problem != null && !isOver(); i++) {
      problem = restored(was);
    }
    LiveHooks.remove(this);
    if (problem != null && !isOver()) {
      throw PendingReverts.failure("of this run", entry(was), problem, pending);
    }
    settled();
  }

  /** There is nothing to undo any more. */
  synchronized void settled() {
    Path pending = file;
    LiveHooks.remove(this);
    if (pending != null) {
      file = null;
      PendingReverts.delete(pending);
    }
  }

  private @Nullable String restored(MonkeySettings was) {
    AtomicReference<@Nullable String> problem = new AtomicReference<>("it was interrupted");
    Thread thread =
        new Thread(
            () -> {
              try {
                problem.set(restore(monkey, was));
                ended();
              } catch (InterruptedException | RuntimeException e) {
                problem.set(String.valueOf(e));
              }
            },
            "codicil-revert");
    thread.start();
    RunThreads.join(List.of(thread));
    return problem.get();
  }

  /** An assault that is switched off ends within a moment; until then it is still felt. */
  private void ended() throws InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> begun = attack;
    if (begun == null) {
      return;
    }
    try {
      begun.get(SETTLES_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException told) {
      begun.cancel(true); // what it did to the service is seen when it has to be well again
    }
  }

  /**
   * Sets a monkey as it was.
   *
   * @return why that failed; null when it says itself that it is so
   */
  static @Nullable String restore(ChaosMonkey monkey, MonkeySettings was)
      throws InterruptedException {
    try {
      monkey.set(was);
      return null;
    } catch (Closed closed) {
      return closed.text();
    }
  }

  /** The settings as they were written down; see {@link PendingReverts}. */
  static @Nullable String restore(String url, JsonNode settings) throws InterruptedException {
    try {
      return restore(new ChaosMonkey(url, Map.of()), MonkeySettings.of(settings));
    } catch (Closed damaged) {
      return damaged.text();
    }
  }
}
