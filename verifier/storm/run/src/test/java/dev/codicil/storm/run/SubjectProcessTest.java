package dev.codicil.storm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codicil.experiment.Subject;
import dev.codicil.storm.proxy.HttpCaller;
import dev.codicil.storm.proxy.StormLoop;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubjectProcessTest {
  @TempDir Path dir;
  private final StormLoop loop = StormLoop.open();

  @AfterEach
  void closeLoop() {
    loop.close();
  }

  @Test
  void noTwoSubjectsAreGivenOnePort() {
    assertThat(IntStream.range(0, 1000).map(i -> SubjectProcess.freePort()).boxed())
        .doesNotHaveDuplicates();
  }

  @Test
  void takesAnotherPortWhenItsOwnIsInUse() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int free = SubjectProcess.freePort();
      Deque<Integer> ports = new ArrayDeque<>(List.of(taken.getLocalPort(), free));
      try (SubjectProcess process = start(Map.of(), Storm.command("{port}"), ports::remove)) {
        assertThat(process.address().getPort()).isEqualTo(free);
      }
    }
  }

  @Test
  void givesUpOnAPortThatIsInUseForEverAndSaysWhy() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<String> ignoresPort = Storm.command(Integer.toString(taken.getLocalPort()));

      assertThatThrownBy(() -> start(Map.of(), ignoresPort, SubjectProcess::freePort))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("Its port was in use 3 times; does its command use {port}?");
    }
    assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void endsWithItsChildrenAndClosingTwiceIsHarmless() throws Exception {
    Path childPid = dir.resolve("child");
    try (SubjectProcess process =
        start(
            Map.of("VICES", "child", "CHILD_PID", childPid.toString()),
            Storm.command("{port}"),
            SubjectProcess::freePort)) {
      ProcessHandle child = handle(childPid);
      assertThat(Files.readString(dir.resolve("logs/base-svc.pid")))
          .isEqualTo(process.identity().getValue() + "\n");
      assertThat(child.isAlive()).isTrue();

      process.close();
      process.close();

      assertThat(process.alive()).isFalse();
      assertThat(child.isAlive()).isFalse();
    }
  }

  @Test
  void fillsInPlaceholders() throws Exception {
    SubjectProcess process =
        start(
            Map.of("TOKEN", "{side} {column} {upstream.partner} {unknown}"),
            Storm.command("{port}"),
            SubjectProcess::freePort);
    process.close();

    assertThat(Files.readString(dir.resolve("logs/base-svc.log")))
        .contains("my token is head base http://127.0.0.1:4711 {unknown}");
  }

  @Test
  void anInterruptedRunStopsItsSubjects() throws Exception {
    Storm storm = new Storm(dir).side("base", "never-ready").replay("get", "GET /items/1");
    AtomicReference<Throwable> end = new AtomicReference<>();
    Thread run =
        new Thread(
            () -> {
              try {
                storm.run();
              } catch (InterruptedException | RuntimeException e) {
                end.set(e);
              }
            });
    run.start();
    Path pid = dir.resolve("logs/base-svc.pid");
    await(() -> Files.exists(pid) && pid.toFile().length() > 0);
    ProcessHandle subject = handle(pid);

    run.interrupt();
    run.join(TimeUnit.SECONDS.toMillis(20));

    assertThat(run.isAlive()).isFalse();
    assertThat(end.get()).isInstanceOf(InterruptedException.class);
    assertThat(subject.isAlive()).isFalse();
    assertThat(storm.events).isEmpty();
  }

  @Test
  void aTerminatedCodicilStopsItsSubjects() throws Exception {
    Process codicil =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LongRun.class.getName(),
                dir.toString())
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("out").toFile())
            .start();
    try {
      Path pid = dir.resolve("logs/base-svc.pid");
      await(() -> pid.toFile().length() > 0 || !codicil.isAlive());
      assertThat(codicil.isAlive()).as(() -> read(dir.resolve("out"))).isTrue();
      ProcessHandle subject = handle(pid);
      assertThat(subject.isAlive()).isTrue();

      codicil.destroy();

      assertThat(codicil.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(subject.isAlive()).isFalse();
      assertThat(read(dir.resolve("out"))).as("events").doesNotContain("SubjectFailed");
    } finally {
      codicil.destroyForcibly();
    }
  }

  /** A run that does not end by itself. */
  static final class LongRun {
    private LongRun() {}

    /** Runs in {@code args[0]}. */
    public static void main(String[] args) throws InterruptedException {
      Storm storm =
          new Storm(Path.of(args[0])).side("base", "never-ready").replay("get", "GET /items/1");
      storm.startup = Duration.ofMinutes(2);
      Runner.run(storm.request(), System.out::println, List.of(), RunListener.SILENT);
    }
  }

  private SubjectProcess start(Map<String, String> env, List<String> command, IntSupplier ports)
      throws StartFailure, InterruptedException {
    Storm storm = new Storm(dir).side("base");
    Subject subject = Objects.requireNonNull(storm.request().subjects().get("svc"));
    return SubjectProcess.start(
        new SubjectProcess.Spec(
            subject,
            "base",
            "head",
            0,
            "",
            0,
            new Launch.ProcessLaunch(dir, command, env),
            Map.of("upstream.partner", "http://127.0.0.1:4711"),
            dir.resolve("shared"),
            dir.resolve("logs"),
            "lane"),
        ports,
        new Calls(new HttpCaller(loop), RunClock.SYSTEM),
        new Redactor(Set.of(Storm.TOKEN)),
        RunClock.SYSTEM,
        process -> {});
  }

  private static ProcessHandle handle(Path pid) throws Exception {
    return ProcessHandle.of(Long.parseLong(Files.readString(pid).trim())).orElseThrow();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
      RunClock.SYSTEM.pause(Duration.ofMillis(20));
    }
  }
}
