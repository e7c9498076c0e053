package dev.codicil.engine.source;

import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.engine.source.ContractPrograms.Answer;
import dev.codicil.formats.scc.SccPrograms;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One run of the contracts of a source: as many processes one after the other as contracts end
 * theirs. Time is counted in waits for the process, so that no clock is read.
 */
final class ForkedRun {
  private static final String MAIN = "dev.codicil.formats.scc.code.ReadContracts";
  private static final int MEMORY_MB = 256;
  private static final int MOST_COMPLAINED = 1 << 20;
  private static final int TICK_MILLIS = 50;
  private static final int TICKS_A_SECOND = 1000 / TICK_MILLIS;

  private final String classPath;
  private final @Nullable String kotlin;
  private final ForkedPrograms.Limits limits;
  private final Map<String, Answer> answers = new LinkedHashMap<>();
  private int seconds;
  private int ticks;

  /**
   * A run.
   *
   * @param classPath of the process
   * @param kotlin what is added to it where a contract is in Kotlin; null where there is none
   */
  ForkedRun(String classPath, @Nullable String kotlin, ForkedPrograms.Limits limits) {
    this.classPath = classPath;
    this.kotlin = kotlin;
    this.limits = limits;
  }

  /**
   * Runs contracts.
   *
   * @param files what stands in the folder they run in
   * @param programs the contracts among them
   */
  Map<String, Answer> run(Map<String, byte[]> files, List<String> programs) {
    seconds = limits.secondsFor(programs);
    List<String> left = new ArrayList<>(programs);
    while (!left.isEmpty()) {
      if (ticks >= seconds * TICKS_A_SECOND) {
        left.forEach(
            program -> fail(program, "was not run: others took all the time there is", ""));
        break;
      }
      String stopped = process(files, left);
      if (!left.removeAll(answers.keySet())) {
        left.forEach(program -> fail(program, String.valueOf(stopped), "run it on its own"));
        break;
      }
    }
    return Map.copyOf(answers);
  }

  private void fail(String program, String what, String remedy) {
    answers.put(program, Answer.failed(new InputException(Location.of(program), what, remedy)));
  }

  /** Runs one process; says why it stopped when that was not the doing of one contract. */
  private @Nullable String process(Map<String, byte[]> files, List<String> programs) {
    Path folder = null;
    try {
      // The real path: file names inside and outside of the process shall be the same.
      folder = Files.createTempDirectory("codicil-contracts-").toRealPath();
      Path contracts = Files.createDirectories(folder.resolve("contracts"));
      Path temporary = Files.createDirectories(folder.resolve("tmp"));
      ForkedPrograms.write(files, contracts);
      Path list = folder.resolve("list");
      Files.writeString(list, String.join("\n", programs) + "\n");
      Path out = Files.createFile(folder.resolve("out"));
      Path err = Files.createFile(folder.resolve("err"));
      ProcessBuilder builder =
          new ProcessBuilder(command(classPath(programs), temporary, contracts, list))
              .directory(contracts.toFile())
              .redirectInput(Files.createFile(folder.resolve("in")).toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      environment(builder.environment());
      return follow(builder.start(), out, err);
    } catch (IOException failed) {
      return "the process that runs it could not be started: " + failed.getMessage();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return "it was interrupted";
    } finally {
      if (folder != null) {
        ForkedPrograms.delete(folder);
      }
    }
  }

  /** Kotlin's compiler is large, and in the way of nobody who has no contract in Kotlin. */
  private String classPath(List<String> programs) {
    return kotlin != null && programs.stream().anyMatch(SccPrograms::isKotlinScript)
        ? classPath + File.pathSeparator + kotlin
        : classPath;
  }

  private static List<String> command(String classPath, Path temporary, Path contracts, Path list) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx" + MEMORY_MB + "m",
        "-XX:MaxMetaspaceSize=" + MEMORY_MB + "m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:-UsePerfData",
        "-Djava.awt.headless=true",
        "-Dfile.encoding=UTF-8",
        "-Duser.language=en",
        "-Duser.country=US",
        "-Duser.timezone=UTC",
        "-Duser.home=" + temporary,
        "-Djava.io.tmpdir=" + temporary,
        "-cp",
        classPath,
        MAIN,
        contracts.toString(),
        list.toString());
  }

  /** Secrets of the user's environment are no business of contracts. */
  private static void environment(Map<String, String> environment) {
    String system = environment.get("SystemRoot"); // without it no process starts on Windows
    environment.clear();
    environment.put("LC_ALL", "C.UTF-8"); // file names are read by it
    if (system != null) {
      environment.put("SystemRoot", system);
    }
  }

  /** Follows a process to its end, or to that of our patience, and leaves nothing of it. */
  private @Nullable String follow(Process process, Path out, Path err)
      throws IOException, InterruptedException {
    Set<ProcessHandle> started = new LinkedHashSet<>();
    ProgramAnswers said = new ProgramAnswers();
    String reason = null;
    try (InputStream in = new FileInputStream(out.toFile())) {
      int begun = ticks;
      int answered = 0;
      String running = null;
      boolean over = false;
      while (!over && !said.ended() && reason == null) {
        over = process.waitFor(TICK_MILLIS, TimeUnit.MILLISECONDS);
        ticks++;
        process.descendants().forEach(started::add);
        read(in, said);
        if (said.answers().size() > answered || !Objects.equals(running, said.current())) {
          answered = said.answers().size();
          running = said.current();
          begun = ticks;
        }
        reason = said.broken();
        if (!over && !said.ended() && reason == null) {
          reason =
              size(err) > MOST_COMPLAINED
                  ? ProgramAnswers.FOREIGN
                  : overtime(running != null, ticks - begun);
        }
      }
    } finally {
      process.descendants().forEach(started::add);
      process.destroyForcibly();
      started.forEach(ProcessHandle::destroyForcibly);
      process.waitFor(5, TimeUnit.SECONDS);
    }
    answers.putAll(said.answers());
    String program = said.current();
    if (said.ended()) {
      return null;
    }
    if (program == null) {
      return reason == null ? "the process that runs it ended" + tail(err) : reason;
    }
    fail(
        program,
        reason == null
            ? "its code ended the process it ran in (exit code " + process.exitValue() + ")"
            : reason,
        "let it describe its contracts and do nothing else");
    return null;
  }

  private @Nullable String overtime(boolean running, int since) {
    if (running && since >= limits.contractSeconds() * TICKS_A_SECOND) {
      return "its code takes longer than " + limits.contractSeconds() + " s";
    }
    return ticks >= seconds * TICKS_A_SECOND
        ? "it was stopped: all contracts together take longer than " + seconds + " s"
        : null;
  }

  /** Bytes of a file; none when a contract has deleted it, which shall cost no other one. */
  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException deleted) {
      return 0;
    }
  }

  private static void read(InputStream in, ProgramAnswers said) throws IOException {
    byte[] buffer = new byte[8192];
    for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
      said.take(buffer, count);
      if (said.broken() != null) {
        return;
      }
    }
  }

  private static String tail(Path err) {
    String text;
    try (InputStream in = Files.newInputStream(err)) {
      text = new String(in.readNBytes(2000), StandardCharsets.UTF_8);
    } catch (IOException deleted) {
      return "";
    }
    List<String> lines = text.lines().filter(line -> !line.isBlank()).limit(3).toList();
    return lines.isEmpty() ? "" : ": " + String.join(" | ", lines);
  }
}
