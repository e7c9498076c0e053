package dev.codicil.storm.run;

import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.experiment.Subject;
import dev.codicil.storm.proxy.CallResult;
import dev.codicil.storm.proxy.CallResult.Ended;
import dev.codicil.storm.run.Launch.ContainerLaunch;
import dev.codicil.storm.run.Launch.NodeLaunch;
import dev.codicil.storm.run.Launch.ProcessLaunch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;

/**
 * A node of a subject that runs as a process of its own, from its start to the end of its last
 * child, or as a container.
 */
final class SubjectProcess implements AutoCloseable {
  /** Ports of subjects that may be starting; forgotten before the machine could run out of them. */
  private static final Set<Integer> GIVEN_PORTS = ConcurrentHashMap.newKeySet();

  private static final int MOST_PORTS = 5_000;

  /** How long a subject may take to end when it is asked to. */
  static final Duration GRACE = Duration.ofSeconds(8);

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PROBE_DEADLINE = Duration.ofSeconds(2);
  private static final int PORT_TRIES = 3;
  private static final int TOLD_LINES = 15;
  private static final Pattern PORT_TAKEN =
      Pattern.compile(
          "address (is )?already in use|address in use|EADDRINUSE"
              + "|port \\d* ?(is|was) already in use|BindException",
          Pattern.CASE_INSENSITIVE);

  private final Instance instance;
  private final LogCapture log;
  private final Path logFile;
  private final int port;
  private long readyMillis;
  private boolean closed;
  private volatile boolean paused;

  private SubjectProcess(Instance instance, LogCapture log, Path logFile, int port) {
    this.instance = instance;
    this.log = log;
    this.logFile = logFile;
    this.port = port;
  }

  /**
   * What to start.
   *
   * @param group which set of instances of the column, from 0; a further one has files and a {@code
   *     {side}} of its own
   * @param node which of the nodes behind one edge, for files; empty for the first
   * @param number of the node, which stands for {@code {node}}
   * @param placeholders what stands for {@code {KEY}} in the command and the environment, beside
   *     those of the other components: addresses of the edges, and files of trust
   * @param shared folder of all nodes of all subjects of the column and group
   * @param logDir where {@code COLUMN-SUBJECT.log} and {@code .pid} go
   * @param lane label of the containers of the lane
   */
  record Spec(
      Subject subject,
      String column,
      String side,
      int group,
      String node,
      int number,
      NodeLaunch launch,
      Map<String, String> placeholders,
      Path shared,
      Path logDir,
      String lane) {
    /** What its files are called. */
    String fileName() {
      return SubjectProcess.fileName(grouped(column))
          + "-"
          + SubjectProcess.fileName(subject.name())
          + (node.isEmpty() ? "" : "-" + SubjectProcess.fileName(node));
    }

    /** A name of this group's own: {@code head}, then {@code head_2}, {@code head_3}. */
    String grouped(String name) {
      return SubjectProcess.grouped(name, group);
    }
  }

  /** Told of each process before it is waited for. */
  interface Started {
    void of(ProcessHandle process) throws IOException;
  }

  /** A name of a group's own, the first group having the plain one. */
  static String grouped(String name, int group) {
    return group == 0 ? name : name + "_" + (group + 1);
  }

