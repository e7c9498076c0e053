package dev.codicil.engine.source;

import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.contract.Source;
import dev.codicil.experiment.Fingerprints;
import dev.codicil.formats.scc.SccPrograms;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Runs contracts in a JVM of their own: with an empty environment, in a temporary folder that holds
 * copies of the contracts and nothing else, with little memory and little time. This keeps mistakes
 * away, and is no sandbox: the code has the rights of the user.
 *
 * <p>All contracts of a source share one process. One that ends it, or is still busy when its time
 * is up, is told as unreadable, and the others run in another one.
 */
public final class ForkedPrograms implements ContractPrograms {
  /** System property with the class path of the process, where it does not stand beside our jar. */
  public static final String CLASS_PATH = "codicil.contract-code";

  private static final String OWN_JAR = "codicil.jar";
  private static final String FOLDER = "lib/contract-code";
  private static final long MOST_BYTES = 64L << 20;

  private final String classPath;
  private final Limits limits;

  /** The same files give the same contracts; amendments share a base. */
  private final Map<String, Map<String, Answer>> known = new ConcurrentHashMap<>();

  /**
   * How much the contracts of one source may take.
   *
   * @param contractSeconds wall time of one contract
   * @param seconds wall time of all of them
   */
  public record Limits(int contractSeconds, int seconds) {
    /** Twenty seconds for one, sixty for all. */
    public static final Limits DEFAULT = new Limits(20, 60);
  }

  /**
   * Contracts in processes of this class path.
   *
   * @param classPath as {@code java -cp} takes it
   */
  public ForkedPrograms(String classPath, Limits limits) {
    this.classPath = classPath;
    this.limits = limits;
  }

  /**
   * What was built together with this jar.
   *
   * @throws InputException when it is not there
   */
  public static ForkedPrograms installed() {
    String named = System.getProperty(CLASS_PATH);
    if (named != null) {
      return new ForkedPrograms(named, Limits.DEFAULT);
    }
    Path folder =
        Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator))
            .map(Path::of)
            .filter(entry -> entry.endsWith(OWN_JAR))
            .map(entry -> entry.toAbsolutePath().resolveSibling(FOLDER))
            .findFirst()
            .orElse(Path.of(FOLDER));
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          Location.of(folder.toString()),
          "the reader of contracts that are programs is not there",
          "build it: mvn -pl verifier/cli -am package");
    }
    return new ForkedPrograms(folder + File.separator + "*", Limits.DEFAULT);
  }

  @Override
  public Map<String, Answer> run(Source source, List<String> beside, List<String> programs) {
    Map<String, Answer> answers = new LinkedHashMap<>();
    List<String> runnable = new ArrayList<>();
    for (String program : programs) {
      if (SccPrograms.isKotlin(program)) {
        answers.put(
            program,
            failed(
                program,
                "Spring Cloud Contracts in Kotlin are not read yet",
                "write it in YAML, Groovy or Java"));
      } else {
        runnable.add(program);
      }
    }
    if (runnable.isEmpty()) {
      return answers;
    }
    try {
      Map<String, byte[]> files = files(source, beside);
      answers.putAll(
          known.computeIfAbsent(
              fingerprint(files, runnable),
              key -> new ForkedRun(classPath, limits).run(files, runnable)));
    } catch (InputException impossible) {
      runnable.forEach(
          program -> answers.put(program, failed(program, impossible.what(), impossible.remedy())));
    }
    return answers;
  }

  private static Answer failed(String program, String what, String remedy) {
    return Answer.failed(new InputException(Location.of(program), what, remedy));
  }

  private static Map<String, byte[]> files(Source source, List<String> beside) {
    Map<String, byte[]> files = new TreeMap<>();
    long bytes = 0;
    for (String file : beside) {
      byte[] content;
      try {
        content = source.read(file);
      } catch (InputException unreadable) {
        continue; // who needs it says so: the ledger, or the contract that looks for it
      }
      bytes += content.length;
      if (bytes > MOST_BYTES) {
        throw new InputException(
            Location.of(source.name()),
            "the files around it are more than " + (MOST_BYTES >> 20) + " MB to be copied",
            "name the folder of the contracts alone");
      }
      files.put(file, content);
    }
    return files;
  }

  private static String fingerprint(Map<String, byte[]> files, List<String> programs) {
    List<String> parts = new ArrayList<>(programs);
    files.forEach(
        (file, bytes) -> {
          parts.add(file);
          parts.add(new String(bytes, StandardCharsets.ISO_8859_1));
        });
    return Fingerprints.of(parts.toArray(String[]::new));
  }

  /** Writes files below a folder; names that lead out of it, or are none here, are left out. */
  static void write(Map<String, byte[]> files, Path folder) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path;
      try {
        path = folder.resolve(file.getKey()).normalize();
      } catch (InvalidPathException none) {
        continue;
      }
      if (path.startsWith(folder) && !path.equals(folder)) {
        Files.createDirectories(path.getParent());
        Files.write(path, file.getValue());
      }
    }
  }

  /** Deletes what can be deleted; what contracts have left behind may not let itself be. */
  static void delete(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | java.io.UncheckedIOException left) {
      // It is in the folder for temporary files.
    }
  }
}
