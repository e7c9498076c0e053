package dev.codicil.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process cost.
 *
 * @param wall from its start to its end
 * @param cpu of all its threads, as far as the system tells
 * @param peakMegabytes largest resident memory; 0 where the system does not tell
 * @param exit exit code; -1 when it was stopped for taking too long
 */
record Measured(Duration wall, Duration cpu, long peakMegabytes, int exit) {
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  /** Runs a command to its end, or stops it at the limit. */
  static Measured run(List<String> command, Path output, Duration limit)
      throws IOException, InterruptedException {
    File log = output.toFile();
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(log)
            .redirectError(new File(log.getPath() + ".err"))
            .start();
    Duration cpu = Duration.ZERO;
    long peak = 0;
    while (process.isAlive()) {
      cpu = process.toHandle().info().totalCpuDuration().orElse(cpu);
      peak = Math.max(peak, peak(process.pid()));
      if (System.nanoTime() - start > limit.toNanos()) {
        process.destroyForcibly().waitFor();
        return new Measured(since(start), cpu, peak, -1);
      }
      Thread.sleep(5);
    }
    return new Measured(since(start), cpu, peak, process.waitFor());
  }

  /** The run with the median wall time among several. */
  static Measured median(List<Measured> runs) {
    List<Measured> sorted = new ArrayList<>(runs);
    sorted.sort(Comparator.comparing(Measured::wall));
    return sorted.get(sorted.size() / 2);
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static long peak(long pid) {
    try {
      Matcher peak = PEAK.matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
      return peak.find() ? Long.parseLong(peak.group(1)) / 1024 : 0;
    } catch (IOException ended) {
      return 0;
    }
  }
}