  /**
   * Starts a subject and waits until it is ready. When it says that its port is taken, tries again
   * on another one. Whatever happens, nothing is left behind when this throws.
   *
   * @param ports gives a port that is free now
   * @param started told of every process
   */
  static SubjectProcess start(
      Spec spec, IntSupplier ports, Calls calls, Redactor redactor, RunClock clock, Started started)
      throws StartFailure, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      SubjectProcess begun = spawn(spec, ports.getAsInt(), redactor, started);
      boolean ready = false;
      try {
        begun.awaitReady(spec, calls, redactor, clock);
        ready = true;
        return begun;
      } catch (StartFailure failure) {
        if (Thread.interrupted()) {
          throw new InterruptedException(failure.text());
        }
        boolean taken =
            failure.kind().equals("exited")
                && begun.log.lastLines().stream().anyMatch(l -> PORT_TAKEN.matcher(l).find());
        if (!taken || attempt == PORT_TRIES) {
          throw taken
              ? new StartFailure(
                  "exited",
                  failure.text()
                      + "\nIts port was in use "
                      + PORT_TRIES
                      + " times; does its command use {port}?")
              : failure;
        }
      } finally {
        if (!ready) {
          begun.close();
        }
      }
    }
  }

  /**
   * A port that nothing listens on now, and that was not given to another subject: of two that
   * start at once on one port, the slower would seem ready because the faster answers.
   */
  static int freePort() {
    while (true) {
      try (ServerSocket socket = new ServerSocket(0)) {
        if (GIVEN_PORTS.size() > MOST_PORTS) {
          GIVEN_PORTS.clear();
        }
        if (GIVEN_PORTS.add(socket.getLocalPort())) {
          return socket.getLocalPort();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static SubjectProcess spawn(Spec spec, int port, Redactor redactor, Started told)
      throws StartFailure, InterruptedException {
    String name = spec.fileName();
    SubjectProcess started;
    try {
      Files.createDirectories(spec.logDir());
      started =
          spec.launch() instanceof ContainerLaunch launch
              ? container(spec, launch, name, redactor)
              : process(spec, (ProcessLaunch) spec.launch(), name, port, redactor, told);
    } catch (ClosedByInterruptException e) {
      throw new InterruptedException("interrupted while starting " + name);
    } catch (IOException e) {
      throw new StartFailure(
          "exited",
          redactor.text(
              "could not start '" + spec.launch().command().get(0) + "': " + e.getMessage()));
    } catch (ContainerFailure failure) {
      throw new StartFailure("exited", redactor.text(failure.text()));
    }
    if (!LiveProcesses.add(started)) {
      started.close();
      throw new StartFailure("exited", "Codicil is stopping");
    }
    return started;
  }

  private static SubjectProcess process(
      Spec spec, ProcessLaunch launch, String name, int port, Redactor redactor, Started told)
      throws IOException {
    List<String> command = new ArrayList<>();
    for (String part : launch.command()) {
      command.add(fill(part, spec, port));
    }
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(launch.workdir().toFile()).redirectErrorStream(true);
    if (launch.plain()) {
      PlainEnvironment.keepOnly(builder.environment());
    }
    launch.env().forEach((key, value) -> builder.environment().put(key, fill(value, spec, port)));
    builder.environment().put(SharedFolder.MARK, spec.shared().toString());
    Process process = builder.start();
    try {
      told.of(process.toHandle());
      process.getOutputStream().close();
      SubjectProcess started = captured(new ProcessInstance(process), spec, name, port, redactor);
      Files.writeString(spec.logDir().resolve(name + ".pid"), process.pid() + "\n");
      return started;
    } catch (IOException | RuntimeException e) {
      ProcessTree.stop(ProcessTree.of(process.toHandle()), GRACE);
      throw e;
    }
  }

  private static SubjectProcess container(
      Spec spec, ContainerLaunch launch, String name, Redactor redactor) {
    List<String> command = new ArrayList<>();
    launch.command().forEach(part -> command.add(fill(part, spec, launch.port())));
    Map<String, String> env = new LinkedHashMap<>();
    launch.env().forEach((key, value) -> env.put(key, fill(value, spec, launch.port())));
    env.put(SharedFolder.MARK, spec.shared().toString());
    String hosts = spec.placeholders().get(HostsFile.PLACEHOLDER);
    ContainerEngine.Running running =
        launch
            .engine()
            .start(
                new ContainerEngine.Wanted(
                    spec.lane(),
                    Map.of("subject", spec.subject().name(), "column", spec.grouped(spec.column())),
                    HostsFile.hostname(spec.subject().name()),
                    launch.image(),
                    command,
                    env,
                    launch.port(),
                    spec.shared(),
                    hosts == null ? null : Path.of(hosts)));
    try {
      return captured(new ContainerInstance(running), spec, name, running.port(), redactor);
    } catch (RuntimeException e) {
      running.remove();
      throw e;
    }
  }

  private static SubjectProcess captured(
      Instance instance, Spec spec, String name, int port, Redactor redactor) {
    Path logFile = spec.logDir().resolve(name + ".log");
    return new SubjectProcess(
        instance,
        LogCapture.start(instance.output(), logFile, redactor, spec.subject().name()),
        logFile,
        port);
  }

  static String fileName(String text) {
    String safe = text.replaceAll("[^A-Za-z0-9_-]", "_");
    return safe.length() > 60 ? safe.substring(0, 60) : safe;
  }

  private static String fill(String text, Spec spec, int port) {
    String filled =
        text.replace("{port}", Integer.toString(port))
            .replace("{side}", spec.grouped(spec.side()))
            .replace("{column}", spec.grouped(spec.column()))
            .replace("{node}", Integer.toString(spec.number()))
            .replace("{shared}", spec.shared().toString());
    for (Map.Entry<String, String> one : spec.placeholders().entrySet()) {
      filled = filled.replace("{" + one.getKey() + "}", one.getValue());
    }
    return filled;
  }

  private void awaitReady(Spec spec, Calls calls, Redactor redactor, RunClock clock)
      throws StartFailure, InterruptedException {
    long start = clock.nanos();
    long startup = spec.subject().startup().toMillis();
    HttpRequest ready = spec.subject().ready();
    String last = "nothing answered";
    while (true) {
      if (!instance.alive()) {
        log.await(Duration.ofSeconds(1));
        throw new StartFailure(
            "exited",
            redactor.text("exited with code " + instance.exitCode() + " before it was ready")
                + told());
      }
      long left = startup - clock.millisSince(start);
      if (left <= 0) {
        throw new StartFailure(
            "timed-out",
            redactor.text(
                    "not ready after "
                        + startup
                        + " ms on port "
                        + port
                        + " ("
                        + ready.method()
                        + " "
                        + ready.target()
                        + ": "
                        + last
                        + "); does it listen on {port}, and is its startup time enough?")
                + told());
      }
      Duration deadline = Duration.ofMillis(Math.min(left, PROBE_DEADLINE.toMillis()));
      CallResult result = calls.call(address(), ready, deadline, spec.subject().headers());
      HttpReply reply = result.reply();
      if (result.ended() == Ended.REPLIED && reply != null) {
        if (reply.statusClass() == 2 && instance.alive()) {
          readyMillis = clock.millisSince(start);
          if (instance instanceof ProcessInstance process) {
            process.remember();
          }
          return;
        }
        last = "last answer was " + reply.status();
      }
      clock.pause(POLL);
    }
  }

  private String told() {
    List<String> lines = log.lastLines();
    if (lines.isEmpty()) {
      return "\nIt printed nothing.";
    }
    List<String> end = lines.subList(Math.max(0, lines.size() - TOLD_LINES), lines.size());
    return "\nThe end of its log (" + logFile.getFileName() + "):\n  " + String.join("\n  ", end);
  }

  /** Where it listens. */
  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  boolean alive() {
    return instance.alive();
  }

  /** How it died, with the end of its log. */
  String obituary() throws InterruptedException {
    log.await(Duration.ofSeconds(1));
    return "exited with code " + instance.exitCode() + " during the run" + told();
  }

  /** How long it took to become ready. */
  long readyMillis() {
    return readyMillis;
  }

  /** How hooks may name it beside its address: {@code pid} or {@code container}, with its value. */
  Map.Entry<String, String> identity() {
    return instance instanceof ContainerInstance container
        ? Map.entry("container", container.id())
        : Map.entry("pid", Long.toString(((ProcessInstance) instance).pid()));
  }

  /**
   * The processes of this machine that it consists of; none for a container whose processes are not
   * seen here.
   */
  Collection<ProcessHandle> visible() {
    return instance.visible();
  }

  /** Those of them that may be signalled: a container's are its engine's. */
  Collection<ProcessHandle> handles() {
    return instance instanceof ProcessInstance process ? process.handles() : List.of();
  }

  /** Ends it at once, with all that it started (SIGKILL); returns when it is gone. */
  void kill() {
    instance.kill();
  }

  /** Asks it to end (SIGTERM), and waits for nothing. */
  void terminate() {
    instance.terminate();
  }

  /**
   * Lets it stand still with all that it started (SIGSTOP), until {@link #resume}.
   *
   * @throws IllegalStateException when that cannot be done here
   */
  synchronized void pause() {
    paused = true;
    instance.pause();
  }

  /** Lets it go on (SIGCONT), when it stands still. */
  synchronized void resume() {
    if (paused) {
      instance.resume();
      paused = false;
    }
  }

  /** Whether it was made to stand still: it cannot end when it is asked to. */
  boolean paused() {
    return paused;
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    instance.stop(paused);
    LiveProcesses.remove(this);
  }
}
