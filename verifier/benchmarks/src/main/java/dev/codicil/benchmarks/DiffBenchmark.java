package dev.codicil.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Times {@code codicil diff} on large documents as a user would, process start included, beside
 * openapi-diff on the same documents. Each line is the median of several runs.
 */
final class DiffBenchmark {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path work;
  private final int runs;
  private final String launcher;
  private final String peerClassPath;

  private DiffBenchmark(Path work, int runs, String launcher, String peerClassPath) {
    this.work = work;
    this.runs = runs;
    this.launcher = launcher;
    this.peerClassPath = peerClassPath;
  }

  /** Two documents and what they are called. */
  private record Pair(String name, Path before, Path after) {
    String megabytes() {
      try {
        return String.format(Locale.ROOT, "%.1f MB", Files.size(before) / 1e6);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * @param args older document, newer document, folder to work in, runs, launcher, class path of
   *     the peer
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path work = Path.of(args[2]);
    Files.createDirectories(work);
    new DiffBenchmark(work, Integer.parseInt(args[3]), args[4], args[5])
        .measure(Path.of(args[0]), Path.of(args[1]));
  }

  private void measure(Path older, Path newer) throws IOException, InterruptedException {
    JsonNode before = JSON.readTree(older.toFile());
    JsonNode after = JSON.readTree(newer.toFile());
    List<Pair> pairs = new ArrayList<>();
    for (int step : new int[] {40, 4, 2}) {
      pairs.add(slice("1/" + step, before, after, step));
    }
    pairs.add(new Pair("whole", older, newer));
    System.out.printf(
        Locale.ROOT,
        "%-6s %8s | %9s %9s %8s | %9s %9s %8s | %s%n",
        "paths",
        "size",
        "codicil s",
        "CPU s",
        "peak MB",
        "peer s",
        "CPU s",
        "peak MB",
        "peer / codicil");
    for (Pair pair : pairs) {
      Measured own = median(pair, codicil(pair), "codicil");
      Measured peer = median(pair, peer(pair), "openapi-diff");
      System.out.printf(
          Locale.ROOT,
          "%-6s %8s | %9s %9.2f %8d | %9s %9.2f %8d | %s%n",
          pair.name(),
          pair.megabytes(),
          wall(own, own.exit() == 0 || own.exit() == 1),
          seconds(own.cpu()),
          own.peakMegabytes(),
          wall(peer, peer.exit() == 0),
          seconds(peer.cpu()),
          peer.peakMegabytes(),
          peer.exit() == 0
              ? String.format(
                  Locale.ROOT, "%.1f", (double) peer.wall().toMillis() / own.wall().toMillis())
              : "the peer does not finish");
    }
  }

  private Pair slice(String name, JsonNode before, JsonNode after, int step) throws IOException {
    Path old = work.resolve("before-" + step + ".json");
    Path fresh = work.resolve("after-" + step + ".json");
    JSON.writerWithDefaultPrettyPrinter().writeValue(old.toFile(), Slices.everyNth(before, step));
    JSON.writerWithDefaultPrettyPrinter().writeValue(fresh.toFile(), Slices.everyNth(after, step));
    return new Pair(name, old, fresh);
  }

  private Measured median(Pair pair, List<String> command, String who)
      throws IOException, InterruptedException {
    Path output = work.resolve(who + "-" + pair.name().replace('/', '-') + ".out");
    List<Measured> measured = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      Measured one = Measured.run(command, output, LIMIT);
      measured.add(one);
      if (one.exit() != 0 && one.exit() != 1) {
        return one;
      }
    }
    return Measured.median(measured);
  }

  private List<String> codicil(Pair pair) {
    return List.of(
        launcher, "diff", pair.before().toString(), pair.after().toString(), "--format", "json");
  }

  private List<String> peer(Pair pair) {
    return List.of(
        "java",
        "-Xmx4g",
        "-cp",
        peerClassPath,
        PeerDiff.class.getName(),
        pair.before().toString(),
        pair.after().toString());
  }

  private static String wall(Measured measured, boolean finished) {
    return finished
        ? String.format(Locale.ROOT, "%.2f", seconds(measured.wall()))
        : measured.exit() < 0 ? "stopped" : "exit " + measured.exit();
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
