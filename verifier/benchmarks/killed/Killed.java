import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** Kills Codicil at points of a run, starts it again, and looks at what is left; see run.sh. */
public final class Killed {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path OUT = Path.of("target/killed").toAbsolutePath();
  private static final long LIMIT_MINUTES = 15;

  /** Of its moment, by the name of the key: how long something took. */
  private static final Set<String> OF_THE_MOMENT =
      Set.of("elapsedMillis", "recoveryMillis", "millis");

  /** Begins the note by which a run tells what one before it has left. */
  private static final String LEFT = "an earlier run was killed";

  private final List<String> options;
  private int failed;

  private Killed(List<String> options) {
    this.options = options;
  }

  /**
   * Runs {@code args[0]} points with the options that follow.
   *
   * @throws Exception when a file cannot be read
   */
  public static void main(String[] args) throws Exception {
    Killed killed = new Killed(List.of(args).subList(1, args.length));
    killed.run(Integer.parseInt(args[0]));
    System.out.println(killed.failed == 0 ? "all as undisturbed" : killed.failed + " points FAILED");
    System.exit(killed.failed == 0 ? 0 : 1);
  }

  private void run(int points) throws Exception {
    delete(OUT);
    Files.createDirectories(OUT);
    Instant begun = Instant.now();
    int expected = end(start("undisturbed", false), "undisturbed");
    long whole = Duration.between(begun, Instant.now()).toMillis();
    JsonNode verdict = verdict("undisturbed");
    long lines = lines(OUT.resolve("undisturbed"));
    System.out.printf(
        "undisturbed: exit code %d, %d ms, %d lines of history%n", expected, whole, lines);
    for (int point = 1; point <= points; point++) {
      point(point, points, whole, lines, expected, verdict);
    }
    System.out.println(Duration.between(begun, Instant.now()).toSeconds() + " s in all");
  }

  private void point(
      int point, int points, long whole, long lines, int expected, JsonNode verdict)
      throws Exception {
    String name = "point-" + point;
    boolean byTime = point % 2 == 1;
    long limit = (byTime ? whole : lines) * point / (points + 1);
    Process process = start(name, false);
    long start = System.nanoTime();
    while (process.isAlive()
        && (byTime ? (System.nanoTime() - start) / 1_000_000 : lines(OUT.resolve(name))) < limit) {
      Thread.sleep(5);
    }
    List<ProcessHandle> left = process.descendants().toList();
    List<Instant> started =
        left.stream().map(one -> one.info().startInstant().orElse(Instant.EPOCH)).toList();
    boolean hit = process.isAlive();
    process.destroyForcibly().waitFor(); // SIGKILL
    List<String> wrong = new ArrayList<>();
    int code = end(start(name, true), name + "-resumed");
    if (code != expected) {
      wrong.add("exit code " + code + ", not " + expected + "; see " + name + "-resumed.txt");
    }
    for (int i = 0; i < left.size(); i++) {
      ProcessHandle one = left.get(i);
      if (one.isAlive()
          && one.info().startInstant().orElse(Instant.EPOCH).equals(started.get(i))) {
        wrong.add("process " + one.pid() + " still runs: " + one.info().command().orElse("?"));
      }
    }
    for (String folder : List.of("pending-reverts", "processes")) {
      for (Path file : files(Path.of(".codicil", folder), ".json")) {
        wrong.add("outstanding: " + file);
      }
    }
    for (Path history : files(OUT.resolve(name), ".ndjson")) {
      unreadable(history, wrong);
    }
    String other = difference(verdict, verdict(name), "");
    if (other != null) {
      wrong.add("another verdict: " + other);
    }
    failed += wrong.isEmpty() ? 0 : 1;
    System.out.printf(
        "%s: %s %d %s, %d processes: %s%n",
        name,
        hit ? "killed at" : "over before",
        limit,
        byTime ? "ms" : "lines",
        left.size(),
        wrong.isEmpty() ? "ok" : wrong);
  }

  private Process start(String name, boolean resume) throws IOException {
    List<String> command =
        new ArrayList<>(Arrays.asList(System.getProperty("codicil.command").split(" ")));
    command.addAll(List.of("verify", "--no-cache", "--out", OUT.resolve(name).toString()));
    command.addAll(options);
    if (resume) {
      command.add("--resume");
    }
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(OUT.resolve(name + (resume ? "-resumed" : "") + ".txt").toFile())
        .start();
  }

  private static int end(Process process, String name) throws InterruptedException {
    if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
      process.destroy();
      throw new IllegalStateException(name + " runs for more than " + LIMIT_MINUTES + " minutes");
    }
    return process.exitValue();
  }

  private static JsonNode verdict(String name) throws IOException {
    Path file = OUT.resolve(name).resolve("verdict.json");
    return Files.exists(file) ? stable(JSON.readTree(file.toFile())) : JSON.nullNode();
  }

  private static JsonNode stable(JsonNode node) {
    if (node instanceof ObjectNode object) {
      if (object.has("elapsedMillis") && object.path("reply") instanceof ObjectNode reply) {
        reply.retain("start"); // a date, and ids that a service draws
      }
      object.remove(OF_THE_MOMENT);
      object.forEach(Killed::stable);
    } else if (node instanceof ArrayNode array) {
      array.removeIf(one -> one.asText().startsWith(LEFT));
      array.forEach(Killed::stable);
    }
    return node;
  }

  /** The first place at which two documents differ; null when they are the same. */
  private static String difference(JsonNode one, JsonNode other, String at) {
    if (one.isObject() && other.isObject()) {
      Set<String> names = new TreeSet<>();
      one.fieldNames().forEachRemaining(names::add);
      other.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        String found = difference(one.path(name), other.path(name), at + "/" + name);
        if (found != null) {
          return found;
        }
      }
      return null;
    }
    if (one.isArray() && other.isArray() && one.size() == other.size()) {
      for (int i = 0; i < one.size(); i++) {
        String found = difference(one.get(i), other.get(i), at + "/" + i);
        if (found != null) {
          return found;
        }
      }
      return null;
    }
    return one.equals(other) ? null : at + " is " + brief(other) + ", not " + brief(one);
  }

  private static String brief(JsonNode node) {
    String text = node.toString();
    return text.length() <= 200 ? text : text.substring(0, 200) + "...";
  }

  /** Every line of a history is whole, and has the checksum that it says. */
  private static void unreadable(Path history, List<String> wrong) throws IOException {
    int n = 0;
    for (String line : Files.readAllLines(history)) {
      int data = line.indexOf("\"data\":");
      CRC32 crc = new CRC32();
      if (data > 0 && line.endsWith("}")) {
        crc.update(line.substring(data + 7, line.length() - 1).getBytes(StandardCharsets.UTF_8));
      }
      if (!line.startsWith("{\"n\":" + n + ",\"crc\":\"%08x\"".formatted(crc.getValue()))) {
        wrong.add(history + ": line " + (n + 1) + " is damaged");
      }
      n++;
    }
  }

  private static long lines(Path folder) throws IOException {
    long lines = 0;
    for (Path file : files(folder, ".ndjson")) {
      try (Stream<String> all = Files.lines(file, StandardCharsets.ISO_8859_1)) {
        lines += all.count();
      }
    }
    return lines;
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (java.io.UncheckedIOException changing) {
      return List.of(); // asked again in a moment
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(one);
        }
      }
    }
  }
}
