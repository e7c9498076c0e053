package dev.codicil.storm.kafka;

import dev.codicil.storm.run.BrokerFailure;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A broker of our own: a process that ends with the pipe to its standard input, and so never
 * outlives this one, however it ends.
 */
final class BrokerChild implements AutoCloseable {
  /** System property that names the folder with the broker's libraries. */
  static final String LIBRARIES = "codicil.kafka-broker";

  private static final String MAIN = "dev.codicil.storm.kafka.broker.BrokerProcess";
  private static final String READY = "READY ";
  private static final int START_SECONDS = 60;
  private static final int GRACE_SECONDS = 5;
  private static final int TOLD_LINES = 8;

  private final Process process;
  private final String address;

  private BrokerChild(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  String address() {
    return address;
  }

  /** Whether its process runs. */
  boolean alive() {
    return process.isAlive();
  }

  /**
   * Starts a broker that listens on this machine only.
   *
   * @param folder for its data and its log; what is in it is replaced
   */
  static BrokerChild start(Path folder) throws BrokerFailure, InterruptedException {
    Path libraries = libraries();
    Path log = folder.resolve("kafka.log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xss512k",
            "-Xmx192m",
            "-XX:-UsePerfData",
            "-cp",
            libraries + File.separator + "*",
            MAIN,
            folder.resolve("kafka").toString()));
    Process process;
    try {
      Files.createDirectories(folder);
      clear(folder.resolve("kafka"));
      process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    } catch (IOException e) {
      throw new BrokerFailure("the broker cannot be started: " + e.getMessage());
    }
    boolean ready = false;
    try {
      String address = awaitReady(process, log);
      ready = true;
      return new BrokerChild(process, address);
    } finally {
      if (!ready) {
        process.destroyForcibly();
      }
    }
  }

  private static String awaitReady(Process process, Path log)
      throws BrokerFailure, InterruptedException {
    CompletableFuture<@Nullable String> line = new CompletableFuture<>();
    Thread reader = new Thread(() -> read(process, line), "codicil-broker");
    reader.setDaemon(true);
    reader.start();
    String said;
    try {
      said = line.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new BrokerFailure("the broker was not ready after " + START_SECONDS + " s" + told(log));
    } catch (ExecutionException e) {
      throw new BrokerFailure("the broker cannot be read: " + e.getCause());
    }
    if (said == null || !said.startsWith(READY)) {
      throw new BrokerFailure("the broker ended before it was ready" + told(log));
    }
    return said.substring(READY.length()).trim();
  }

  private static void read(Process process, CompletableFuture<@Nullable String> line) {
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String said = out.readLine();
      line.complete(said);
      while (said != null) {
        said = out.readLine();
      }
    } catch (IOException gone) {
      line.complete(null);
    }
  }

  private static String told(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      List<String> end = lines.subList(Math.max(0, lines.size() - TOLD_LINES), lines.size());
      return end.isEmpty()
          ? ""
          : "\nThe end of its log (kafka.log):\n  " + String.join("\n  ", end);
    } catch (IOException unread) {
      return "";
    }
  }

  /** Where the broker's own libraries are: named, or beside this one's. */
  private static Path libraries() throws BrokerFailure {
    String named = System.getProperty(LIBRARIES);
    Path folder = named == null ? beside() : Path.of(named);
    if (folder == null || !Files.isDirectory(folder)) {
      throw new BrokerFailure(
          "the libraries of the Kafka broker are not there"
              + (folder == null ? "" : " (" + folder + ")")
              + ": build with 'mvn -pl verifier/cli -am package', name their folder with -D"
              + LIBRARIES
              + "=FOLDER, or declare the address of a broker that stands");
    }
    return folder;
  }

  private static @Nullable Path beside() {
    try {
      java.security.CodeSource source = BrokerChild.class.getProtectionDomain().getCodeSource();
      Path own = source == null ? null : Path.of(source.getLocation().toURI()).getParent();
      return own == null ? null : own.resolve("kafka-broker");
    } catch (java.net.URISyntaxException | IllegalArgumentException nowhere) {
      return null;
    }
  }

  private static void clear(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close(); // the broker takes its data away and ends
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException gone) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
