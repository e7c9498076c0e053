package dev.codicil.storm.run;

import dev.codicil.experiment.Stimulus;
import dev.codicil.experiment.Subject;
import dev.codicil.history.Event;
import dev.codicil.storm.proxy.HttpCaller;
import dev.codicil.storm.proxy.StormLoop;
import dev.codicil.storm.run.Launch.NodeLaunch;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** Runs a plan and journals what happens; keeps nothing but what its own decisions need. */
public final class Runner {
  private final RunClock clock;
  private final IntSupplier ports;

  Runner(RunClock clock, IntSupplier ports) {
    this.clock = clock;
    this.ports = ports;
  }

  /**
   * Runs a plan to its end. Columns run side by side, in as many groups as asked for; when this
   * returns or throws, no process of it is left.
   *
   * @param journal takes every event in order, never two at once; redacted. What it throws ends the
   *     run
   * @param already events of an earlier run of the same plan that was killed, its first one
   *     included, or cells that are known from other runs; what they hold is not run again
   * @param listener follows the progress
   * @return the last event, which is in the journal as well
   * @throws InterruptedException when the thread was interrupted; the journal then has no {@code
   *     Finished}
   */
  public static Event.Finished run(
      RunRequest request, Consumer<Event> journal, List<Event> already, RunListener listener)
      throws InterruptedException {
    return new Runner(RunClock.SYSTEM, SubjectProcess::freePort)
        .start(request, journal, already, listener);
  }

  Event.Finished start(
      RunRequest request, Consumer<Event> journal, List<Event> already, RunListener listener)
      throws InterruptedException {
    long start = clock.nanos();
    BooleanSupplier timeIsUp =
        () ->
            request.timeBudget() != null
                && clock.millisSince(start) >= request.timeBudget().toMillis();
    List<Group> groups = new ArrayList<>();
    try (StormLoop loop = StormLoop.open();
        OpenBrokers brokers = new OpenBrokers(request.brokers(), request.logDir());
        RunLog log = new RunLog(request.plan(), journal, already, listener)) {
      try {
        Lane.Tools tools =
            new Lane.Tools(
                loop,
                new Calls(new HttpCaller(loop), clock),
                ports,
                new Redactor(request.secrets()),
                clock,
                log::event,
                brokers);
        Group.Work work = new Group.Work(request, log, timeIsUp);
        for (int i = 0; i < request.concurrency(); i++) {
          groups.add(new Group(i, request, tools, work));
        }
        if (already.stream().noneMatch(Event.Planned.class::isInstance)) {
          tellMissingStates(request, log);
        }
        replay(groups);
        return log.finish(clock.millisSince(start));
      } finally {
        log.stop();
        closeAll(groups);
      }
    }
  }

  /** All groups at once; the first that fails ends the others. */
  private static void replay(List<Group> groups) throws InterruptedException {
    ExecutorService threads =
        Executors.newFixedThreadPool(groups.size(), RunThreads.named("group"));
    try {
      ExecutorCompletionService<Group> done = new ExecutorCompletionService<>(threads);
      for (int i = 0; i < groups.size(); i++) {
        Group group = groups.get(i);
        Group before = i == 0 ? null : groups.get(i - 1);
        done.submit(
            () -> {
              group.run(before);
              return group;
            });
      }
      for (int i = 0; i < groups.size(); i++) {
        done.take().get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("a group of instances", e.getCause());
    } finally {
      RunThreads.end(threads);
    }
  }

  /** States that a scenario needs and nobody sets up: replies may differ for that reason alone. */
  private static void tellMissingStates(RunRequest request, RunLog log) {
    TreeSet<String> stateless = new TreeSet<>();
    for (Stimulus stimulus : request.plan().stimuli()) {
      request
          .scenario(stimulus.id())
          .given()
          .forEach(
              (name, states) -> {
                Subject subject = request.subjects().get(name);
                if (!states.isEmpty() && subject != null && subject.state() == null) {
                  stateless.add(name);
                }
              });
    }
    for (String name : stateless) {
      boolean process =
          request.launches().values().stream()
              .anyMatch(launches -> launches.get(name) instanceof NodeLaunch);
      if (process) {
        log.note(
            "interactions of "
                + name
                + " need provider states, and it declares no state request: they are replayed"
                + " without",
            null);
      }
    }
  }

  private static void closeAll(List<Group> groups) {
    List<Thread> closers = new ArrayList<>();
    for (Group group : groups) {
      Thread closer = new Thread(group::close, "codicil-close");
      closer.start();
      closers.add(closer);
    }
    RunThreads.join(closers);
  }
}
