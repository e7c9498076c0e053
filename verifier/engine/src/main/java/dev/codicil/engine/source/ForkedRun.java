package dev.codicil.engine.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.Json;
import dev.codicil.contract.Location;
import dev.codicil.engine.source.ContractPrograms.Answer;
import java.io.ByteArrayOutputStream;
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
  private static final int MOST_ANSWERED = 64 << 20;
  private static final int MOST_COMPLAINED = 1 << 20;
  private static final int TICK_MILLIS = 50;
  private static final int TICKS_A_SECOND = 1000 / TICK_MILLIS;

  private static final String FOREIGN = "its code writes where only answers may stand";

  private final String classPath;
  private final ForkedPrograms.Limits limits;
  private final Map<String, Answer> answers = new LinkedHashMap<>();
  private int ticks;

  ForkedRun(String classPath, ForkedPrograms.Limits limits) {
    this.classPath = classPath;
    this.limits = limits;
  }

  /**
   * Runs contracts.
   *
   * @param files what stands in the folder they run in
   * @param programs the contracts among them
   */
  Map<String, Answer> run(Map<String, byte[]> files, List<String> programs) {
    List<String> left = new ArrayList<>(programs);
    while (!left.isEmpty()) {
      if (ticks >= limits.seconds() * TICKS_A_SECOND) {
        left.forEach(program -> fail(program, "was not run: others took all the time there is", ""));
        break;
      }
      String stopped = process(files, left);
      boolean none = !left.removeAll(answers.keySet());
      if (none) {
        left.forEach(program -> fail(program, String.valueOf(stopped), "try to run it on its own"));
        break;
      }
    }
    return Map.copyOf(answers);
  }

  private void fail(String program, String what, String remedy) {
    answers.put(program, ForkedPrograms.failed(Location.of(program), what, remedy));
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
      Path none = Files.createFile(folder.resolve("in"));
      ProcessBuilder builder =
          new ProcessBuilder(command(temporary, contracts, list))
              .directory(contracts.toFile())
              .redirectInput(none.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      environment(builder.environment());
      Process process = builder.start();
      Set<ProcessHandle> started = new LinkedHashSet<>();
      try (InputStream in = new FileInputStream(out.toFile())) {
        return new Attempt(process, in, started).follow(err);
      } finally {
        started.forEach(ProcessHandle::destroyForcibly);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.waitFor(5, TimeUnit.SECONDS);
      }
    } catch (IOException failed) {
      return "the process that runs it could not be started: " + failed.getMessage();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return "was interrupted while contracts were run";
    } finally {
      if (folder != null) {
        ForkedPrograms.delete(folder);
      }
    }
  }

  private List<String> command(Path temporary, Path contracts, Path list) {
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

  /** One process, followed to its end. */
  private final class Attempt {
    private final Process process;
    private final InputStream out;
    private final Set<ProcessHandle> started;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long answered;
    private @Nullable String current;
    private int begun;
    private boolean ended;
    private @Nullable String reason;

    Attempt(Process process, InputStream out, Set<ProcessHandle> started) {
      this.process = process;
      this.out = out;
      this.started = started;
    }

    @Nullable String follow(Path err) throws IOException, InterruptedException {
      boolean over = false;
      while (!over && !ended && reason == null) {
        over = process.waitFor(TICK_MILLIS, TimeUnit.MILLISECONDS);
        ticks++;
        process.descendants().forEach(started::add);
        read();
        if (!over && !ended && reason == null) {
          reason = Files.size(err) > MOST_COMPLAINED ? FOREIGN : overtime();
        }
      }
      if (ended) {
        return null;
      }
      String program = current;
      if (program != null) {
        fail(
            program,
            reason == null
                ? "its code ended the process it ran in (exit code " + process.exitValue() + ")"
                : reason,
            "make it describe its contracts and do nothing else");
        return null;
      }
      return reason == null ? "the process that runs it ended" + tail(err) : reason;
    }

    private @Nullable String overtime() {
      if (current != null && ticks - begun >= limits.contractSeconds() * TICKS_A_SECOND) {
        return "its code takes longer than " + limits.contractSeconds() + " s";
      }
      return ticks >= limits.seconds() * TICKS_A_SECOND
          ? "was stopped: all contracts together take longer than " + limits.seconds() + " s"
          : null;
    }

    private void read() throws IOException {
      byte[] buffer = new byte[8192];
      for (int count = out.read(buffer); count > 0 && reason == null; count = out.read(buffer)) {
        answered += count;
        if (answered > MOST_ANSWERED) {
          reason = "its code gives more than " + (MOST_ANSWERED >> 20) + " MB";
        }
        for (int i = 0; i < count && reason == null; i++) {
          if (buffer[i] == '\n') {
            take(line.toString(StandardCharsets.UTF_8));
            line.reset();
          } else {
            line.write(buffer[i]);
          }
        }
      }
    }

    private void take(String text) {
      JsonNode answer;
      try {
        answer = Json.mapper().readTree(text);
      } catch (JsonProcessingException foreign) {
        reason = FOREIGN;
        return;
      }
      if (answer.path("begin").isTextual()) {
        current = answer.path("begin").textValue();
        begun = ticks;
      } else if (answer.path("end").asBoolean()) {
        ended = true;
      } else if (current != null && current.equals(answer.path("file").textValue())) {
        answers.put(current, answer(current, answer));
        current = null;
      } else {
        reason = FOREIGN;
      }
    }

    private Answer answer(String program, JsonNode answer) {
      if (answer.has("none")) {
        return Answer.NONE;
      }
      if (!answer.path("contracts").isTextual()) {
        return ForkedPrograms.failed(
            new Location(program, answer.path("line").asInt(), answer.path("column").asInt(), ""),
            answer.path("error").asText("gave no answer"),
            answer.path("remedy").asText());
      }
      List<List<String>> problems = new ArrayList<>();
      for (JsonNode list : answer.path("problems")) {
        List<String> own = new ArrayList<>();
        list.forEach(problem -> own.add(problem.asText()));
        problems.add(own);
      }
      if (!started.isEmpty() && !problems.isEmpty()) {
        problems.get(0).add("its code started other processes, which were ended");
        started.forEach(ProcessHandle::destroyForcibly);
        started.clear();
      }
      return Answer.of(answer.path("contracts").textValue(), problems);
    }
  }

  private static String tail(Path err) throws IOException {
    String text;
    try (InputStream in = Files.newInputStream(err)) {
      text = new String(in.readNBytes(2000), StandardCharsets.UTF_8);
    }
    List<String> lines = text.lines().filter(line -> !line.isBlank()).limit(3).toList();
    return lines.isEmpty() ? "" : ": " + String.join(" | ", lines);
  }
}
